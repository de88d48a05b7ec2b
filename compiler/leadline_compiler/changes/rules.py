"""Changes of rules, matched by their names, which are unique in a model; a new name for the same rule is a renaming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.conditions import compare_conditions, compare_occurrences, say_change
from leadline_compiler.changes.wording import one_line, say_cap, say_decay, say_limits, say_points
from leadline_compiler.model import Body, Care, Each, Every, Group, Model, Row, Rule, Score, Table, When
from leadline_compiler.numbers import write_number
from leadline_compiler.zones import Zone
from leadline_dsl.source import Place, Span

_NOWHERE = Place("", Span(0, 0))


@dataclass(frozen=True, slots=True)
class _Placed:
    rule: Rule
    where: str

    @property
    def meaning(self) -> tuple[str, int, Body]:
        return self.where, *meaning_of(self.rule)


def meaning_of(rule: Rule) -> tuple[int, Body]:
    """What a rule earns and when: the same for rules that earn the same, wherever they stand."""
    return rule.points, _without_places(rule.body)


def compare_rules(old: Model, new: Model) -> Iterator[Change]:
    """Each rule that was added, removed, renamed or changed, in the order of the new model."""
    before = {placed.rule.name: placed for placed in _placed(old)}
    after = {placed.rule.name: placed for placed in _placed(new)}
    gone = [placed for name, placed in before.items() if name not in after]
    for name, placed in after.items():
        was = before.get(name)
        if was is None:
            was = next((other for other in gone if other.meaning == placed.meaning), None)
            if was is not None:
                gone.remove(was)
        yield from _compare(was, placed, new.zone)
    for placed in gone:
        said = Detail("", one_line(_statement(placed.rule)), None)
        yield Change("removed", "rule", placed.rule.name, (said,), placed.where, before=placed.rule.line)


def _placed(model: Model) -> Iterator[_Placed]:
    for score in model.scores:
        for group in score.groups:
            for rule in group.rules:
                yield _Placed(rule, _where(score, group))


def _where(score: Score, group: Group) -> str:
    return score.name if group.name is None else f"{score.name} · {group.name}"


def _compare(old: _Placed | None, new: _Placed, zone: Zone) -> Iterator[Change]:
    if old is None:
        said = Detail("", None, one_line(_statement(new.rule)))
        yield Change("added", "rule", new.rule.name, (said,), new.where, after=new.rule.line)
        return
    details = tuple(_details(old, new, zone))
    quiet = (*_renamed(old.rule, new.rule), *compare_care(old.rule.care, new.rule.care))
    if details or quiet:
        found = details or quiet
        before, after = old.rule.line, new.rule.line
        yield Change("changed", "rule", new.rule.name, found, new.where, before, after, matters=bool(details))


def _renamed(old: Rule, new: Rule) -> Iterator[Detail]:
    if old.name != new.name:
        yield Detail("name", old.name, new.name)


def _details(old: _Placed, new: _Placed, zone: Zone) -> Iterator[Detail]:
    if old.where != new.where:
        yield Detail("in", old.where, new.where)
    if old.rule.points != new.rule.points:
        yield Detail("points", say_points(old.rule.points), say_points(new.rule.points))
    match old.rule.body, new.rule.body:
        case When(before), When(after):
            yield from compare_conditions(before, after)
        case Each() as before, Each() as after:
            yield from _compare_each(before, after, zone)
        case Every() as before, Every() as after:
            yield from _compare_every(before, after)
        case Table() as before, Table() as after:
            yield from _compare_tables(before, after)
        case _:
            yield Detail("", one_line(_statement(old.rule)), one_line(_statement(new.rule)))


def _compare_each(old: Each, new: Each, zone: Zone) -> Iterator[Detail]:
    yield from compare_occurrences(old.occurrence, new.occurrence, zone)
    pairs = (
        ("limit", say_limits(old.times), say_limits(new.times)),
        ("limit", _say_first(old.after_first), _say_first(new.after_first)),
        ("decay", say_decay(old.decay), say_decay(new.decay)),
        ("limit", say_cap(old.up_to), say_cap(new.up_to)),
    )
    yield from (Detail(*pair) for pair in pairs if pair[1] != pair[2])


def _say_first(count: int) -> str | None:
    return f"after the first {count}" if count else None


def _compare_every(old: Every, new: Every) -> Iterator[Detail]:
    if old.step != new.step:
        yield Detail("for every", write_number(old.step), write_number(new.step))
    if old.amount != new.amount:
        yield say_change("of", one_line(old.amount.text), one_line(new.amount.text))
    if old.up_to != new.up_to:
        yield Detail("limit", say_cap(old.up_to), say_cap(new.up_to))


def _compare_tables(old: Table, new: Table) -> Iterator[Detail]:
    if old.amount != new.amount:
        yield say_change("by", one_line(old.amount.text), one_line(new.amount.text))
    before = {_values(row): row for row in old.rows}
    for row in new.rows:
        was = before.pop(_values(row), None)
        if was is None:
            yield Detail("row", None, one_line(row.text))
        elif was.points != row.points:
            yield Detail(f"row {_said_values(row)}", say_points(was.points), say_points(row.points))
    yield from (Detail("row", one_line(row.text), None) for row in before.values())


def _values(row: Row) -> object:
    return frozenset(row.values), row.missing, row.otherwise


def _said_values(row: Row) -> str:
    """The row as it is written, without its points."""
    return one_line(row.text).partition(" ")[2]


def _without_places(body: Body) -> Body:
    """The body without what its rows know of the file."""
    if isinstance(body, Table):
        return Table(
            body.amount, tuple(Row(r.points, r.values, r.missing, r.otherwise, "", _NOWHERE) for r in body.rows)
        )
    return body


def _statement(rule: Rule) -> str:
    """A rule as it is written, without its name; the rows of a table after it."""
    text = rule.text.replace(f'"{rule.name}"', "", 1)
    if isinstance(rule.body, Table):
        return "; ".join([text, *(row.text for row in rule.body.rows)])
    return text


def compare_care(old: Care, new: Care) -> Iterator[Detail]:
    """Why, whose, and when to look again: nothing that a score depends on."""
    pairs = (
        ("because", old.because, new.because),
        ("owner", old.owner, new.owner),
        ("review by", old.review_by, new.review_by),
    )
    yield from (Detail(*pair) for pair in pairs if pair[1] != pair[2])
