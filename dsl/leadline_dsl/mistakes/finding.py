"""A statement that could not be read, and what a recogniser makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from leadline_dsl.diagnostics import Edit, apply_edits
from leadline_dsl.faults import Fault
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the reading of a statement stopped: at the piece `raws[index]`, or at the end if there is none.

    `raws` are the pieces without comments; `takes` names what the grammar could have taken there.
    """

    kind: str
    text: str
    raws: Sequence[Token]
    index: int
    takes: frozenset[str]

    def at(self, index: int) -> str:
        """The piece at an index as written, or "" where there is none."""
        return self.raws[index].text if 0 <= index < len(self.raws) else ""

    def is_a(self, index: int, *kinds: Piece) -> bool:
        return 0 <= index < len(self.raws) and self.raws[index].kind in kinds

    @property
    def here(self) -> str:
        return self.at(self.index)

    @property
    def place(self) -> Span:
        """The piece at which the reading stopped, or the empty span behind the last one."""
        if self.index < len(self.raws):
            return Span(self.raws[self.index].start, self.raws[self.index].end)
        end = self.raws[-1].end if self.raws else 0
        return Span(end, end)

    def span(self, first: int, last: int) -> Span:
        """From the piece `first` to the piece `last`, both in."""
        return Span(self.raws[first].start, self.raws[last].end)

    def written(self, first: int, last: int) -> str:
        return self.text[self.raws[first].start : self.raws[last].end]

    def touches(self, index: int) -> bool:
        """Whether nothing stands between a piece and the one before it."""
        return 0 < index < len(self.raws) and self.raws[index - 1].end == self.raws[index].start


@dataclass(frozen=True, slots=True)
class Finding:
    """A message with edits; `kind` is the kind of statement that they make of it, "" for the same.

    Without edits it is a mistake that is known by name, and whose repair only the user knows.
    `tried` is what is left of the statement once the edits are made, where it is not simply the edited text.
    """

    message: str
    span: Span
    help: str
    edits: tuple[Edit, ...]
    kind: str = ""
    tried: str = ""

    def applied(self, text: str) -> str:
        return apply_edits(text, self.edits)

    def fault(self) -> Fault:
        return Fault(self.message, self.span, self.help, self.edits)


Recogniser = Callable[[Failure], Iterator[Finding]]


def quoted(written: str, most: int = 40) -> str:
    """What the user wrote, on one line, short and in backquotes."""
    line = " ".join(written.split())
    line = line if len(line) <= most else line[: most - 1] + "…"
    return line if "`" in line else f"`{line}`"


def replacement(
    failure: Failure, first: int, last: int, right: str, message: str = "", help: str = "", kind: str = ""
) -> Finding:
    """The pieces from `first` to `last` are written `right`."""
    span = failure.span(first, last)
    message = message or f"{quoted(failure.written(first, last))} is written {quoted(right)}"
    return Finding(message, span, help or f"write {quoted(right, 200)}", (Edit(span, right),), kind)


def insertion(failure: Failure, index: int, word: str, message: str, help: str = "", kind: str = "") -> Finding:
    """`word` is missing in front of the piece at `index`, or at the end."""
    if index < len(failure.raws):
        span = failure.span(index, index)
        edit = Edit(Span(span.start, span.start), word + " ")
    else:
        span = failure.place
        edit = Edit(span, " " + word)
    return Finding(message, span, help or f"write {quoted(word)} here", (edit,), kind)


def comma_before(failure: Failure, index: int, message: str, help: str = "") -> Finding:
    """A comma is missing behind the piece that stands before `index`."""
    end = failure.raws[index - 1].end
    help = help or f"write a comma before {quoted(failure.at(index))}"
    return Finding(message, failure.span(index, index), help, (Edit(Span(end, end), ","),))


def removal(failure: Failure, first: int, last: int, message: str, help: str = "", kind: str = "") -> Finding:
    """The pieces from `first` to `last` do not belong here."""
    span = failure.span(first, last)
    start, end = span.start, span.end
    if last + 1 < len(failure.raws) and failure.at(last + 1) not in (",", ")"):
        while failure.text[end] in " \t" and (not start or failure.text[start - 1].isspace()):
            end += 1
    else:
        while start and failure.text[start - 1] in " \t":
            start -= 1
    help = help or f"take {quoted(failure.written(first, last))} away"
    return Finding(message, span, help, (Edit(Span(start, end), ""),), kind)
