"""The pairs of rules of one score that the checks of pairs look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import joined, label_of, listed, name_of, reasons, signed
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit


class Pair(NamedTuple):
    """Whoever meets `one` meets `other`; `both_ways`: and the other way round."""

    one: Unit
    other: Unit
    both_ways: bool


class Pairs(NamedTuple):
    """`is_all`: whether every pair was looked at."""

    pairs: tuple[Pair, ...]
    is_all: bool


def pairs_of(analysis: Analysis) -> tuple[Pair, ...]:
    """The pairs of one score and one kind where one follows from the other, worth something both.

    Rules that are priced once are compared with each other, and so are those that are priced for each event: a
    price for the first and another for each further event is no mistake. So are rows, but not those of one table.
    """
    return look_at_pairs(analysis).pairs


@lru_cache(maxsize=2)
def look_at_pairs(analysis: Analysis) -> Pairs:
    """The pairs, and whether there were too many rules to look at them all."""
    from leadline_compiler.analysis.pairs import Purse, Spent, implications

    purse, is_all, pairs = Purse(), True, []
    for units in _families(analysis):
        found: set[tuple[int, int]] = set()
        try:
            for pair in implications(analysis.asking, [analysis.question(unit) for unit in units], purse):
                found.add(pair)
        except Spent:
            is_all = False
        pairs += [
            Pair(units[one], units[other], (other, one) in found)
            for one, other in sorted(found)
            if units[one].rule is not units[other].rule
        ]
    return Pairs(tuple(pairs), is_all)


def _families(analysis: Analysis) -> Iterator[list[Unit]]:
    families: dict[tuple[str | None, str], list[Unit]] = {}
    for unit in analysis.units:
        question = analysis.question(unit)
        if unit.score is None or not unit.points or not question.holds or analysis.asking.always(question):
            continue
        kind = "when" if unit.kind == "row" else unit.kind
        families.setdefault((unit.score, kind), []).append(unit)
    yield from families.values()


class Evidence(Mapping[str, Any]):
    """A contact for whom all the units hold, worked out when it is looked at; empty where none was found.

    Of many findings few are shown, and to find a contact takes longer than to prove that there is one.
    """

    def __init__(self, analysis: Analysis, *units: Unit) -> None:
        self._analysis = analysis
        self._units = units

    @cached_property
    def _found(self) -> dict[str, Any]:
        from leadline_compiler.analysis.evidence import evidence_of
        from leadline_compiler.analysis.formulas import conj

        cubes = self._analysis.meets(conj(unit.formula for unit in self._units))
        contact = self._analysis.contact_for(cubes, self._analysis.shows(self._units))
        return evidence_of(self._analysis, contact) if contact is not None else {}

    def __getitem__(self, key: str) -> Any:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def tell_wider(facts: Facts, name: str, pairs: Iterable[Pair], what: str, way_out: str) -> Iterator[Diagnostic]:
    """A finding for each narrower unit of the pairs, which names the wider ones: `what` follows their names."""
    wider: defaultdict[Unit, list[Unit]] = defaultdict(list)
    for pair in pairs:
        wider[pair.one].append(pair.other)
    for one, others in wider.items():
        said = listed([f"{name_of(other)} ({signed(other.points)})" for other in others])
        hints = reasons(facts, [one, *others], partial(follows, one, others[0]))
        yield find(
            name,
            f"whoever gets these {signed(one.points)} always gets {said} too{what}",
            one.place,
            joined(way_out, hints),
            related=[label_of(other, "it holds for all of them") for other in others[:3]],
            evidence=Evidence(facts.analysis, one, others[0]),
        )


def follows(one: Unit, other: Unit, asking: Asking) -> bool:
    """Whether it is proved that whoever meets the one meets the other."""
    return asking.implies(asking.about(one.formula), asking.about(other.formula))


_MOST_WAYS = 100
"""Ways that are followed at most to see whether several units cover what one means."""


def covering(one: Unit, others: Iterable[Unit], asking: Asking) -> tuple[Unit, ...]:
    """Units one of which provably holds for whoever meets the one, no more than are needed; none where that is open."""
    near = [other for other in others if _speak_of_one(one, other, asking)]
    if not covered(one, near, asking):
        return ()
    for other in reversed(near.copy()):
        rest = [unit for unit in near if unit is not other]
        if covered(one, rest, asking):
            near = rest
    return tuple(near)


def covered(one: Unit, others: Iterable[Unit], asking: Asking) -> bool:
    """Whether it is proved that whoever meets the one meets one of the others."""
    from leadline_compiler.analysis.formulas import merge

    left = [way.cube for way in asking.about(one.formula).holds]
    for other in others:
        ways = asking.about(other.formula).fails
        if len(left) * len(ways) > _MOST_WAYS:
            continue
        met = (merge(cube, way.cube) for cube in left for way in ways)
        left = [cube for cube in met if cube is not None and asking.is_possible(cube)]
    return not left


def _speak_of_one(one: Unit, other: Unit, asking: Asking) -> bool:
    """Whether both speak of one thing; of events only where one of the ways to fail says the contrary."""
    from leadline_compiler.analysis.space import EVENTS

    holds, fails = asking.about(one.formula).holds, asking.about(other.formula).fails
    spoken = {key for way in holds for key in way.cube if key != EVENTS}
    return any(not spoken.isdisjoint(way.cube) for way in fails) or any(
        asking.clash(way, failing) for way in holds for failing in fails
    )
