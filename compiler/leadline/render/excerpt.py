"""The part of a source line that fits a screen, and where in it a span stands.

Widths are cells of a terminal: wide characters take two, combining marks none. How wide a text is, the
caller says (`Measure`). A line that is too long is cut around the span, so that one of a megabyte costs
no more than a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadline.render.printable import picture
from leadline.render.regions import line_bounds
from leadline_dsl.source import Source, Span

Measure = Callable[[str], int]

_TAB = 4
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line as shown: `before` cells stand left of the span, `marked` cells (at least one) under it."""

    line: int
    text: str
    before: int
    marked: int
    whole: bool


def excerpt(source: Source, span: Span, room: int, measure: Measure) -> Excerpt:
    """The first line of a span, cut to `room` cells; `whole` if nothing had to be cut."""
    line, _ = source.position(span.start)
    bounds = line_bounds(source, line)
    whole = _fits(source.text, bounds, room, measure)
    window = bounds if whole else _window(source.text, bounds, span, room, measure)
    shown, offsets = _laid_out(source.text[window.start : window.end], measure)
    lead = _CUT if window.start > bounds.start else ""
    tail = _CUT if window.end < bounds.end else ""
    start, end = (offsets[min(max(at, window.start), window.end) - window.start] for at in span)
    before = measure(lead + shown[:start])
    marked = max(1, measure(lead + shown[:end]) - before)
    return Excerpt(line, lead + shown + tail, before, marked, whole)


def _laid_out(text: str, measure: Measure) -> tuple[str, Sequence[int]]:
    """A piece of a line with tabs expanded and pictures put in; and where each character went."""
    if text.isprintable():
        return text, range(len(text) + 1)
    shown, offsets = "", [0]
    for character in text:
        shown += " " * (_TAB - measure(shown) % _TAB) if character == "\t" else picture(character)
        offsets.append(len(shown))
    return shown, offsets


def _fits(text: str, bounds: Span, room: int, measure: Measure) -> bool:
    if bounds.end - bounds.start > 4 * room:
        return False
    shown, _ = _laid_out(text[bounds.start : bounds.end], measure)
    return measure(shown) <= room


def _window(text: str, bounds: Span, span: Span, room: int, measure: Measure) -> Span:
    """The characters to show of a line too long: its beginning if the span is there, else what is around it."""
    inner = room - 2 * len(_CUT)
    focus = min(span.start, bounds.end)
    left = bounds.start
    if _reach(text, bounds, inner, measure) < min(max(span.end, focus + 1), bounds.end):
        left = _back(text, Span(bounds.start, focus), inner // 3, measure)
    return Span(left, _reach(text, Span(left, bounds.end), inner, measure))


def _reach(text: str, span: Span, room: int, measure: Measure) -> int:
    """How far from the start of a span one gets in `room` cells; marks without a width count for something too."""
    last = min(span.end, span.start + 4 * room)
    for at in range(span.start, last):
        room -= _width(text[at], measure)
        if room < 0:
            return at
    return last


def _back(text: str, span: Span, room: int, measure: Measure) -> int:
    """How far back from the end of a span one gets in `room` cells, without parting a letter from its marks."""
    at = span.end
    first = max(span.start, span.end - 4 * room)
    while at > first and (room := room - _width(text[at - 1], measure)) >= 0:
        at -= 1
    while at < span.end and not _width(text[at], measure):
        at += 1
    return at


def _width(character: str, measure: Measure) -> int:
    """The most cells that a character may take; the emoji selector widens the one before it."""
    if " " <= character <= "~":
        return 1
    if character == "\t":
        return _TAB
    return 1 if character == "\ufe0f" else measure(picture(character))
