"""ISO times at speed: which texts the standard library reads as the language means them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime


def _parser() -> Callable[[str], datetime]:
    try:
        datetime.fromisoformat("2000-01-01T24:00:00")
    except ValueError:
        return datetime.fromisoformat

    def parse(text: str) -> datetime:
        if text[11:13] == "24":
            raise ValueError("there is no hour 24")
        return datetime.fromisoformat(text)

    return parse


parse_iso = _parser()
"""Reads ISO texts of which it is known that they have dashes, a T and colons at their places."""
UNIVERSAL = "-T::Z"
"""What every third character is, from the seventh on, in `2026-11-21T09:05:30Z`: no other text that can be read
has these."""
HEAD = len("2026-11-21T09")
LENGTHS = {"-T:": 16, "-T::": 19, UNIVERSAL: 20, "-T::+:": 25, "-T::-:": 25}
"""The same for other forms, and how long texts of the form are."""
LONGEST_WALL = 19
"""A longer text has an offset."""
