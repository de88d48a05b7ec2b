"""What is wrong with a pattern, and where."""

from dataclasses import dataclass
from typing import NoReturn

LONGEST_QUOTE = 24


@dataclass(frozen=True, slots=True)
class PatternError:
    """A pattern that cannot be read.

    `start` and `end` are character offsets into the pattern's text (`end` is exclusive, never before `start`).
    """

    start: int
    end: int
    message: str
    help: str | None = None


class RejectedError(Exception):
    """Carries an error out of the depths of the parser; `parse_pattern` turns it back into a value."""

    def __init__(self, error: PatternError) -> None:
        super().__init__(error.message)
        self.error = error


def reject(start: int, end: int, message: str, advice: str | None = None) -> NoReturn:
    raise RejectedError(PatternError(start, end, message, advice))


def quoted(text: str) -> str:
    """The text between backquotes, cut short when it would drown the sentence around it."""
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"`{shown}`"
