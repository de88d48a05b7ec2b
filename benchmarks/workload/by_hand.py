"""The rules of the workload as a person would write them in Python, with care for speed.

Events are grouped by kind once, texts folded once, sets and limits hoisted; every rule is a line or two. Nothing
is shared between rules, as a person would not either.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from .rules_text import ZONE
from .schema import EVENT_NUMBERS, EVENTS
from .specs import Spec, Where

_ZONE = ZoneInfo(ZONE)


@cache
def fold(text: str | None) -> str | None:
    """A text as it is compared."""
    if text is None:
        return None
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
    return folded or None


def parse(text: str) -> datetime:
    """The moment of a time as JSON has it."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=_ZONE).astimezone(UTC)


def build_by_hand(specs: list[Spec], *, collects: bool, times: str = "text") -> Callable[..., Any]:
    """`score(contact, as_of)` by these rules: status, reasons, total, scores, grade, stage, and the rules that fired.

    With `times` not "text" the events' times are datetimes. Without `collects` no rules are returned.
    """
    writer = Writer(collects)
    return define("score", writer.write(specs, times), writer.constants)


def define(name: str, source: str, constants: dict[str, Any]) -> Callable[..., Any]:
    """The function of that name in the source."""
    space: dict[str, Any] = {
        **constants,
        "fold": fold,
        "parse": parse,
        "Counter": Counter,
        "timedelta": timedelta,
        "ZONE": _ZONE,
        "NEVER": datetime.min.replace(tzinfo=UTC),
    }
    exec(compile(source, "by_hand", "exec"), space)
    found: Callable[..., Any] = space[name]
    return found


