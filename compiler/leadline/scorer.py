"""The prepared scorer: contact after contact, at a cost that follows what a contact holds and not how many rules.

from leadline.scorer import Scorer

scorer = Scorer(model)
score = scorer.score({"id": "1", "employees": 40, "events": []}, "2026-11-21")
score.total, score.stage, score.to_dict()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leadline.collecting import without_collecting
from leadline.instants import AsOf, read_instant, require_contact
from leadline.readers.columns import Dates
from leadline.readers.raw import RawReading
from leadline_compiler.contacts import Contact
from leadline_compiler.due import NextChange, build_next_change
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.passes import NODE_PASSES, compile_model
from leadline_compiler.plan import Plan
from leadline_compiler.scorer import PlanScorer, Score
from leadline_compiler.scorer.instants import FIRST_MICROSECONDS
from leadline_compiler.zones import LATEST

if TYPE_CHECKING:
    from leadline.reports.timeline import Timeline

__all__ = ["AsOf", "Score", "Scorer"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scorer:
    """Scores contacts by a model, or by a plan of it, prepared once.

    Several threads may use one scorer. It remembers what values it has met are worth, within bounds, so that the
    first contacts take longer than those that follow. `dates` says how to read dates such as 03/04/2026, by field
    or heading: `dmy` or `mdy`.
    """

    def __init__(self, model: Model | Plan, *, dates: Dates | None = None) -> None:
        self._model = model if isinstance(model, Model) else None
        with without_collecting():
            plan = compile_model(model, NODE_PASSES) if isinstance(model, Model) else model
            self._reading = RawReading(plan.schema, dates)
            self._scorer = PlanScorer(plan, self._reading)
        self._zone = plan.schema.zone

    def score(self, contact: Mapping[str, Any], as_of: AsOf) -> Score:
        """The score of a contact: its fields by name or heading, its `events` in a list.

        Values are as JSON has them, times as texts, as datetimes, or as whole microseconds. What a field's type
        does not admit counts as missing. Raises TypeError for a contact that is no mapping and an `as_of` that cannot
        be an instant, ValueError for one that is none, and for a number that counts seconds or milliseconds.
        """
        known = contact if type(contact) is dict else require_contact(contact)
        instant = as_of if type(as_of) is int and FIRST_MICROSECONDS <= as_of <= LATEST else self._instant(as_of)
        return self._scorer.score_raw(known, instant)

    def score_many(self, contacts: Iterable[Mapping[str, Any]], as_of: AsOf) -> Iterator[Score]:
        """The scores of contacts, one after the other."""
        instant, score = self._instant(as_of), self._scorer.score_raw
        return (score(require_contact(contact), instant) for contact in contacts)

    def explain(self, contact: Mapping[str, Any], as_of: AsOf) -> Outcome:
        """How each point of a contact came about. Raises TypeError where the scorer was made from a plan."""
        if self._model is None:
            raise TypeError("only a scorer that was made from a model can explain: a plan has no words of the rules")
        instant = self._instant(as_of)
        return interpret(self._model, self._convert(contact, instant), instant)

    def next_change(self, contact: Mapping[str, Any], as_of: AsOf) -> datetime | None:
        """The first instant after `as_of`, in UTC, at which the result is another one though nothing happens.

        Windows end, decay takes a step, days pass: a service scores the contact again when this is due, instead of
        every night. The result is its status with the reasons, total, scores, grades and stage. None where nothing
        changes within two years. Events of the contact that are later than `as_of` count from when they happen.
        """
        instant = self._instant(as_of)
        found = self._next_change(self._convert(contact, instant), instant)
        return None if found is None else _EPOCH + timedelta(microseconds=found)

    def timeline(
        self,
        contact: Mapping[str, Any],
        as_of: AsOf,
        start: AsOf | None = None,
        end: AsOf | None = None,
        is_wanted: Callable[[], bool] | None = None,
    ) -> Timeline:
        """The contact's score over time: by its events so far, and then what comes if nothing happens.

        Without `start` it begins with the first event, but at most a year back; without `end` it goes a year ahead.
        Many rules and events take seconds: once `is_wanted` answers False, it is cut short.
        Raises TypeError where the scorer was made from a plan.
        """
        if self._model is None:
            raise TypeError("only a scorer that was made from a model can tell why a score changes")
        from leadline.reports.timeline import make_timeline

        instant = self._instant(as_of)
        begin = None if start is None else self._instant(start, "start")
        until = None if end is None else self._instant(end, "end")
        return make_timeline(
            self._model, self._scorer.plan, self._convert(contact, instant), instant, begin, until, is_wanted
        )

    @cached_property
    def _next_change(self) -> NextChange:
        return build_next_change(self._scorer.plan)

    def _instant(self, as_of: AsOf, name: str = "as_of") -> int:
        return read_instant(as_of, self._zone, name)

    def _convert(self, contact: Mapping[str, Any], instant: int) -> Contact:
        return self._reading.convert(require_contact(contact), instant)
