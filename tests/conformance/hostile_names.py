"""A model whose names and texts mean something in Python, in JavaScript, or to those who read code."""

from __future__ import annotations

from typing import Any

import leadline
from leadline_compiler.model import Model
from leadline_compiler.plan import Plan, lower

TEXT = r"""model "A\"\"\" */ \n\u{2028}#", time zone "Europe/Berlin"
contact identified by `class`
  `class`: text
  `__proto__`: number from "constructor"
  `a"b\c`: text
  `def`: yes/no
  `Def`: text
  会社: one of "\u{202e}x", "'"
events
  `return` with `__proto__`: number, `toString`: text, `会社`: text
  `Return` from "re turn"
score `prototype`
  +1 "\"\"\"" when `a"b\c` contains "\"\u{2028}\\"
  +2 "// */" for each `return` where `__proto__` > 1, at most 1 time per `toString`
  +4 "\u{7}" when 会社 is "\u{202e}X" and `__proto__` >= 2
score `constructor`
  group "__proto__"
    +8 "x" when `def` and `Def` is missing
    +16 "y" for each `Return`
grade `prototype`
  "\"" from 1
stage "\u{202e}" when `constructor` >= 8 and grade of `prototype` is "\""
"""
CONTACT = {
    "class": "7.0",
    "constructor": "2",
    'a"b\\c': 'A"\u2028\\',
    "def": "Y",
    "会社": "\u202eX",
    "events": [
        {"event": "return", "at": "2026-11-20", "__proto__": 3, "toString": "a"},
        {"event": "return", "at": "2026-11-20", "__proto__": 3, "toString": "A"},
        {"event": "return", "at": "2026-11-20", "__proto__": 1},
        {"event": "re turn", "at": "2026-11-20"},
        {"event": "valueOf", "at": "2026-11-20"},
    ],
}


def hostile_model() -> Model:
    report = leadline.check(TEXT)
    assert report.model is not None, report.diagnostics
    return report.model


def hostile_plan() -> Plan:
    return lower(hostile_model())


def hostile_result() -> dict[str, Any]:
    """What the language says of the contact."""
    return leadline.score(hostile_model(), CONTACT, "2026-11-21")
