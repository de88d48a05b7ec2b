"""Ways into a stage for people: what is new, what it earns, where it leads; and what holds a contact back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from leadline.render.printable import printable
from leadline.reports.columns import wrap
from leadline.reports.explain import explain_outcome
from leadline.reports.explanation import Explanation
from leadline.reports.moments import say_as_of
from leadline.reports.sentence import say_points
from leadline.reports.ways_said import now_of, say_cost, say_gains, say_new
from leadline.reports.wording import shorten
from leadline_compiler.numbers import write_points
from leadline_compiler.ways import Way, Ways
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from rich.console import Console

_TITLE, _QUIET, _GOOD = "bold", "dim", "green"
_NARROWEST = 40
_WIDEST = 120
_MARGIN = 5


class _Line(NamedTuple):
    """A text, its style, and the columns before it."""

    text: str
    style: str = ""
    margin: int = 0


_EMPTY = _Line("")


def print_ways(found: Ways, console: Console, *, is_contact: bool) -> None:
    """Prints the answer; `is_contact`: it began with a contact of the data, not with nothing."""
    from rich.text import Text

    width = max(_NARROWEST, min(console.width, _WIDEST))
    for line in _lines(found, is_contact):
        for text in wrap(printable(line.text), width - line.margin):
            console.print(Text(" " * line.margin + text if text else "", style=line.style), soft_wrap=True)


def _lines(found: Ways, is_contact: bool) -> Iterator[_Line]:
    explanation = explain_outcome(found.before) if is_contact else None
    if explanation is not None:
        yield _Line(explanation.sentence, _TITLE)
        yield _EMPTY
    yield from _answer(found, explanation)
    if explanation is not None and found.verdict not in ("there", "beyond"):
        yield from _held_back(found, explanation)
    model = found.before.model
    yield _EMPTY
    yield _Line(f"As of {say_as_of(now_of(found.before))} ({model.zone.name}); {model.name}", _QUIET)


def _answer(found: Ways, explanation: Explanation | None) -> Iterator[_Line]:
    stage = f"{found.stage} or later" if found.or_later else found.stage
    match found.verdict:
        case "there" if explanation is None:
            yield _Line(f"A contact of whom nothing is known is {found.before.stage}: it takes nothing.")
        case "there":
            yield _Line(f"It has {found.before.stage} already.")
        case "beyond":
            yield _Line(f"It is beyond {stage}: {found.before.stage} is a later stage.")
        case "ways":
            ways = "The cheapest way" if found.ways[0].is_cheapest else "A way"
            ways = ways if len(found.ways) == 1 else ways.replace("A way", "Way") + "s"
            yield _Line(f"{ways} to {stage}{'' if explanation else ', from nothing'}", _TITLE)
            for number, way in enumerate(found.ways, 1):
                yield from _way(way, found, f"{number}. ", explanation is not None)
            yield _EMPTY
            yield from _proof(found)
        case "none":
            yield from _no_way(found, explanation is not None)
        case _:
            yield _Line(f"It is not decided whether there is a way to {stage}: {found.why}")
            if found.least > (0, 0):
                yield _Line(f"It takes {say_cost(found.least, explanation is not None)} or more.")


def _way(way: Way, found: Ways, mark: str, is_contact: bool) -> Iterator[_Line]:
    yield _Line(f"{mark}{say_cost(way.cost, is_contact)}: {say_new(way, found)}", margin=2)
    earned = say_gains(found.before, way.outcome)
    if earned:
        yield _Line(earned, _GOOD, _MARGIN)
    before, after = found.before.total, say_points(way.outcome.total)
    points = after if found.before.total == way.outcome.total else f"{write_points(before)} → {after}"
    yield _Line(f"{points}: {way.outcome.stage}", margin=_MARGIN)


def _proof(found: Ways) -> Iterator[_Line]:
    if found.ways[0].is_cheapest:
        yield _Line("It is proved that no way takes fewer events, nor fewer fields with as many events.", _QUIET)
    else:
        at_least = f"; any takes {say_cost(found.least, False)} or more" if found.least > (0, 0) else ""
        yield _Line(f"Whether there is a cheaper way is not decided{at_least}: {found.why}", _QUIET)
    if found.breaks:
        yield _Line(f"The contact does not keep `assume {found.breaks[0]}`: the proofs did without.", _QUIET)


def _no_way(found: Ways, is_contact: bool) -> Iterator[_Line]:
    if found.blocked is not None:
        message = found.blocked.message
        yield _Line(f"Nobody can be given {found.stage}: {message.partition(': ')[2] or message}", _TITLE)
        yield from _bound(found)
        if found.blocked.help:
            yield _Line(f"What helps: {found.blocked.help}", margin=2)
        return
    whom = "it" if is_contact else "anybody"
    yield _Line(f"No new event and no field that may change brings {whom} to {found.stage}.", _TITLE)
    if found.freed is not None:
        yield _Line("It would take that something changes which stays as it is:")
        yield from _way(found.freed, found, "", is_contact)


def _bound(found: Ways) -> Iterator[_Line]:
    """The rules that make up the bound in the way."""
    assert found.blocked is not None
    bound = found.blocked.evidence.get("bound")
    for rule in bound["rules"] if isinstance(bound, dict) else ():
        points = "no end" if rule["points"] is None else f"{rule['points']:+}"
        yield _Line(f"{points:>7}  {rule['rule']}", margin=2)


def _held_back(found: Ways, explanation: Explanation) -> Iterator[_Line]:
    """The exits that hold, the part of the stage's condition that fails, and what takes points away."""
    said = [f"{quote_text(exit_.name)}: {exit_.said}" for exit_ in explanation.outs]
    said += [stage.said for stage in explanation.stages if stage.stage == found.stage]
    said += [f"{cut.name}: {cut.said}" for cut in explanation.cuts if cut.points < 0]
    costs = [line for line in explanation.reasons if line.points < 0]
    said += [f"{line.rule} ({write_points(line.points)}): {line.said}" for line in costs]
    if said:
        yield _EMPTY
        yield _Line(f"What holds {shorten(found.start.contact.id)} back", _TITLE)
        for text in said:
            yield _Line(text, margin=2)
