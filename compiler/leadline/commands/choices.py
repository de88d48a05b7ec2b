"""Values that an option takes out of few: written in any case, and refused with the nearest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # older versions of click cannot be told of what


class Choice(_Choice):
    """One of some words, in any case."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(choices, case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = find_choice(str(value), list(self.choices))
        if found is None:
            self.fail(say_no_choice(str(value), list(self.choices)), param, ctx)
        return found


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within bounds. It raises a usage error for others."""

    def read(value: str) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise click.BadParameter(f"`{value}` is not a whole number from {least} to {most}")
        return int(text)

    return read


def find_choice(value: str, choices: Sequence[str]) -> str | None:
    """The choice that a word means, whatever its case."""
    return next((choice for choice in choices if choice.lower() == value.strip().lower()), None)


def say_no_choice(value: str, choices: Sequence[str]) -> str:
    """That there is no such choice, with the nearest where there is one, and all of them."""
    close = _nearest(value.strip().lower(), choices)
    meant = f"did you mean `{close}`? " if close else ""
    return f"there is no `{value}`; {meant}there are {', '.join(choices)}"


_SHORT = {"js": "javascript", "py": "python", "pg": "postgres", "ndjson": "jsonl"}


def _nearest(value: str, choices: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    short = _SHORT.get(value)
    if short in choices:
        return short
    begins = [choice for choice in choices if value and (choice.startswith(value) or value.startswith(choice))]
    return next(iter([*begins, *get_close_matches(value, choices, n=1)]), None)
