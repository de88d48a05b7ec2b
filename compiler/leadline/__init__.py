"""Leadline: lead scoring in plain text.

    import leadline

    report = leadline.read_rules("b2b.lead")
    if report.model is not None:
        result = leadline.score(report.model, {"id": "1", "employees": 40, "events": []}, "2026-11-21")

Nothing heavy is loaded before it is needed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from leadline.version import __version__

if TYPE_CHECKING:
    from leadline.instants import AsOf
    from leadline.rules import Report
    from leadline_compiler.alike import Likeness
    from leadline_compiler.analysis.solve.prover import Search
    from leadline_compiler.contacts import Contact
    from leadline_compiler.model import Model
    from leadline_compiler.outcome import Outcome
    from leadline_compiler.ways import Ways
    from leadline_dsl.format import Formatted

__all__ = ["__version__", "check", "compare", "format_rules", "outcome", "reach", "read_rules", "score"]


def _now() -> int:
    return time.time_ns() // 1000


def read_rules(path: str, as_of: int | None = None, *, logic: bool = False, search: Search = "short") -> Report:
    """Reads and checks a rules file. `as_of` (microseconds since 1970 in UTC) is now unless it is given.

    `logic`: whether what can be proved of all contacts (codes `LL3xx`) is among the findings; `search`: how long the
    solver, an extra, may search for what nothing else decides: not at all (`none`), `short`, or `long`.

    Raises leadline.rules.RulesError where the file cannot be read at all.
    """
    from leadline.rules import check_source, read_source

    return check_source(read_source(path), _now() if as_of is None else as_of, logic=logic, search=search)


def check(
    text: str, name: str = "rules.lead", as_of: int | None = None, *, logic: bool = False, search: Search = "short"
) -> Report:
    """Checks rules in memory; files that they include are looked for beside the file that `name` says.

    `as_of`, `logic` and `search` are those of `read_rules`.
    """
    from leadline.rules import check_source
    from leadline_dsl.source import Source

    return check_source(Source(name, text), _now() if as_of is None else as_of, logic=logic, search=search)


def format_rules(text: str, name: str = "rules.lead") -> Formatted:
    """The rules in the one layout; never with another meaning."""
    from leadline_dsl.format import format_text
    from leadline_dsl.source import Source

    return format_text(Source(name, text))


def outcome(model: Model, contact: Mapping[str, Any], as_of: AsOf) -> Outcome:
    """Scores a contact and keeps how each point came about.

    `contact` has the fields by name or heading, and its `events` as a list. `as_of` is a day, a date and time, as a
    text, a date or a datetime, or microseconds since 1970 in UTC. Values that a field's type does not admit count as
    missing. Raises TypeError for a contact that is no mapping and an `as_of` that cannot be an instant, ValueError for
    one that is none, and for a number that counts seconds or milliseconds.
    """
    from leadline_compiler.interpreter import interpret

    converted, instant = _convert(model, contact, as_of)
    return interpret(model, converted, instant)


def _convert(model: Model, contact: Mapping[str, Any], as_of: AsOf) -> tuple[Contact, int]:
    from leadline.instants import require_contact
    from leadline.readers import convert_contact

    instant = _instant(model, as_of)
    return convert_contact(model.schema, require_contact(contact), as_of=instant)[0], instant


def _instant(model: Model, as_of: AsOf) -> int:
    from leadline.instants import read_instant

    return read_instant(as_of, model.zone)


def score(model: Model, contact: Mapping[str, Any], as_of: AsOf) -> dict[str, Any]:
    """Scores a contact; the result has the shape that every backend gives. See `outcome` for the arguments."""
    from leadline_compiler.result import result_of

    return result_of(outcome(model, contact, as_of))


def reach(
    model: Model,
    stage: str,
    as_of: AsOf,
    contact: Mapping[str, Any] | None = None,
    *,
    hold: Iterable[str] = (),
    change: Iterable[str] = (),
    or_later: bool = False,
    most: int = 3,
    search: Search = "short",
) -> Ways:
    """The cheapest ways into a stage, or into a later one: for a contact, or for somebody of whom nothing is known.

    The fewest new events come first, then the fewest fields that are filled in. Fields that are known stay as they
    are, but for those in `change`; missing ones may be filled in, but for those in `hold`. At most `most` ways are
    looked for; `search` is that of `read_rules`. See `outcome` for `contact` and `as_of`. Each way is confirmed by
    scoring it; only with the solver, an extra, it is proved that no other is cheaper. Raises ValueError for a stage
    or a field that the model does not have.
    """
    from leadline.reaching import Question, find_reach

    question = Question(stage, tuple(hold), tuple(change), most=most, search=search, or_later=or_later)
    if contact is None:
        return find_reach(model, question, None, _instant(model, as_of))
    return find_reach(model, question, *_convert(model, contact, as_of))


def compare(old: Model, new: Model, as_of: AsOf, *, search: Search = "short") -> Likeness:
    """Whether two models score every contact alike: the proof, or the smallest contact found that shows they do not.

    Small are few events first, then few known fields. Also told: how far the totals go, and which stages can be
    reached. `as_of` is that of `outcome`, in the zone of the new model, and `search` that of `read_rules`: without the
    solver, an extra, contacts are tried, and what they leave open is undecided. Raises ValueError for an `as_of` that
    is no date.
    """
    from leadline.collecting import without_collecting
    from leadline_compiler.alike import compare_scoring
    from leadline_compiler.analysis import analyse

    instant = _instant(new, as_of)
    with without_collecting():
        return compare_scoring(*(analyse(model, instant, search, exactly=True) for model in (old, new)))
