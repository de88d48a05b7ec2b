"""OCCURRENCE: an event, any event or any of some events, with `where` and windows."""

from collections.abc import Sequence
from dataclasses import dataclass

from .draw import Amount, Draw, Field
from .literals import day, duration, moment
from .logic import combine
from .operators import Scope, draw_test


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence as it is written, its form, the properties that all its events have, whether a `where` is open."""

    text: str
    form: str
    properties: tuple[Field, ...]
    is_open: bool = False


def occurrence(
    draw: Draw, *, kinds: Sequence[str] = (), is_followed: bool = False, is_closed: bool = False
) -> Occurrence:
    """An occurrence.

    With `kinds` its events have a property of one of them; `is_followed`: an operator may come right after it;
    `is_closed`: what comes after it could be taken for a part of an open `where`.
    """
    name, form, properties = source(draw, kinds)
    test = ""
    if properties and draw.chance(0.45):
        test = where(draw, properties, is_followed=is_followed, is_closed=is_closed)
    times = windows(draw) if draw.chance(0.5) else ""
    is_open = bool(test) and not times and not test.endswith(")")
    return Occurrence(name + test + times, form, properties, is_open)


def source(draw: Draw, kinds: Sequence[str]) -> tuple[str, str, tuple[Field, ...]]:
    """The events before `where`, their form, and the properties they share."""
    if not kinds and draw.chance(0.2):
        return "any event", "any event", ()
    fitting = [event for event in draw.events if not kinds or any(one.kind in kinds for one in event.properties)]
    if len(fitting) > 1 and draw.chance(0.25):
        events = draw.some(fitting, 2, 3)
        shared = tuple(one for one in events[0].properties if all(one in event.properties for event in events))
        if not kinds or any(one.kind in kinds for one in shared):
            return "any of (" + ", ".join(event.written for event in events) + ")", "any of events", shared
    event = draw.pick(fitting)
    return event.written, "one event", event.properties


def fits(draw: Draw, kinds: Sequence[str]) -> bool:
    """Whether some event has a property of one of the kinds."""
    return any(one.kind in kinds for event in draw.events for one in event.properties)


def as_amount(one: Field) -> Amount:
    """A field or a property as an amount."""
    return Amount(one.written, one.kind, one.values)


def where(draw: Draw, properties: tuple[Field, ...], *, is_followed: bool, is_closed: bool) -> str:
    """`where TEST` or `where (CONDITION)`."""
    scope = Scope("where", lambda draw, kind: draw_peer(draw, properties, kind))

    def leaf(draw: Draw) -> str:
        return draw_test(draw, inside_amount(draw, draw.pick(properties)), scope)

    if draw.chance(0.4):
        draw.use("where with a condition")
        return f"\x1fwhere ({combine(draw, leaf)})"
    one = as_amount(draw.pick(properties))
    test = draw_test(draw, one, scope)
    stands_alone = test == one.text
    if stands_alone and is_followed:
        draw.use("yes/no in parentheses before a comparison")
    if is_closed or (stands_alone and is_followed):
        return f"\x1fwhere ({test})"
    draw.use("where with one test")
    return f"\x1fwhere {test}"


def inside_amount(draw: Draw, one: Field) -> Amount:
    """A property as it stands, or, where it may, reckoned with."""
    if one.kind != "number" or draw.chance(0.85):
        return as_amount(one)
    draw.use("arithmetic in where")
    return Amount(f"{one.written} {draw.pick('+-*/')} {draw.pick(('2', '0.5', '10'))}", one.kind, one.values)


def draw_peer(draw: Draw, properties: tuple[Field, ...], kind: str) -> Amount | None:
    """Another property of the kind."""
    fitting = [one for one in properties if one.kind == kind]
    return as_amount(draw.pick(fitting)) if fitting else None


def windows(draw: Draw) -> str:
    """One window, at times several that narrow each other."""
    text = window(draw)
    while draw.chance(0.2):
        draw.use("several windows")
        text += window(draw)
    return text


def window(draw: Draw) -> str:
    """`in the last D`, `more than D ago`, `since DATE|FIELD`, `before DATE|FIELD`."""
    return draw.pick((in_the_last, in_the_last, in_the_last, more_than_ago, bound_by_date, bound_by_field))(draw)


def in_the_last(draw: Draw) -> str:
    """`in the last D`."""
    draw.use("in the last")
    return f"\x1fin the last {duration(draw)}"


def more_than_ago(draw: Draw) -> str:
    """`more than D ago`."""
    draw.use("more than … ago")
    return f"\x1fmore than {duration(draw)} ago"


def bound_by_date(draw: Draw) -> str:
    """`since DATE`, `before DATE`."""
    word = draw.pick(("since", "before"))
    draw.use(f"{word} a date")
    return f"\x1f{word} {day(draw) if draw.chance(0.8) else moment(draw)}"


def bound_by_field(draw: Draw) -> str:
    """`since FIELD`, `before FIELD`."""
    word = draw.pick(("since", "before"))
    draw.use(f"{word} a field")
    return f"\x1f{word} {draw.pick(draw.fields_of('date')).written}"


def has(draw: Draw) -> str:
    """`has OCCURRENCE`."""
    what = occurrence(draw)
    draw.use(f"has {what.form}")
    return f"has {what.text}"


def has_no(draw: Draw) -> str:
    """`no OCCURRENCE`, `no event`."""
    if draw.chance(0.25):
        draw.use("no event by itself")
        return f"no event{windows(draw) if draw.chance(0.8) else ''}"
    what = occurrence(draw)
    draw.use(f"no {what.form}")
    return f"no {what.text}"
