"""Contacts, events and samples that are hard to read: small ones drawn at random, and shapes of a given size."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

RULES = """model "M", time zone "America/St_Johns"
contact identified by key
  key: text
  n: number from "Number of it"
  t: text
  d: date
  y: yes/no
  l: list of text
  c: one of "a", "b"
events
  e with p: text, q: number, w: date, y: yes/no
  f
list named = "a", "ß", "漢"
define recent = count of e where (p starts with "a" or q > 3) in the last 3 months
ignore f where y is missing
score s between -100 and 100, halving every 30 days without any event
  +1 "number" when n between -5 and 5
  +2 "text" when t contains any of "a", "ß" and not t matches "^(a|b)*c{2,9}$"
  +3 "date" when days since d > 3 or days until d < 900
  -4.125 "each" for each e where (q > 0) more than 1 years ago, at most 3 times per day,
    losing 3% of what is left every 7 days
  +5 "every" for every 0.5 of sum of q of e, up to 30 points
  +1 "window" when has any event since d before 9999-12-31
  +1 "far" when has e in the last 999999999999 years
  +1 "near" for each e in the last 100000 months, fading to 0 over 90000 weeks
  points "table" by number of different p of e in the last 90 days
    +1 for 0 to 1
    +2 for 2 or more
  points "last" by days since last any event
    -1 for below -5
    +9 for above 100
    +0 otherwise
score u at least 0
  +3 "named" when domain of t is in named
  +1 "list" when l includes "a" or recent > 2
  +1 "latest" when latest w of e is 2026-03-01 or average q of e >= 1.5
total = 0.5 * s + u
grade s
  "A" from 5
  "B" otherwise
