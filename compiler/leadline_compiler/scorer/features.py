"""Counts of occurrences, and days since their first and last event, as features in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadline_compiler.numbers import LARGEST, MILLION
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Share
from leadline_compiler.scorer.frame import Outcome
from leadline_compiler.scorer.outcomes import CountTable, RecentTable
from leadline_compiler.scorer.tallies import MOST

_WIDEST = 8
"""Lanes that a feature can have."""
_RECENCY = ("days_since_first", "days_since_last")


class CountFeature:
    """What the number of events is worth, up to a limit."""

    def __init__(self, table: CountTable, limit: int) -> None:
        self.limits = (limit,)
        self.quiet = table.outcomes.quiet
        self._table = table

    def outcome(self, counts: Sequence[int]) -> Outcome:
        """What so many events are worth."""
        return self._table[counts[0]]


class RecentFeature:
    """What the days since the first and the last event are worth, with a lane for each span between two edges."""

    def __init__(self, table: RecentTable, edges: Sequence[int]) -> None:
        self.limits = (1,) * (len(edges) + 1)
        self.quiet = table.outcomes.quiet
        self._table = table
        self._days = (0, *edges)

    def outcome(self, counts: Sequence[int]) -> Outcome:
        """What events in these spans are worth: newer ones stand in lower lanes."""
        seen = [days for days, count in zip(self._days, counts, strict=True) if count]
        return self._table.find(seen[0], seen[-1]) if seen else self.quiet


def find_count_limit(plan: p.Plan, occurrence: int, share: Share) -> int | None:
    """The count from which on nothing changes that reads an occurrence; None where it is too large or unknown."""
    edges = _Edges(plan, (("count", occurrence),))
    found = edges.of_share(share)
    if found is None:
        return None
    for rule in share.eaches:
        body = plan.rules[rule].body
        assert isinstance(body, p.EachBody)
        if not body.times:
            return None
        found.add(body.after_first + min(limit.times for limit in body.times))
    limit = max(found, default=1)
    return max(1, limit) if limit <= MOST else None


def find_recent_edges(plan: p.Plan, occurrence: int, share: Share) -> list[int] | None:
    """The days since an event at which something changes; None where they are too many or unknown."""
    found = _Edges(plan, tuple((name, occurrence) for name in _RECENCY)).of_share(share)
    if found is None:
        return None
    edges = sorted(edge for edge in found if edge > 0)
    return edges if len(edges) < _WIDEST else None


class _Edges:
    """The whole numbers at which tests of some amounts change; all of them count something."""

    def __init__(self, plan: p.Plan, amounts: Sequence[p.Node]) -> None:
        self._plan = plan
        self._amounts = amounts

    def of_share(self, share: Share) -> set[int] | None:
        """The edges of all conditions and rules; None where one of them asks in another way."""
        conditions = [literals for literals, _ in (*share.whens, *share.parts)]
        found = self._union(self._of_test(node) for literals in conditions for node, _ in literals)
        bodies = self._union(self._of_body(rule) for rule in share.bodies)
        return None if found is None or bodies is None else found | bodies

    def _of_body(self, rule: int) -> set[int] | None:
        body = self._plan.rules[rule].body
        if not isinstance(body, p.TableBody) or not self._is_amount(body.amount):
            return None
        return self._union(_ends(low, high) for row in body.rows for low, high in row.ranges)

    def _of_test(self, index: int) -> set[int] | None:
        node = self._plan.nodes[index]
        match node[0]:
            case "has":
                return {1}
            case "and" | "or":
                return self._union(map(self._of_test, node[1]))
            case "not":
                return self._of_test(node[1])
            case "known" if self._is_amount(node[1]):
                return set()
            case "within" if self._is_amount(node[1]):
                return _ends(node[2], node[3])
            case "above" | "least":
                return self._of_comparison(*node)
        return None

    def _of_comparison(self, name: str, left: int, right: int) -> set[int] | None:
        first, second = self._plan.nodes[left], self._plan.nodes[right]
        open_ = 1 if name == "above" else 0
        if self._is_amount(left) and second[0] == "number":
            return _ends(second[1] + open_, None)
        if self._is_amount(right) and first[0] == "number":
            return _ends(None, first[1] - open_)
        return None

    def _is_amount(self, index: int) -> bool:
        return self._plan.nodes[index] in self._amounts

    def _union(self, found: Iterable[set[int] | None]) -> set[int] | None:
        edges: set[int] = set()
        for some in found:
            if some is None:
                return None
            edges |= some
        return edges


def _ends(low: int | None, high: int | None) -> set[int]:
    """The first whole number in a range of millionths, and the first one beyond it."""
    found = set()
    if low is not None and low > 0:
        found.add(-(-low // MILLION))
    if high is not None and 0 <= high < LARGEST:
        found.add(high // MILLION + 1)
    return found
