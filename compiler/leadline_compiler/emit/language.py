"""What differs between the languages that code is emitted in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from leadline_compiler.patterns import Pattern

Pairs = Iterable[tuple[str, str]]


class Language(Protocol):
    """How one language writes things. Arguments and results are pieces of code, save where `text` is a plain text."""

    none: str

    def name(self, snake: str) -> str:
        """A name in the style of the language, of one in snake case."""

    def text(self, text: str) -> str: ...

    def whole(self, value: int) -> str: ...

    def truth(self, value: bool) -> str: ...

    def sequence(self, items: Iterable[str]) -> str: ...

    def text_set(self, texts: Iterable[str]) -> str:
        """A set of plain texts that is fast to look into."""

    def record(self, pairs: Pairs) -> str:
        """An object with these plain names and values."""

    def table(self, pairs: Pairs) -> str:
        """A map from plain texts to values."""

    def pattern(self, pattern: Pattern) -> str:
        """A regular expression, ready to search with."""

    def closure(self, function: str, *more: str) -> str:
        """A function of one raw value that hands it on with more arguments."""

    def joined(self, word: str, parts: Iterable[str]) -> str:
        """Conditions with `and` or `or` between them; each part is safe to stand there."""

    def negated(self, part: str) -> str: ...

    def at_property(self, name: str) -> str:
        """The property with this plain name of the event that a `where` looks at."""

    def make(self, name: str, *arguments: str) -> str:
        """A new object of a class."""

    def growing(self) -> str:
        """A list without items that others are added to."""

    def total(self, points: Iterable[str]) -> str:
        """The sum of points, an item a line."""

    def define(self, name: str, value: str) -> str:
        """A statement that names a value inside of a function."""

    def constant(self, name: str, value: str) -> str:
        """A statement that names a value for the whole module."""

    def condition_function(self, name: str, lines: Iterable[str], condition: str) -> str:
        """A function that says whether an event's properties pass."""

    def comment(self, text: str) -> str:
        """A line of comment with a plain text."""
