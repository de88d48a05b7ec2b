"""What is put into a text, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Insertion:
    """`text` goes to an offset, in characters."""

    offset: int
    text: str

    def into(self, text: str) -> str:
        """The text with it; every other character stays."""
        return text[: self.offset] + self.text + text[self.offset :]


class NoPlaceError(Exception):
    """A text that has no list of contacts to add to. `message` is one clause."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


SINGLE = "it holds a single contact and no list of them"


def newline_of(text: str) -> str:
    """How the lines of a text end: as its first one does."""
    return "\r\n" if text.find("\r\n") >= 0 and text.find("\r\n") == text.find("\n") - 1 else "\n"


def line_indent(text: str, offset: int) -> str | None:
    """What stands before an offset in its line, where that is nothing but spaces; else None."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return before if not before.strip(" \t") else None


def column_of(text: str, offset: int) -> int:
    """The column of an offset, from 0."""
    return offset - text.rfind("\n", 0, offset) - 1
