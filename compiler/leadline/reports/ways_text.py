"""Ways into a stage for people: each with what is new, what that earns, and where it leads; what holds a contact back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
_WIDEST = 120
_MARGIN = 5


def print_ways(found: Ways, console: Console, *, is_contact: bool) -> None:
    """Prints the answer; `is_contact`: it began with a contact of the data, not with nothing."""
    from rich.text import Text

    width = max(40, min(console.width, _WIDEST))
    for text, style, margin in _lines(found, is_contact):
        for number, line in enumerate(wrap(printable(text), width - margin)):
            start = margin if number else margin - 2 if _is_numbered(text) else margin
            console.print(Text(" " * max(0, start) + line, style=style), soft_wrap=True)
        if not text:
            console.print()


def _is_numbered(text: str) -> bool:
    return False


_Line = tuple[str, str, int]


def _lines(found: Ways, is_contact: bool) -> Iterator[_Line]:
    explanation = explain_outcome(found.before) if is_contact else None
    if explanation is not None:
        yield explanation.sentence, _TITLE, 0
        yield "", "", 0
    yield from _answer(found, explanation)
    if explanation is not None and found.verdict not in ("there", "beyond"):
        yield from _held_back(found, explanation)
    yield "", "", 0
    yield (
        f"As of {say_as_of(now_of(found.before))} ({found.before.model.zone.name}); {found.before.model.name}",
        _QUIET,
        0,
    )


def _answer(found: Ways, explanation: Explanation | None) -> Iterator[_Line]:
    who = shorten(found.start.contact.id) if explanation is not None else "somebody of whom nothing is known"
    stage = found.stage
    match found.verdict:
        case "there":
            yield f"{who} has {stage} already.", "", 0
        case "beyond":
            yield f"{who} is beyond {stage}: {found.before.stage} is the later stage.", "", 0
        case "ways":
            more = "The cheapest ways" if len(found.ways) > 1 else "The cheapest way"
            yield f"{more} to {stage}{'' if explanation else ', from nothing'}", _TITLE, 0
            for number, way in enumerate(found.ways, 1):
                yield from _way(way, found, f"{number}. ", explanation is not None)
            yield from _proof(found)
        case "none":
            yield from _no_way(found, explanation is not None)
        case _:
            yield f"It is not decided whether there is a way to {stage}: {found.why}", "", 0
            if found.least > (0, 0):
                yield f"It would take {say_cost(found.least, is_new=explanation is not None)} or more.", "", 0


def _way(way: Way, found: Ways, mark: str, is_contact: bool) -> Iterator[_Line]:
    yield f"{mark}{say_cost(way.cost, is_contact)}: {say_new(way, found)}", "", 2
    earned = say_gains(found.before, way.outcome)
    if earned:
        yield earned, _GOOD, _MARGIN
    had = write_points(found.before.total)
    now = say_points(way.outcome.total)
    change = f"{had} → {now}" if found.before.total != way.outcome.total else now
    yield (
        f"→ {way.outcome.stage or way.outcome.status} with {change}" if False else f"{change}: {way.outcome.stage}",
        "",
        _MARGIN,
    )


def _proof(found: Ways) -> Iterator[_Line]:
    yield "", "", 0
    if found.ways[0].is_cheapest:
        yield "It is proved that no way takes fewer events, nor fewer fields with as many events.", _QUIET, 0
    else:
        at_least = f"; any takes {say_cost(found.least, is_new=False)} or more" if found.least > (0, 0) else ""
        yield f"Whether a cheaper way exists is not decided{at_least}: {found.why}", _QUIET, 0
    if found.breaks:
        yield f"The contact itself does not keep `assume {found.breaks[0]}`: the proofs did without.", _QUIET, 0


def _no_way(found: Ways, is_contact: bool) -> Iterator[_Line]:
    stage = found.stage
    if found.blocked is not None:
        yield (
            f"Nobody can be given {stage}: {found.blocked.message.partition(': ')[2] or found.blocked.message}",
            _TITLE,
            0,
        )
        yield from _bound(found)
        if found.blocked.help:
            yield f"What helps: {found.blocked.help}", "", 2
        return
    yield f"No new event and no missing field brings {'it' if is_contact else 'anybody'} to {stage}.", _TITLE, 0
    if found.freed is not None:
        yield "It would take a change of what stays as it is:", "", 0
        yield from _way(found.freed, found, "", is_contact)


def _bound(found: Ways) -> Iterator[_Line]:
    assert found.blocked is not None
    bound = found.blocked.evidence.get("bound")
    if not isinstance(bound, dict):
        return
    for rule in bound["rules"]:
        points = "no end" if rule["points"] is None else f"{rule['points']:+}"
        yield f"{points:>7}  {rule['rule']}", "", 2


def _held_back(found: Ways, explanation: Explanation) -> Iterator[_Line]:
    """The part of the stage's condition that fails, the exits that hold, and what caps take away."""
    said = [f"{quote_text(exit_.name)}: {exit_.said}" for exit_ in explanation.outs]
    said += [stage.said for stage in explanation.stages if stage.stage == found.stage]
    said += [f"{cut.name}: {cut.said}" for cut in explanation.cuts if cut.points < 0]
    said += [
        f"{line.rule} ({write_points(line.points)}): {line.said}" for line in explanation.reasons if line.points < 0
    ]
    if not said:
        return
    yield "", "", 0
    yield f"What holds {shorten(found.start.contact.id)} back", _TITLE, 0
    for line in said:
        yield line, "", 2