class Writer:
    """Writes the function's source; what it names beside the arguments is in `constants`."""

    def __init__(self, collects: bool) -> None:
        self._collects = collects
        self._lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self._fields: dict[str, None] = {}
        self._events: dict[str, None] = {}
        self._with_days: set[str] = set()
        self._with_last: dict[str, None] = {}
        self._windows: dict[int, None] = {}
        self._groups: dict[int, None] = {}

    def write(self, specs: list[Spec], times: str) -> str:
        scored = [spec for spec in specs if spec.kind != "disqualify"]
        self._with_days = {spec.data["where"].event for spec in specs if spec.kind == "per day"}
        for spec in scored:
            self._groups[spec.group] = None
            self._rule(spec)
        rules, self._lines = self._lines, []
        exits = [spec for spec in specs if spec.kind == "disqualify"]
        for spec in exits:
            self._emit(f"if {self._equals(spec.data)}:", f"    reasons.append('Exit {spec.number}')")
        ends, self._lines = self._lines, []
        self._emit(*["fired = []"][: self._collects])
        self._emit(*(f"group_{group} = 0" for group in self._groups))
        self._prepare(times)
        self._lines += rules
        self._total()
        self._emit("reasons = []")
        self._lines += ends
        self._finish()
        return "def score(contact, as_of):\n" + "\n".join("    " + line for line in self._lines) + "\n"

    # ---- what rules share

    def _prepare(self, times: str) -> None:
        for name in self._fields:
            value = f"contact.get({name!r})"
            self._emit(f"{name} = {value if name.startswith(_NUMBER_NAMES) else f'fold({value})'}")
        if "email" in self._fields:
            self._emit("domain = email.rpartition('@')[2] if email is not None else None")
        self._emit(*(f"since_{days} = as_of - timedelta(days={days})" for days in self._windows))
        self._emit("by_kind = {" + ", ".join(f"{name!r}: []" for name in self._events) + "}")
        self._emit("for event in contact['events']:")
        self._emit("    events = by_kind.get(event['event'])", "    if events is not None:")
        self._emit("        at = parse(event['at'])" if times == "text" else "        at = event['at']")
        self._emit("        if at <= as_of:", "            events.append((at, event))")
        for name in self._events:
            values = [
                f"event.get({prop!r})" if prop in EVENT_NUMBERS else f"fold(event.get({prop!r}))"
                for prop in EVENTS[name]
            ]
            if name in self._with_days:
                values.append("at.astimezone(ZONE).date()")
            self._emit(f"{name}s = [({', '.join(['at', *values])},) for at, event in by_kind[{name!r}]]")
        for name in self._with_last:
            self._emit(f"last_{name} = max([event[0] for event in by_kind[{name!r}]], default=NEVER)")

    def _total(self) -> None:
        groups = list(self._groups)
        half = (len(groups) + 1) // 2
        for name, share in (("fit", groups[:half]), ("engagement", groups[half:])):
            capped = " + ".join(f"min(group_{group}, {100_000 + 20_000 * group})" for group in share)
            self._emit(f"{name} = max(0, min(400_000, {capped or 0}))")
        self._emit("total = fit + engagement")

    def _finish(self) -> None:
        self._emit("grade = 'A' if fit >= 80_000 else 'B' if fit >= 30_000 else 'C'")
        self._emit("stage = None", "if not reasons:", "    if total >= 150_000 and grade in ('A', 'B'):")
        self._emit("        stage = 'SQL'", "    elif total >= 60_000:", "        stage = 'MQL'")
        self._emit("status = 'disqualified' if reasons else 'scored'")
        result = "status, reasons, total, fit, engagement, grade, stage"
        self._emit(f"return {result}, fired" if self._collects else f"return {result}")

    # ---- rules

    def _rule(self, spec: Spec) -> None:
        points = spec.points * 1000
        data = spec.data
        condition = self._condition(spec)
        if condition is not None:
            self._emit(f"if {condition}:")
            self._earn(spec, str(points), "1", constant=True)
            return
        where: Where = data["where"]
        match spec.kind:
            case "capped":
                self._emit(f"times = min({self._count(where)}, {data['times']})", "if times:")
                self._earn(spec, f"{points} * times", "times")
            case "counted bands":
                self._emit(f"count = {self._count(where)}")
                self._rows(spec, "count", data["rows"])
            case "recent":
                self._emit(f"last = max([{self._each(where, 'at')}], default=None)")
                self._emit("days = None if last is None else (as_of - last).days", "if days is not None:")
                self._rows(spec, "days", data["rows"], "    ")
            case "decay":
                self._decay(spec, where, points)
            case "per day":
                self._limited(spec, where, points, "day")
            case _:
                self._limited(spec, where, points, data["name"])

    def _condition(self, spec: Spec) -> str | None:
        data = spec.data
        match spec.kind:
            case "equals":
                return self._equals(data)
            case "negated":
                return f"{self._field(data['name'])} != {_folded(data['value'])}"
            case "in list":
                return f"{self._field(data['name'])} in {self._set(spec, data['values'])}"
            case "band":
                return self._test(data)
            case "contains":
                wanted = unicodedata.normalize("NFKC", data["value"]).casefold()
                return f"{self._field('title')} is not None and {wanted!r} in title"
            case "domain":
                self._field("email")
                return f"domain in {self._set(spec, data['values'])}"
            case "joint":
                return " and ".join(map(self._test, data["parts"]))
            case "joint with event":
                where: Where = data["where"]
                return f"{self._test(data['parts'][0])} and any([{self._each(where, 'True')}])"
            case "missing":
                return f"{self._field(data['name'])} is None"
            case "quiet":
                return self._quiet(data)
            case "once":
                return f"{self._count(data['where'])} >= {data['least']}"
        return None

    def _decay(self, spec: Spec, where: Where, points: int) -> None:
        self._emit(f"worths = [{self._worths(spec, where, points)}]", "if worths:")
        self._earn(spec, self._bound("sum(worths)", spec), "len(worths)")

    def _worths(self, spec: Spec, where: Where, points: int) -> str:
        left, steps = _halved(points)
        self.constants[f"LEFT_{spec.number}"] = left
        self.constants[f"EVERY_{spec.data['every']}"] = timedelta(days=spec.data["every"])
        return self._each(where, f"LEFT_{spec.number}[min((as_of - at) // EVERY_{spec.data['every']}, {steps})]")

    def _limited(self, spec: Spec, where: Where, points: int, key: str) -> None:
        self._emit(f"times = {self._limited_times(spec, where, key)}", "if times:")
        self._earn(spec, self._bound(f"{points} * times", spec), "times")

    def _limited_times(self, spec: Spec, where: Where, key: str) -> str:
        times = spec.data["times"]
        if times == 1:
            return f"len({{{self._each(where, key)}}})"
        return f"sum([min(n, {times}) for n in Counter([{self._each(where, key)}]).values()])"

    def _quiet(self, data: dict[str, Any]) -> str:
        self._windows[data["days"]] = None
        self._events.update(dict.fromkeys(data["events"]))
        self._with_last.update(dict.fromkeys(data["events"]))
        return f"max({', '.join(f'last_{name}' for name in data['events'])}) <= since_{data['days']}"

    def _bound(self, points: str, spec: Spec) -> str:
        cap = spec.data.get("up_to")
        return points if cap is None else f"max({-cap * 1000}, min({cap * 1000}, {points}))"

    def _rows(self, spec: Spec, name: str, rows: list[tuple[int, int | None, int]], indent: str = "") -> None:
        word = "if"
        for low, high, points in rows:
            test = f"{name} >= {low}" if high is None else f"{low} <= {name} <= {high}"
            self._emit(f"{indent}{word} {test}:")
            self._earn(spec, str(points * 1000), "1", indent, constant=True)
            word = "elif"

    def _earn(self, spec: Spec, points: str, times: str, indent: str = "", *, constant: bool = False) -> None:
        if not self._collects:
            self._emit(f"{indent}    group_{spec.group} += {points}")
        elif constant:
            self._emit(f"{indent}    group_{spec.group} += {points}")
            self._emit(f"{indent}    fired.append(({spec.number}, {points}, {times}))")
        else:
            self._emit(f"{indent}    points = {points}", f"{indent}    group_{spec.group} += points")
            self._emit(f"{indent}    fired.append(({spec.number}, points, {times}))")

    def _test(self, part: dict[str, Any]) -> str:
        if part["test"] == "is":
            return self._equals(part)
        low, high = part["value"]
        name = self._field(part["name"])
        return f"{name} is not None and {low} <= {name} <= {high}"

    def _equals(self, data: dict[str, Any]) -> str:
        return f"{self._field(data['name'])} == {_folded(data['value'])}"

    def _field(self, name: str) -> str:
        self._fields[name] = None
        return name

    def _set(self, spec: Spec, values: list[str]) -> str:
        name = f"SET_{spec.number}"
        self.constants[name] = frozenset(map(fold, values))
        return name

    def _count(self, where: Where) -> str:
        return f"len([{self._each(where, '1')}])"

    def _each(self, where: Where, result: str) -> str:
        """A comprehension over the events that are meant; it may name their properties and `day`."""
        self._events[where.event] = None
        self._windows[where.days] = None
        names = ["at", *EVENTS[where.event]]
        if where.event in self._with_days:
            names.append("day")
        return f"{result} for {', '.join(names)}, in {where.event}s if at > since_{where.days}{_more(where)}"

    def _emit(self, *lines: str) -> None:
        self._lines += lines


_NUMBER_NAMES = ("employees", "revenue", "founded", "seats", "budget", "visits")


def _more(where: Where) -> str:
    match where.test:
        case "is":
            return f" and {where.name} == {_folded(where.value)}"
        case "starts":
            return f" and {where.name} is not None and {where.name}.startswith({_folded(where.value)})"
        case "least":
            return f" and {where.name} is not None and {where.name} >= {where.value}"
        case _:
            return ""


def _folded(value: str) -> str:
    return repr(fold(value))


def _halved(points: int) -> tuple[list[int], int]:
    """What is left of points after 0, 1, 2 … halvings, rounded half away from zero, down to nothing."""
    left = []
    sign, size = (-1 if points < 0 else 1), abs(points)
    for step in range(64):
        left.append(sign * ((2 * size + 2**step) // 2 ** (step + 1)))
        if not left[-1]:
            break
    return left, len(left) - 1
