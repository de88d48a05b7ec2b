"""What earns the same on both sides, told to the constraint model: so that only what has changed is searched through.

Where the search takes something to be more than it can be (limits per day, decays), both sides would be taken to be so
for themselves; what is tied is the same on both.
"""

from __future__ import annotations

from itertools import islice

from leadline_compiler import model as m
from leadline_compiler.analysis.solve.asking import Effort, ask
from leadline_compiler.analysis.solve.building import Linear, Literal, negation
from leadline_compiler.analysis.solve.encoding import Encoding
from leadline_compiler.changes.rules import meaning_of

_MOST_PROVED = 40
"""Changed rules of which it is asked whether they earn the same all the same."""


def unequal(encoding: Encoding, one: Linear, other: Linear) -> Literal:
    """Whether two sums differ."""
    more, builder = one.plus(other.times(-1)), encoding.builder
    return builder.either((builder.at_least(more, 1), builder.at_least(more.times(-1), 1)))


def tie_alike(encoding: Encoding, effort: Effort) -> None:
    """Ties rules that mean the same or are proved to earn the same, then the scores and the total made of such.

    Both models must see the same events.
    """
    rules = {**_same_meaning(encoding), **_same_name(encoding, effort)}
    old, new = encoding.sides
    before = {score.name: score for score in old.analysis.model.scores}
    tied = {
        score.name
        for score in new.analysis.model.scores
        if score.name in before and _tie_score(encoding, before[score.name], score, rules)
    }
    totals = old.analysis.model.total, new.analysis.model.total
    if _terms(totals[0]) == _terms(totals[1]) and all(term.score in tied for term in totals[0].terms):
        _tie(encoding, old.sums.total, new.sums.total)


def _tie(encoding: Encoding, one: Linear, other: Linear) -> None:
    if one.parts or other.parts:
        encoding.builder.equal(one, other)


# ---- rules


def _same_meaning(encoding: Encoding) -> dict[int, int]:
    """Rules that mean the same: of the new model's by identity that of the old."""
    old, new = encoding.sides
    known = {meaning_of(rule): rule for rule in old.analysis.model.rules}
    found: dict[int, int] = {}
    for rule in new.analysis.model.rules:
        same = known.get(meaning_of(rule))
        if same is not None:
            _tie(encoding, old.sums.rules[id(same)], new.sums.rules[id(rule)])
            found[id(rule)] = id(same)
    return found


def _same_name(encoding: Encoding, effort: Effort) -> dict[int, int]:
    """Rules that were changed and that are proved to earn the same."""
    old, new = encoding.sides
    known = {rule.name: rule for rule in old.analysis.model.rules}
    changed = (
        (known[rule.name], rule)
        for rule in new.analysis.model.rules
        if rule.name in known and meaning_of(rule) != meaning_of(known[rule.name])
    )
    found: dict[int, int] = {}
    for was, rule in islice(changed, _MOST_PROVED):
        before, after = old.sums.rules[id(was)], new.sums.rules[id(rule)]
        if ask(encoding, [unequal(encoding, before, after)], effort).kind == "none":
            _tie(encoding, before, after)
            found[id(rule)] = id(was)
    return found


# ---- scores


def _tie_score(encoding: Encoding, old: m.Score, new: m.Score, rules: dict[int, int]) -> bool:
    """Ties a score: as a whole where it is made of the same, else what the same decay leaves of the same sum."""
    before, after = (side.sums.scores[new.name] for side in encoding.sides)
    if _decay(old) != _decay(new):
        return False
    is_same = old.bounds == new.bounds and _groups(old, None) == _groups(new, rules)
    if is_same:
        _tie(encoding, before.points, after.points)
    elif old.decay is not None:
        same = negation(unequal(encoding, before.sum, after.sum))
        encoding.builder.not_above(before.after_decay, after.after_decay, same)
        encoding.builder.not_above(after.after_decay, before.after_decay, same)
    return is_same


def _decay(score: m.Score) -> object:
    return None if score.decay is None else (score.decay.decay, score.decay.without)


def _groups(score: m.Score, rules: dict[int, int] | None) -> list[tuple[str, list[int]]]:
    """The groups by their bounds, with their rules as those of the old model; a rule that has none is its own."""
    return sorted(
        (str(group.bounds), sorted(id(rule) if rules is None else rules.get(id(rule), -1) for rule in group.rules))
        for group in score.groups
    )


def _terms(total: m.Total) -> object:
    return frozenset(total.terms), total.bounds
