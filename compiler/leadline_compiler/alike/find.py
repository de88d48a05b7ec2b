"""Compares two models: first what their words tell, then the solver, then by trying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from leadline_compiler.alike.likeness import Difference, Likeness, Limits, Reachable, Standing, differ
from leadline_compiler.alike.search import Comparing
from leadline_compiler.alike.shared import seen_by, why_not_shared
from leadline_compiler.alike.trial import try_contacts
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.formulas import TooManyError
from leadline_compiler.analysis.reach import Impossible, Open
from leadline_compiler.analysis.solve.asking import Effort
from leadline_compiler.analysis.solve.building import NoSolverError
from leadline_compiler.analysis.solve.encoding import Encoding, encode
from leadline_compiler.analysis.solve.prover import EFFORTS, Reason, why_not_seen
from leadline_compiler.analysis.verdicts import stage_verdicts
from leadline_compiler.changes import compare_models
from leadline_compiler.contacts import Contact
from leadline_compiler.ways import Cost
from leadline_compiler.ways.confirmed import Searched


def compare_scoring(old: Analysis, new: Analysis) -> Likeness:
    """Whether both models score every contact alike that keeps the assumptions of both.

    The analyses must be as of the same instant.
    """
    if not any(change.matters for change in compare_models(old.model, new.model)):
        return Likeness("alike")
    found = _Comparison(old, new).find()
    limits = limits_of(old), limits_of(new)
    return replace(found, totals=limits, stages=tuple(_standings(old, new)))


class _Comparison:
    def __init__(self, old: Analysis, new: Analysis) -> None:
        self._old, self._new = old, new
        self._effort = Effort(*EFFORTS[new.search])

    def find(self) -> Likeness:
        obstacle = why_not_shared(self._old.model.schema, self._new.model.schema)
        if obstacle:
            searched, why = Searched(None, Cost(0, 0)), f"{obstacle}, so that the search cannot lay both side by side"
        else:
            searched, why = self._search()
        if searched.is_none:
            return Likeness("alike")
        contact = searched.contact or try_contacts(self._old, self._new, self._shows())
        if contact is None:
            return Likeness("undecided", why=why, least=searched.least)
        contact = shrink(contact, self._shows())
        old, new = (
            self._old.outcome(seen_by(self._old.model, contact)),
            self._new.outcome(seen_by(self._new.model, contact)),
        )
        size = Cost(len(contact.events), len(contact.values))
        is_smallest = size <= searched.least
        difference = Difference(contact, old, new, is_smallest)
        return Likeness("differ", difference, "" if is_smallest else why, searched.least)

    def _search(self) -> tuple[Searched, str]:
        nothing, least = Searched(None, Cost(0, 0)), Cost(0, 0)
        why = ""
        for fine in (False, True):
            try:
                if self._new.search == "none":
                    return nothing, Reason.NOT_SEARCHED
                encoding = encode(self._old, self._new, fine=fine)
                comparing = Comparing(encoding, self._effort)
            except NoSolverError:
                return nothing, Reason.NO_SOLVER
            except TooManyError:
                return replace(nothing, least=least), Reason.TOO_MANY
            if comparing.is_empty():
                return nothing, "no contact is as both models assume"
            searched = comparing.search(self._shows())
            least = max(least, searched.least)
            searched = replace(searched, least=least)
            why = self._why(searched, encoding)
            if searched.is_none or searched.contact is not None or encoding.is_exact:
                return searched, why
        return replace(nothing, least=least), why

    def _why(self, searched: Searched, encoding: Encoding) -> str:
        if searched.is_spent:
            return Reason.SPENT_DEEP if self._new.search == "long" else Reason.SPENT_SHORT
        return why_not_seen(encoding)

    def _shows(self) -> Callable[[Contact], bool]:
        keeps = [(one, one.shows(())) for one in (self._old, self._new)]

        def shows(contact: Contact) -> bool:
            seen = [seen_by(one.model, contact) for one, _ in keeps]
            outcomes = [one.outcome(mine) for (one, _), mine in zip(keeps, seen, strict=True)]
            if not differ(outcomes[0], outcomes[1]):
                return False
            return all(keep(mine) for (_, keep), mine in zip(keeps, seen, strict=True))

        return shows


def limits_of(analysis: Analysis) -> Limits:
    """How far the total goes."""
    range_ = analysis.ranges.total
    least, most = (analysis.prover.extreme_of(None, up) for up in (False, True))
    lows = [one for one in (range_.low, least.bound) if one is not None]
    highs = [one for one in (range_.high, most.bound) if one is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return Limits(low, high, low is not None and low == least.value, high is not None and high == most.value)


def _standings(old: Analysis, new: Analysis) -> Iterator[Standing]:
    before, after = _reachable(old), _reachable(new)
    for name in dict.fromkeys((*after, *before)):
        yield Standing(name, before.get(name), after.get(name))


def _reachable(analysis: Analysis) -> dict[str, Reachable]:
    verdicts = {unit.name: verdict for unit, verdict in stage_verdicts(analysis)}
    found: dict[str, Reachable] = {}
    for stage in analysis.model.stages:
        verdict = verdicts.get(stage.name)
        impossible = verdict is None or isinstance(verdict, Impossible)
        found[stage.name] = "no" if impossible else "undecided" if isinstance(verdict, Open) else "yes"
    return found
