"""Amounts: when their value lies in some spans, as a formula over the attributes.

Values are millionths for numbers and microseconds for moments. What is known of no amount in particular (sums over
properties, averages, arithmetic between fields, the latest value) becomes an attribute of its own, which may have
any value: what is proved with it holds whatever it is. Beside it stands what it needs in any case: that its parts are
known, that there is such an event.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.analysis.constants import constant_value, is_constant, plain
from leadline_compiler.analysis.formulas import FALSE, Formula, Lit, conj, disj, negate, truth
from leadline_compiler.analysis.inverses import scaled, shifted
from leadline_compiler.analysis.sets import MANY, Choices, Constraint, Counts, Items, Key, Ranges, Texts
from leadline_compiler.analysis.space import EVENTS, EventSet, Scope
from leadline_compiler.analysis.spans import EVERYTHING, FAR, Spans, common, from_to, join, scaled_down
from leadline_compiler.analysis.texts import TextAtom
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import (
    Amount,
    CountAmount,
    DaysSinceAmount,
    DaysSinceEventAmount,
    DomainAmount,
    FieldAmount,
    GradeAmount,
    MeasureAmount,
    ProductAmount,
    PropertyAmount,
    ScoreAmount,
    SumAmount,
)
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND
from leadline_compiler.schema import Kind
from leadline_compiler.typing import is_whole, type_of
from leadline_compiler.zones import DAY, EARLIEST, LATEST

NUMBERS = (-LARGEST, LARGEST)
DATES = (EARLIEST - DAY, LATEST + DAY)
ANYTHING = (-FAR, FAR)


def lies_in(amount: Amount, spans: Spans, scope: Scope) -> Formula:
    """The amount is not missing, and its value lies in the spans."""
    amount = plain(amount)
    if is_constant(amount):
        value = constant_value(amount, scope)
        return truth(isinstance(value, int) and bool(common(spans, ((value, value),))))
    match amount:
        case FieldAmount() | PropertyAmount():
            domain = DATES if type_of(amount).kind is Kind.DATE else NUMBERS
            return Lit(scope.key(amount.name), Ranges(common(spans, (domain,)), False, domain))
        case DaysSinceAmount():
            return lies_in(amount.date, _dates_of_days(spans, amount.until, scope.space.as_of), scope)
        case CountAmount():
            return count_in(events_of(amount.occurrence, scope), scaled_down(spans, MILLION), scope)
        case DaysSinceEventAmount():
            return _days_since_event(amount, spans, scope)
        case MeasureAmount():
            return _measure(amount, spans, scope)
        case ScoreAmount():
            points = scaled_down(spans, MILLION // THOUSAND)
            return Lit(Key("score", amount.score or ""), Ranges(points, False, ANYTHING))
        case SumAmount():
            moved = shifted(amount, spans, scope)
            if moved is not None:
                return lies_in(moved[0], moved[1], scope)
        case ProductAmount():
            moved = scaled(amount, spans, scope)
            if moved is not None:
                return lies_in(moved[0], moved[1], scope)
    return _unknown(amount, spans, scope)


def _unknown(amount: Amount, spans: Spans, scope: Scope) -> Formula:
    # Of whole numbers only the whole ones count: between 2 and 3 there is none.
    unit = MILLION if is_whole(amount) else 1
    free = Lit(scope.space.key_of("amount", amount), Ranges(scaled_down(spans, unit), False, ANYTHING))
    return conj((free, *_parts_known(amount, scope)))


def _parts_known(amount: Amount, scope: Scope) -> Iterator[Formula]:
    """What holds wherever an amount that is reckoned is known: its parts are, and no divisor is 0."""
    match amount:
        case SumAmount(terms):
            yield from (known_number(term, scope) for _, term in terms)
        case ProductAmount(factors):
            for sign, factor in factors:
                if sign == "/" and not is_constant(factor):
                    yield lies_in(factor, ((-FAR, -1), (1, FAR)), scope)
                else:
                    yield known_number(factor, scope)


def known_number(amount: Amount, scope: Scope) -> Formula:
    """A number or a date is not missing; scores are taken to be known."""
    amount = plain(amount)
    is_sure = is_constant(amount) or isinstance(amount, ScoreAmount)
    return truth(True) if is_sure else lies_in(amount, EVERYTHING, scope)


def _dates_of_days(spans: Spans, until: bool, as_of: int) -> Spans:
    """The moments that are so many whole days (in millionths) before, or with `until` after, the as-of."""
    found = []
    for low, high in scaled_down(spans, MILLION):
        first = -FAR if low <= -FAR else low * DAY
        last = FAR if high >= FAR else (high + 1) * DAY - 1
        if until:
            found.append((first if first <= -FAR else as_of + first, last if last >= FAR else as_of + last))
        else:
            found.append((-FAR if last >= FAR else as_of - last, FAR if first <= -FAR else as_of - first))
    return join(found)


# ---- events


def count_in(events: EventSet, spans: Spans, scope: Scope) -> Formula:
    """The number of events in a set lies in the spans."""
    number = scope.space.number_of(events)
    ways = []
    for low, high in common(spans, from_to(0, FAR)):
        parts: list[Formula] = []
        if low > 0:
            parts.append(Lit(EVENTS, Counts(((number, min(low, MANY), MANY),))))
            parts += [Lit(key, values) for key, values in values_with_event(events)]
        if high < FAR:
            parts.append(Lit(EVENTS, Counts(((number, 0, high),))))
        ways.append(conj(parts))
    return disj(ways)


def values_with_event(events: EventSet) -> Iterator[tuple[Key, Ranges]]:
    """The values of the fields that windows hang on, of a contact who has an event in the set."""
    for one in events.loose:
        moments = from_to(DATES[0], events.last) if one.after else from_to(events.first + 1, DATES[1])
        if one.field is not None:
            yield Key("field", one.field), Ranges(moments, False, DATES)


def some(events: EventSet, scope: Scope) -> Formula:
    return count_in(events, ((1, FAR),), scope)


def none(events: EventSet, scope: Scope) -> Formula:
    return count_in(events, ((0, 0),), scope)


def _days_since_event(amount: DaysSinceEventAmount, spans: Spans, scope: Scope) -> Formula:
    events, as_of = events_of(amount.occurrence, scope), scope.space.as_of
    ways: list[Formula] = []
    for low, high in common(scaled_down(spans, MILLION), from_to(0, FAR)):
        newer = events._replace(first=max(events.first, as_of - low * DAY + 1))
        older = events if high >= FAR else events._replace(last=min(events.last, as_of - (high + 1) * DAY))
        if amount.which == "last":
            recent = events if high >= FAR else events._replace(first=max(events.first, as_of - (high + 1) * DAY + 1))
            ways.append(conj((some(recent, scope), none(newer, scope) if low > 0 else truth(True))))
        else:
            reached = events._replace(last=min(events.last, as_of - low * DAY))
            ways.append(conj((some(reached, scope), truth(True) if high >= FAR else none(older, scope))))
    return disj(ways)


# ---- measures of a property


def _measure(amount: MeasureAmount, spans: Spans, scope: Scope) -> Formula:
    match amount.kind:
        case "highest" | "lowest":
            return _extreme(amount, spans, scope)
        case "different":
            return _different(amount, scaled_down(spans, MILLION), scope)
        case "average" if spans == EVERYTHING:
            return some(_having(amount, None, scope), scope)
        case _:
            return conj((_unknown(amount, spans, scope), *(some(one, scope) for one in _seen(amount, spans, scope))))


def _having(amount: MeasureAmount, constraint: Constraint | None, scope: Scope) -> EventSet:
    """The events that are measured whose property is as a constraint says, or has any value at all."""
    return events_of(amount.occurrence, scope)._replace(known=(amount.property, constraint))


def values_between(amount: MeasureAmount, spans: Spans, scope: Scope) -> EventSet:
    """The events that are measured whose property lies in the spans."""
    domain = DATES if amount.type.kind is Kind.DATE else NUMBERS
    return _having(amount, Ranges(common(spans, (domain,)), False, domain), scope)


def _extreme(amount: MeasureAmount, spans: Spans, scope: Scope) -> Formula:
    """The highest or lowest known value of a property lies in the spans."""
    ways: list[Formula] = []
    for low, high in spans:
        inside = some(values_between(amount, from_to(low, high), scope), scope)
        beyond: Formula = truth(True)
        if amount.kind == "highest" and high < FAR:
            beyond = none(values_between(amount, from_to(high + 1, FAR), scope), scope)
        elif amount.kind == "lowest" and low > -FAR:
            beyond = none(values_between(amount, from_to(-FAR, low - 1), scope), scope)
        ways.append(conj((inside, beyond)))
    return disj(ways)


def _different(amount: MeasureAmount, spans: Spans, scope: Scope) -> Formula:
    """So many different values: none without a known one, and no more than events that have one."""
    known = _having(amount, None, scope)
    ways: list[Formula] = []
    for low, high in common(spans, from_to(0, FAR)):
        if low == 0:
            ways.append(none(known, scope))
        least = max(1, low)
        told = common(from_to(least, high), spans)
        if least == 1 and high >= FAR:
            ways.append(some(known, scope))
        elif told:
            free = Lit(scope.space.key_of("amount", amount), Ranges(told, False, ANYTHING))
            ways.append(conj((free, count_in(known, from_to(least, FAR), scope))))
    return disj(ways)


def _seen(amount: MeasureAmount, spans: Spans, scope: Scope) -> Iterator[EventSet]:
    """Sets of which there is an event wherever the sum, the average, the latest or the earliest lies in the spans."""
    low, high = min((low for low, _ in spans), default=0), max((high for _, high in spans), default=0)
    match amount.kind:
        case "sum" if low > 0:
            yield values_between(amount, from_to(1, FAR), scope)
        case "sum" if high < 0:
            yield values_between(amount, from_to(-FAR, -1), scope)
        case "average":
            # Some value is no less than the average, and some no more.
            yield values_between(amount, from_to(low, FAR), scope)
            yield values_between(amount, from_to(-FAR, high), scope)
        case "latest" | "earliest":
            yield values_between(amount, spans, scope)


# ---- texts, yes and no, lists


def asks(amount: Amount, atom: TextAtom, scope: Scope) -> Formula:
    """A question of a text has the answer yes."""
    amount = plain(amount)
    if isinstance(amount, DomainAmount):
        inner = plain(amount.of)
        if isinstance(inner, FieldAmount | PropertyAmount):
            return Lit(scope.key(inner.name), Texts(frozenset({atom._replace(of_domain=True)}), frozenset()))
    wanted = Texts(frozenset({atom}), frozenset())
    if isinstance(amount, FieldAmount | PropertyAmount):
        return Lit(scope.key(amount.name), wanted)
    free = Lit(scope.space.key_of("amount", amount), wanted)
    return conj((free, some(_having(amount, wanted, scope), scope))) if isinstance(amount, MeasureAmount) else free


def answers_in(amount: Amount, mask: int, scope: Scope) -> Formula:
    """A yes or no that is no field is among those of a mask (bit 0: missing, bit 1: no, bit 2: yes)."""
    amount = plain(amount)
    wanted = Choices(mask, 0b111)
    free = Lit(scope.space.key_of("amount", amount), wanted)
    if isinstance(amount, MeasureAmount) and not mask & 1:
        return conj((free, some(_having(amount, wanted, scope), scope)))
    return free


def is_known(amount: Amount, scope: Scope) -> Formula:
    """The amount is not missing."""
    amount = plain(amount)
    if isinstance(amount, GradeAmount):
        return letter_in(amount, None, scope)
    match type_of(amount).kind:
        case Kind.NUMBER | Kind.DATE:
            return lies_in(amount, EVERYTHING, scope)
        case Kind.LIST:
            return Lit(list_key(amount, scope), Items(frozenset(), frozenset(), True))
        case Kind.YES_NO:
            return answers_in(amount, 0b110, scope)
        case _:
            return asks(amount, TextAtom("known"), scope)


def list_key(amount: Amount, scope: Scope) -> Key:
    """The attribute of an amount that is a list."""
    amount = plain(amount)
    named = isinstance(amount, FieldAmount | PropertyAmount)
    return scope.key(amount.name) if named else scope.space.key_of("amount", amount)  # type: ignore[union-attr]


def letter_in(amount: GradeAmount, wanted: frozenset[str] | None, scope: Scope) -> Formula:
    """The grade's letter, as written, is one of those wanted; None: there is one."""
    grade = next((grade for grade in scope.space.grades if grade.score == amount.score), None)
    if grade is None:
        return FALSE
    rows = sorted(((row.start, row.letter) for row in grade.rows if row.start is not None), reverse=True)
    spans, above = [], FAR
    for start, letter in rows:
        if wanted is None or letter in wanted:
            spans.append((start, above))
        above = start - 1
    rest = next((row.letter for row in grade.rows if row.start is None), None)
    if rest is not None and (wanted is None or rest in wanted):
        spans.append((-FAR, above))
    return Lit(Key("score", amount.score or ""), Ranges(join(spans), False, ANYTHING))


def is_not(formula: Formula, negated: bool) -> Formula:
    """The formula, or its negation where `negated`."""
    return negate(formula) if negated else formula
