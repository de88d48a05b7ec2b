"""Finds the ways: the solver first, which proves what it says; where there is none, by trying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.solve.prover import Reason, why_not_seen
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import view_of
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.outcome import Outcome
from leadline_compiler.ways.blocked import find_blocked
from leadline_compiler.ways.confirmed import Searched
from leadline_compiler.ways.plain import with_plain_values
from leadline_compiler.ways.search import Searcher, leaves_out, shrunk
from leadline_compiler.ways.trial import try_ways
from leadline_compiler.ways.way import NOTHING, Cost, Start, Verdict, Way, Ways
from leadline_dsl.nodes import changed


def find_ways(analysis: Analysis, stage: str, start: Start, most: int = 3, *, or_later: bool = False) -> Ways:
    """The cheapest ways from a start into a stage, or into a later one, at most so many.

    The analysis must be as of the instant at which the start counts, and its model have the stage.
    """
    asked = Ways(stage, start, analysis.outcome(start.contact), "undecided", or_later=or_later)
    found = _find(analysis, asked, most)
    if found.verdict != "none" or found.blocked is not None:
        return found
    # A contact of the data may be as nobody is assumed to be; then there is nothing that it can become.
    view = view_of(found.before)
    broken = tuple(one.text for one in analysis.asking.assumptions if not holds(one, view))
    if not broken:
        return found
    model = changed(analysis.model, assumptions=())
    without = Analysis(model, analysis.as_of, analysis.search, exactly=True)
    return replace(_find(without, asked, most), breaks=broken)


def _find(analysis: Analysis, asked: Ways, most: int) -> Ways:
    if asked.before.stage in asked.stages:
        return replace(asked, verdict="there")
    found = _Finder(analysis, asked, most).find()
    if found.verdict == "ways":
        return found
    blocked = [find_blocked(analysis, stage) for stage in asked.stages]
    if all(one is not None for one in blocked):
        return replace(found, verdict="none", why="", blocked=blocked[0])
    if found.verdict != "none":
        return found
    everything = frozenset(analysis.space.fields) - {analysis.model.schema.identifier}
    free = replace(asked.start, held=frozenset(), change=everything)
    freed = _Finder(analysis, replace(asked, start=free), 1).find()
    return replace(found, freed=freed.ways[0] if freed.ways else None)


class _Finder:
    def __init__(self, analysis: Analysis, found: Ways, most: int) -> None:
        self._analysis = analysis
        self._found = found
        self._most = most
        self._searchers: dict[bool, Searcher | str] = {}
        self._ways: list[Way] = []

    def find(self) -> Ways:
        first = self._next()
        if first.is_none:
            return replace(self._found, verdict="none")
        why = self._why(first)
        found = first
        while found.contact is not None:
            way = self._way(found)
            self._ways.append(way)
            if len(self._ways) >= self._most:
                break
            self._leave_out(way)
            found = self._next()
        verdict: Verdict = "ways" if self._ways else "undecided"
        is_proved = bool(self._ways) and self._ways[0].is_cheapest
        return replace(
            self._found,
            verdict=verdict,
            ways=tuple(self._ways),
            least=first.least,
            why="" if is_proved else why,
            is_all=found.is_none,
        )

    # ---- one way

    def _next(self) -> Searched:
        """The cheapest way that leaves out something of each way before it."""
        shows = self._shows()
        least, spent = NOTHING, False
        for fine in (False, True):
            searcher = self._searcher(fine)
            if isinstance(searcher, str):
                break
            answer = searcher.search(shows)
            if answer.is_none:
                return answer
            least, spent = max(least, answer.least), spent or answer.is_spent
            if answer.contact is not None:
                return self._made_small(replace(answer, least=least), shows)
            if searcher.is_exact:
                break
        tried = try_ways(self._analysis, self._found.start, self._found.stages, shows)
        return self._made_small(Searched(tried, least, is_spent=spent), shows)

    def _made_small(self, found: Searched, shows: Callable[[Contact], bool]) -> Searched:
        if found.contact is None:
            return found
        start = self._found.start
        small = shrunk(start, found.contact, shows)
        plain = with_plain_values(self._analysis.model, self._analysis.as_of, start, small, shows)
        return replace(found, contact=plain)

    def _searcher(self, fine: bool) -> Searcher | str:
        if fine not in self._searchers:
            prover = self._analysis.prover
            encoding = prover.encoding(fine)
            if isinstance(encoding, str):
                self._searchers[fine] = encoding
            else:
                searcher = Searcher(encoding, self._found.start, self._found.stages, prover.effort)
                for way in self._ways:
                    searcher.leave_out(self._found.before, way.outcome)
                self._searchers[fine] = searcher
        return self._searchers[fine]

    def _shows(self) -> Callable[[Contact], bool]:
        keeps = self._analysis.shows(())

        def shows(contact: Contact) -> bool:
            outcome = self._analysis.outcome(contact)
            if outcome.stage not in self._found.stages or not keeps(contact):
                return False
            return all(self._is_other(way, outcome) for way in self._ways)

        return shows

    def _is_other(self, way: Way, outcome: Outcome) -> bool:
        """Whether a contact leaves out something of a way: a rule that earns in it, else something that it uses."""
        before = self._found.before
        if leaves_out(before, way.outcome, outcome):
            return _earns(before, way.outcome) or not self._uses(way, outcome.contact)
        return False

    def _uses(self, way: Way, contact: Contact) -> bool:
        """Whether a contact changes all fields that a way changes, and has new events of all of its types."""
        had = self._found.start.contact
        new = {event.type for event in contact.events[len(had.events) :]}
        other = {name for name, value in contact.values.items() if value != had.values.get(name)}
        return other >= set(way.values) and new >= {event.type for event in way.events}

    def _way(self, found: Searched) -> Way:
        assert found.contact is not None
        had = self._found.start.contact
        values = {name: value for name, value in found.contact.values.items() if value != had.values.get(name)}
        events = found.contact.events[len(had.events) :]
        outcome = self._analysis.outcome(found.contact)
        cost = Cost(len(events), len(values))
        is_searched = not isinstance(self._searcher(False), str)
        return Way(outcome, events, values, is_searched and cost <= found.least)

    def _leave_out(self, way: Way) -> None:
        for searcher in self._searchers.values():
            if isinstance(searcher, Searcher):
                searcher.leave_out(self._found.before, way.outcome)

    def _why(self, found: Searched) -> str:
        searcher = self._searcher(False)
        if isinstance(searcher, str):
            return searcher
        if found.is_spent:
            return Reason.SPENT_DEEP if self._analysis.prover.is_deep else Reason.SPENT_SHORT
        encoding = self._analysis.prover.encoding(fine=not searcher.is_exact)
        return encoding if isinstance(encoding, str) else why_not_seen(encoding)


def _earns(before: Outcome, way: Outcome) -> bool:
    return any(now.points > was.points for was, now in zip(before.rules, way.rules, strict=True))
