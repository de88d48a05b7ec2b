"""Parts of a model as they are written in rules."""

from __future__ import annotations

from leadline_compiler.conditions import Ago, Amount, Before, Occurrence, Since, Window, Within
from leadline_compiler.model import Bounds, Decay, TimesLimit
from leadline_compiler.numbers import THOUSAND, write_points
from leadline_compiler.zones import Zone


def one_line(text: str) -> str:
    """What was written, on one line."""
    return " ".join(text.split())


def say_points(points: int) -> str:
    """Thousandths with their sign: `+5`, `-0.5`."""
    return f"+{write_points(points)}" if points >= 0 else write_points(points)


def say_bounds(bounds: Bounds) -> str | None:
    """`between 0 and 50`, `at most 20`, `at least 0`; None without bounds."""
    low = None if bounds.low is None else write_points(bounds.low)
    high = None if bounds.high is None else write_points(bounds.high)
    if low is not None and high is not None:
        return f"between {low} and {high}"
    if high is not None:
        return f"at most {high}"
    return None if low is None else f"at least {low}"


def say_decay(decay: Decay | None) -> str | None:
    """`halving every 30 days`; None without one."""
    if decay is None:
        return None
    percent = f"{float(decay.percent):g}%"
    match decay.kind:
        case "halving":
            return f"halving every {decay.every}"
        case "losing of rest":
            return f"losing {percent} of what is left every {decay.every}"
        case "losing of original":
            return f"losing {percent} of the original every {decay.every}"
        case "fading":
            return f"fading to 0 over {decay.every}"


def say_limits(limits: tuple[TimesLimit, ...]) -> str | None:
    """`at most 1 time per day, at most 3 times per campaign`; None without one."""
    said = []
    for limit in limits:
        per = {"all": "", "day": " per day"}.get(limit.per, f" per {limit.property}")
        said.append(f"at most {limit.times} time{'' if limit.times == 1 else 's'}{per}")
    return ", ".join(said) or None


def say_cap(points: int | None) -> str | None:
    """`up to 25 points`; None without one."""
    if points is None:
        return None
    return f"up to {write_points(points)} point{'' if points == THOUSAND else 's'}"


def say_windows(occurrence: Occurrence, zone: Zone) -> str | None:
    """`in the last 30 days`; None where there is no window."""
    return " ".join(_say_window(window, zone) for window in occurrence.windows) or None


def _say_window(window: Window, zone: Zone) -> str:
    match window:
        case Within(duration):
            return f"in the last {duration}"
        case Ago(duration):
            return f"more than {duration} ago"
        case Since(moment):
            return f"since {_say_moment(moment, zone)}"
        case Before(moment):
            return f"before {_say_moment(moment, zone)}"


def _say_moment(moment: int | Amount, zone: Zone) -> str:
    return zone.wall(moment).isoformat().removesuffix("T00:00:00") if isinstance(moment, int) else moment.text


def say_events(occurrence: Occurrence) -> str:
    """`page_view`, `any of (a, b)`, `any event`: the events without what narrows them."""
    if occurrence.every_event:
        return "any event"
    return occurrence.events[0] if len(occurrence.events) == 1 else f"any of ({', '.join(occurrence.events)})"