disqualify "none" when t is "none"
exclude "no" when grade of s is "A" and n is missing
stage "one" when total >= 1
stage "two" when total >= 5 and u > 1
"""
_SCALARS: tuple[Any, ...] = (
    None,
    "",
    " ",
    "a",
    "ß",
    "\ud83d",
    "a\0b",
    "\u202e",
    "x" * 300,
    0,
    -1,
    3.5,
    1e308,
    -0.0,
    10**40,
    True,
    False,
    "yes",
    "no",
    "1e999",
    "1e-999999999999",
    "9" * 6000,
    "0" * 6000 + "1",
    "2026-11-21",
    "0001-01-01",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31",
    "9999-12-31T23:59:59.999999-23:59",
    "10000-01-01",
    "2026-13-45",
    "03/04/2026",
    "1700000000",
    "99999999999999999",
    "2026-03-08T02:30",
    "٣",
    "１２",
    [],
    {},
    ["a", None, 3, ["b"]],
    {"a": {"b": []}},
)
_NAMES = ("key", "Number of it", "n", "t", "d", "y", "l", "c", "events", "expect", "", "nö", "KEY", "key ", "x" * 200)
_EVENT_NAMES = ("event", "at", "p", "q", "w", "y", "id", "days ago", "e", "f", "contact", "", "type")
_WHOLE = ("as of", "contacts", "events", "results", "expect")
AS_OF = (
    "2026-11-21",
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31",
    "9999-12-31T23:59",
    "0001-01-02T00:00+14:00",
    "2026-03-08T02:30",
    "1969-12-31",
    "2026-02-30",
    "10000-01-01",
    "now",
    "",
    "2026-11-21T09:00Z",
    "\ud83d",
)


def random_json(random: Random) -> str:
    """Contacts as JSON that keep to no schema; sometimes no JSON at all."""
    text = json.dumps(_document(random), ensure_ascii=random.random() < 0.7)
    return text if random.random() < 0.9 else text.replace('"', "'", 3)


def random_json_lines(random: Random) -> str:
    return "\n".join(json.dumps(_contact(random)) for _ in range(random.randint(0, 6)))


def random_yaml(random: Random) -> str:
    """JSON is YAML; the rest is what only YAML can do."""
    odd = (
        "- &a [*a]\n",
        "a: &x {b: 1}\nc: *x\n<<: *x\n",
        "? [1, 2]\n: 3\n",
        "!!python/object:os.system x\n",
        "--- 1\n--- 2\n",
        "contacts:\n  - key: 1\n    expect: {total: .inf, stage: [], rules: 3}\n",
        "contacts:\n  - key: 1\n    n: 0x1F\n    d: 2026-11-21\n    events: [e, {e: }, {e: {q: 3}, days ago: -1e9}]\n",
        "as of: 9999-12-31\ncontacts: [{key: a, events: [{e: {p: a}, days ago: 99999999999}], expect: {total: 3}}]\n",
        "as of: 0001-01-01\ncontacts: [{key: a, events: [{e: {p: a}, days ago: 5}], expect: {scores: {s: x, v: 1}}}]\n",
        "contacts: [{key: a, expect: {rules: {number: 1e99, nosuch: 2, table: null}, grades: {s: Z}, status: dead}}]\n",
        "contacts: [{key: a, expect: 3}, {key: a, expect: {}}, {key: , expect: [1]}, 3, null, []]\n",
        "%YAML 9.9\n---\na\n",
        "a:\t- b\n",
        "|\n  x\n" * 3,
    )
    return random.choice(odd) if random.random() < 0.4 else json.dumps(_document(random))


def random_csv(random: Random) -> str:
    """Rows of the wrong length, quotes in odd places, headings twice."""
    mark = random.choice((",", ";", "\t", ",", ","))
    headings = random.choices([*_NAMES, *_EVENT_NAMES], k=random.randint(1, 9))
    rows = [headings, *(_row(random, len(headings)) for _ in range(random.randint(0, 6)))]
    return random.choice(("\n", "\r\n", "\r", "\n")).join(mark.join(row) for row in rows)


def _row(random: Random, width: int) -> list[str]:
    cells = [str(random.choice(_SCALARS)) for _ in range(max(0, width + random.choice((-1, 0, 0, 0, 0, 1))))]
    return [random.choice(("{}", "{}", '"{}"', '"{}', '{}"x"')).format(cell) for cell in cells]


def _document(random: Random) -> Any:
    contacts: Any = [_contact(random) for _ in range(random.randint(0, 5))]
    match random.randrange(8):
        case 0:
            return _value(random)
        case 1:
            return contacts[0] if contacts else {}
        case 2:
            return {random.choice(_WHOLE): _value(random) for _ in range(3)}
        case 3 | 4:
            return {"as of": random.choice(AS_OF), "contacts": contacts}
        case _:
            return contacts


def _contact(random: Random) -> Any:
    if random.random() < 0.05:
        return _value(random)
    contact = {random.choice(_NAMES): _value(random) for _ in range(random.randint(0, 8))}
    contact["key"] = random.choice(("a", "b", 1, 1.0, "1", None, _value(random)))
    if random.random() < 0.8:
        contact["events"] = [_event(random) for _ in range(random.randint(0, 6))]
    if random.random() < 0.4:
        contact["expect"] = {name: _value(random) for name in ("total", "stage", "scores", "rules", "grades", "status")}
    return contact


def _event(random: Random) -> Any:
    match random.randrange(6):
        case 0:
            return _value(random)
        case 1:
            return {random.choice(("e", "f", "x")): _value(random), random.choice(("at", "days ago")): _value(random)}
        case _:
            named = {random.choice(_EVENT_NAMES): _value(random) for _ in range(random.randint(0, 5))}
            return {"event": random.choice(("e", "f", "e", "x", None)), "at": random.choice(_DATES), **named}


_DATES = (*(value for value in _SCALARS if isinstance(value, str) and value[:1] in "0129"), "2026-11-01", 0, -1)


def _value(random: Random) -> Any:
    value = random.choice(_SCALARS)
    return [value] * 3 if random.random() < 0.05 else value


Shape = Callable[[int], str]


def _many(record: str, before: str = "[", between: str = ",", after: str = "]") -> Shape:
    def shape(size: int) -> str:
        many = max(1, (size - len(before) - len(after)) // (len(record.encode()) + len(between) + 6))
        return before + between.join(record.replace("#", str(i)) for i in range(many)) + after

    return shape


def _around(before: str, piece: str, after: str) -> Shape:
    return lambda size: before + piece * (max(0, size - len(before + after)) // len(piece.encode())) + after


def _deep(opening: str, closing: str) -> Shape:
    return lambda size: opening * (size // len(opening + closing)) + closing * (size // len(opening + closing))


LARGE: dict[str, tuple[str, Shape]] = {
    "json contacts": ("json", _many('{"key":"#","n":#,"events":[{"event":"e","at":"2026-11-01","q":#}]}')),
    "json of one id": ("json", _many('{"key":"a","n":#}')),
    "json without ids": ("json", _many('{"n":#}')),
    "json numbers": ("json", _many("#")),
    "json events": ("json", _many('{"event":"e","at":"2026-11-01","q":#}', '[{"key":"a","events":[', ",", "]}]")),
    "json same event": (
        "json",
        _many('{"event":"e","at":"2026-11-01","id":"x"}', '[{"key":"a","events":[', ",", "]}]"),
    ),
    "json undeclared": ("json", _many('{"event":"x#","at":"2026-11-01"}', '[{"key":"a","events":[', ",", "]}]")),
    "json bad events": ("json", _many('{"event":"e","at":"x#"}', '[{"key":"a","events":[', ",", "]}]")),
    "json lists": ("json", _deep("[", "]")),
    "json objects": ("json", _deep('{"a":', "}")),
    "json deep field": ("json", lambda size: '[{"key":"a","t":' + "[" * (size // 2) + "]" * (size // 2) + "}]"),
    "json open": ("json", _around("", "[", "")),
    "json number": ("json", _around('[{"key":"a","n":', "9", "}]")),
    "json exponent": ("json", _around('[{"key":"a","n":1e', "0", "1}]")),
    "json decimals": ("json", _around('[{"key":"a","n":0.', "3", "}]")),
    "json text": ("json", _around('[{"key":"a","t":"', "ab", '"}]')),
    "json marks": ("json", _around('[{"key":"a","t":"', "\u0301\u0323", '"}]')),
    "json marks in a number": ("json", _around('[{"key":"a","n":"1', "\u0301\u0323", '"}]')),
    "json marks in a date": ("json", _around('[{"key":"a","d":"2026-11-21', "\u0301\u0323", '"}]')),
    "json spaces in a date": ("json", _around('[{"key":"a","d":"2026-11-21', " ", 'x"}]')),
    "json ligatures": ("json", _around('[{"key":"a","t":"', "\ufdfa", '"}]')),
    "json id": ("json", _around('[{"key":"', "a", '","n":1}]')),
    "json name": ("json", _around('[{"key":"a","', "n", '":1}]')),
    "json names": ("json", _many('"k#":1', '[{"key":"a",', ",", "}]")),
    "json list": ("json", _many('"v#"', '[{"key":"a","l":[', ",", "]}]")),
    "json blanks": ("json", _around('[{"key":"a"}', " ", "]")),
    "json escapes": ("json", _around('[{"key":"a","t":"', "\\ud83d", '"}]')),
    "json lines": ("jsonl", _many('{"key":"#","n":#}', "", "\n", "")),
    "json broken lines": ("jsonl", _many('{"key":"#', "", "\n", "")),
    "json line": ("jsonl", _around('{"key":"a","t":"', "x", '"}\n{"key":"b"}')),
    "csv rows": ("csv", _many("#,#,x", "key,n,t\n", "\n", "")),
    "csv short": ("csv", _many("#", "key,n,t\n", "\n", "")),
    "csv wide": ("csv", _around("key,n\na", ",", "")),
    "csv columns": ("csv", _many("c#", "", ",", "\na,b\n")),
    "csv same columns": ("csv", _many("n", "key,", ",", "\na,b\n")),
    "csv empty columns": ("csv", _around("", ",", "\na,b\n")),
    "csv cell": ("csv", _around("key,t\na,", "x", "\n")),
    "csv quoted": ("csv", _around('key,t\na,"', '""', '"\n')),
    "csv open quote": ("csv", _around('key,t\na,"', "x\n", "")),
    "csv quotes": ("csv", _around("key,t\n", '"', "")),
    "csv bad quotes": ("csv", _many('#,"a"b', "key,t\n", "\n", "")),
    "csv lines": ("csv", _around("", "\n", "")),
    "csv returns": ("csv", _around("", "\r", "")),
    "csv blank rows": ("csv", _around("key,t\n", ",\n", "")),
    "csv list": ("csv", _around("key,l\na,", "x;", "\n")),
    "csv number": ("csv", _around("key,n\na,", "9", "\n")),
    "csv bad numbers": ("csv", _many("#,x#", "key,n\n", "\n", "")),
    "csv dates": ("csv", _many("#,03/04/2026", "key,d\n", "\n", "")),
    "csv epochs": ("csv", _many("#,170000000#", "key,d\n", "\n", "")),
    "csv nul": ("csv", _around("key,t\n", "\0", "")),
    "yaml contacts": ("yaml", _many("- key: '#'\n  n: #\n  events:\n  - e: {q: #}\n    days ago: 3", "", "\n", "\n")),
    "yaml expectations": ("yaml", _many("- {key: '#', n: #, expect: {total: #}}", "contacts:\n", "\n", "\n")),
    "yaml misspelt": ("yaml", _many("- {key: '#', expect: {rules: {numbr#: 1}}}", "contacts:\n", "\n", "\n")),
    "yaml rules": ("yaml", _many("nosuch#: 1", "contacts:\n- key: a\n  expect: {rules: {", ", ", "}}\n")),
    "yaml deep": ("yaml", _deep("[", "]")),
    "yaml indented": ("yaml", lambda size: "".join(f"{' ' * i}a:\n" for i in range(int((size * 2) ** 0.5)))),
    "yaml aliases": (
        "yaml",
        lambda size: "a: &a0 [x]\n" + "".join(f"b{i}: &a{i} [{f'*a{i - 1}, ' * 9}]\n" for i in range(1, 30)),
    ),
    "yaml merges": (
        "yaml",
        lambda size: "a: &a0 {x: y}\n" + "".join(f"b{i}: &a{i} {{<<: *a{i - 1}, k{i}: 1}}\n" for i in range(1, 3000)),
    ),
    "yaml text": ("yaml", _around("- key: a\n  t: '", "x ", "'\n")),
    "yaml comment": ("yaml", _around("- key: a\n#", "x ", "\n")),
    "yaml colons": ("yaml", _around("", "a: ", "")),
    "yaml dashes": ("yaml", _around("", "- ", "x")),
    "yaml questions": ("yaml", _around("", "? ", "x")),
    "yaml bangs": ("yaml", _around("", "! ", "x")),
    "yaml anchors": ("yaml", _many("&a# x", "[", ", ", "]")),
    "yaml quotes": ("yaml", _around("", '"', "")),
    "yaml lines": ("yaml", _around("- key: a\n", "\n", "- x\n")),
}
"""Files of contacts of a given size: the suffix, and what makes the text."""

LARGE_EVENTS: dict[str, tuple[str, Shape]] = {
    "csv events": ("csv", _many("a,e,2026-11-01,#", "contact,event,at,q\n", "\n", "")),
    "csv events of nobody": ("csv", _many("x#,e,2026-11-01,#", "contact,event,at,q\n", "\n", "")),
    "csv events at once": ("csv", _many("a,e,2026-11-01T00:00,#", "contact,event,at,p\n", "\n", "")),
    "csv undeclared": ("csv", _many("a,x#,2026-11-01", "contact,event,at\n", "\n", "")),
    "csv bad dates": ("csv", _many("a,e,#", "contact,event,at\n", "\n", "")),
    "csv no columns": ("csv", _many("#", "x\n", "\n", "")),
    "json lines events": ("jsonl", _many('{"contact":"a","event":"e","at":"2026-11-01","id":"#"}', "", "\n", "")),
    "json events": ("json", _many('{"contact":"a","event":"f","at":"0001-01-01"}')),
    "csv far events": ("csv", _many("a,e,9999-12-31,#", "contact,event,at,q\n", "\n", "")),
}
"""Files of events of a given size."""
