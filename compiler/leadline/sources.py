"""Rules files on disk, before anything of them is understood."""

from __future__ import annotations

from pathlib import Path

from leadline.nearby_files import DATA
from leadline.rules_files import LARGEST_FILE, UnreadableError, read_text
from leadline_dsl.source import Source

__all__ = ["LARGEST_FILE", "RulesError", "read_plan_source", "read_source"]


_HOLDS = {".json": "data, or a plan, which `leadline score` alone runs"}


class RulesError(Exception):
    """A rules file that cannot be read at all. `message` is one sentence in the user's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_source(path: str) -> Source:
    """The text of a rules file. Raises RulesError where there is none to be had, and for data in its place."""
    suffix = Path(path).suffix.lower()
    if suffix in DATA and Path(path).is_file():
        raise RulesError(f"{path} is no rules file: it holds {_HOLDS.get(suffix, 'data')}; name the .lead file")
    return read_plan_source(path)


def read_plan_source(path: str) -> Source:
    """The text of a compiled plan, or of any other file. Raises RulesError where there is none to be had."""
    if not path:
        raise RulesError("the name of the rules file is empty")
    try:
        return Source(path, read_text(Path(path)))
    except UnreadableError as error:
        raise RulesError(error.say(path)) from None
