"""What a cube says of one attribute: a set of values, or questions of a text or a list with the answers wanted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from leadline_compiler.analysis.spans import Spans, common, join, outside
from leadline_compiler.analysis.texts import Atoms, entails, has_no_text

MANY = 10**9
"""No upper end, for a count of events."""


class Key(NamedTuple):
    """An attribute. `kind` is field, property, at (the moment of an event), score, amount, free or events.

    `name` is its name; for amounts and free conditions, which nothing more is known of, their number.
    """

    kind: str
    name: str | int = ""

    @property
    def is_unknown(self) -> bool:
        """Whether it has a value of which nothing is known by itself: scores hang on all their rules."""
        return self.kind in ("free", "amount", "score")


class Ranges(NamedTuple):
    """Numbers or moments out of `domain`, and whether the value may be missing."""

    spans: Spans
    missing: bool
    domain: tuple[int, int]


class Choices(NamedTuple):
    """One of a few values: bit 0 is missing, bit i the value i; `full` has the bits of all."""

    mask: int
    full: int


class Texts(NamedTuple):
    """Questions of a text whose answer is yes, and such whose answer is no."""

    yes: Atoms
    no: Atoms


class Items(NamedTuple):
    """Texts that a list has, and such that it has not; whether it is known, where that matters."""

    yes: frozenset[str]
    no: frozenset[str]
    known: bool | None


class Counts(NamedTuple):
    """How many events there are of some sets: triples of a set's number, the least and the most."""

    limits: tuple[tuple[int, int, int], ...]


Constraint: TypeAlias = Ranges | Choices | Texts | Items | Counts


def flip(constraint: Constraint) -> Constraint:
    """Exactly what is left out; for texts, lists and counts only of a single question."""
    match constraint:
        case Ranges(spans, missing, domain):
            return Ranges(outside(spans, *domain), not missing, domain)
        case Choices(mask, full):
            return Choices(full & ~mask, full)
        case Texts(yes, no):
            assert len(yes) + len(no) == 1
            return Texts(no, yes)
        case Items(yes, no, known):
            assert len(yes) + len(no) + (known is not None) == 1
            return Items(no, yes, None if known is None else not known)
        case Counts(limits):
            [(number, least, most)] = limits
            assert least == 0 or most == MANY
            return Counts(((number, 0, least - 1),) if most == MANY else ((number, most + 1, MANY),))


def is_empty(constraint: Constraint) -> bool:
    """Whether provably nothing is meant. Of counts only what their numbers tell."""
    match constraint:
        case Ranges(spans, missing):
            return not spans and not missing
        case Choices(mask):
            return mask == 0
        case Texts(yes, no):
            return bool(yes) and (not yes.isdisjoint(no) or has_no_text(yes, no))
        case Items(yes, no, known):
            return not yes.isdisjoint(no) or (bool(yes) and known is False)
        case Counts(limits):
            return any(least > most for _, least, most in limits)


def pair_clash(left: Texts, right: Texts) -> bool | None:
    """Whether a question answered by yes excludes one answered by no; None where it is not such a plain pair."""
    if left.no or right.yes:
        left, right = right, left
    if left.no or right.yes or len(left.yes) != 1 or len(right.no) != 1:
        return None
    [yes], [no] = left.yes, right.no
    return entails(yes, no)


def is_everything(constraint: Constraint) -> bool:
    """Whether nothing is left out, for the kinds that are sets."""
    match constraint:
        case Ranges(spans, missing, domain):
            return missing and spans == (domain,)
        case Choices(mask, full):
            return mask == full
        case _:
            return False


def known_part(constraint: Constraint) -> Constraint:
    """A set of values without what is missing; questions as they are."""
    match constraint:
        case Ranges():
            return constraint._replace(missing=False)
        case Choices(mask):
            return constraint._replace(mask=mask & ~1)
        case _:
            return constraint


def meet(left: Constraint, right: Constraint) -> Constraint:
    """What both mean; it may be empty."""
    if isinstance(left, Ranges) and isinstance(right, Ranges):
        return Ranges(common(left.spans, right.spans), left.missing and right.missing, left.domain)
    if isinstance(left, Choices) and isinstance(right, Choices):
        return Choices(left.mask & right.mask, left.full)
    if isinstance(left, Texts) and isinstance(right, Texts):
        return Texts(left.yes | right.yes, left.no | right.no)
    if isinstance(left, Items) and isinstance(right, Items):
        return _meet_items(left, right)
    assert isinstance(left, Counts)
    assert isinstance(right, Counts)
    return _meet_counts(left, right)


def _meet_items(left: Items, right: Items) -> Items:
    yes, no = left.yes | right.yes, left.no | right.no
    if left.known is not None and right.known is not None and left.known is not right.known:
        # Known and missing at once: nothing is meant.
        return Items(yes | {""}, no | {""}, False)
    return Items(yes, no, right.known if left.known is None else left.known)


def _meet_counts(left: Counts, right: Counts) -> Counts:
    merged = {number: (least, most) for number, least, most in left.limits}
    for number, least, most in right.limits:
        low, high = merged.get(number, (0, MANY))
        merged[number] = max(low, least), min(high, most)
    return Counts(tuple((number, *limits) for number, limits in sorted(merged.items())))


def united(several: Iterable[Ranges | Choices]) -> Ranges | Choices:
    """What any of some constraints of one attribute means, of which there is at least one."""
    first, *others = several
    if isinstance(first, Ranges):
        ranges = [first, *(one for one in others if isinstance(one, Ranges))]
        spans = common(join(span for one in ranges for span in one.spans), (first.domain,))
        return Ranges(spans, any(one.missing for one in ranges), first.domain)
    return Choices(reduce(or_, (one.mask for one in others if isinstance(one, Choices)), first.mask), first.full)
