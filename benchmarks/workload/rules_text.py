"""The rules of the workload as a rules file."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from .schema import EVENT_NUMBERS, EVENTS, FLAGS, NUMBERS, TEXTS
from .specs import Spec, Where

ZONE = "Europe/Berlin"


def write_rules(specs: list[Spec]) -> str:
    """A rules file with these rules in two scores."""
    lines = ['model "Benchmark", time zone "' + ZONE + '"', "", "contact identified by record_id", "  record_id: text"]
    lines += [f"  {name}: text" for name in TEXTS]
    lines += [f"  {name}: number" for name in NUMBERS]
    lines += [f"  {name}: yes/no" for name in FLAGS]
    lines += ["", "events", *(_event(name, properties) for name, properties in EVENTS.items())]
    scored = [spec for spec in specs if spec.kind != "disqualify"]
    groups = [(group, list(rules)) for group, rules in groupby(scored, key=lambda spec: spec.group)]
    half = (len(groups) + 1) // 2
    for name, share in (("fit", groups[:half]), ("engagement", groups[half:])):
        lines += ["", f"score {name} between 0 and 400"]
        for group, rules in share:
            lines += [f'  group "Group {group}" at most {100 + 20 * group}', *("    " + _rule(spec) for spec in rules)]
    lines += ["", "grade fit", '  "A" from 80', '  "B" from 30', '  "C" otherwise', ""]
    for spec in specs:
        if spec.kind == "disqualify":
            lines.append(f'disqualify "Exit {spec.number}" when {_equal(spec.data)}')
    lines += ['stage "MQL" when total >= 60', 'stage "SQL" when total >= 150 and grade of fit is one of "A", "B"']
    return "\n".join(lines) + "\n"


def _event(name: str, properties: tuple[str, ...]) -> str:
    typed = ", ".join(f"{prop}: {'number' if prop in EVENT_NUMBERS else 'text'}" for prop in properties)
    return f"  {name} with {typed}" if typed else f"  {name}"


def _rule(spec: Spec) -> str:
    data = spec.data
    name = f'"Rule {spec.number}"'
    if "rows" in data:
        amount = "count of" if spec.kind == "counted bands" else "days since last"
        rows = [f"      {points:+d} for {_range(low, high)}" for low, high, points in data["rows"]]
        return "\n".join([f"points {name} by {amount} {_where(data['where'])}", *rows])
    return f"{spec.points:+d} {name} {_body(spec)}"


def _body(spec: Spec) -> str:
    data = spec.data
    match spec.kind:
        case "equals":
            return f"when {_equal(data)}"
        case "negated":
            return f"when {data['name']} is not {_quote(data['value'])}"
        case "in list":
            return f"when {data['name']} is one of {_quotes(data['values'])}"
        case "band":
            return f"when {_test(data)}"
        case "contains":
            return f"when title contains {_quote(data['value'])}"
        case "domain":
            return f"when domain of email is one of {_quotes(data['values'])}"
        case "joint":
            return "when " + " and ".join(map(_test, data["parts"]))
        case "joint with event":
            return f"when {_test(data['parts'][0])} and has {_where(data['where'])}"
        case "missing":
            return f"when {data['name']} is missing"
        case "quiet":
            return f"when no any of ({', '.join(data['events'])}) in the last {data['days']} days"
        case "once":
            return f"when count of {_where(data['where'])} >= {data['least']}"
        case "capped":
            return f"for each {_where(data['where'])}, at most {data['times']} times"
        case "decay":
            cap = "" if data["up_to"] is None else f", up to {data['up_to']} points"
            return f"for each {_where(data['where'])}{cap}, halving every {data['every']} days"
        case "per day":
            cap = "" if data["up_to"] is None else f", up to {data['up_to']} points"
            return f"for each {_where(data['where'])}, at most {data['times']} times per day{cap}"
        case _:
            return f"for each {_where(data['where'])}, at most {data['times']} times per {data['name']}"


def _test(part: dict[str, Any]) -> str:
    if part["test"] == "is":
        return _equal(part)
    low, high = part["value"]
    return f"{part['name']} between {low} and {high}"


def _equal(data: dict[str, Any]) -> str:
    return f"{data['name']} is {_quote(data['value'])}"


def _where(where: Where) -> str:
    tests = {
        "any": "",
        "is": f"where {where.name} is {_quote(where.value)} ",
        "starts": f"where {where.name} starts with {_quote(where.value)} ",
        "least": f"where {where.name} >= {where.value} ",
    }
    return f"{where.event} {tests[where.test]}in the last {where.days} days"


def _range(low: int, high: int | None) -> str:
    return f"{low} or more" if high is None else f"{low} to {high}"


def _quotes(values: list[str]) -> str:
    return ", ".join(map(_quote, values))


def _quote(value: object) -> str:
    return f'"{value}"'
