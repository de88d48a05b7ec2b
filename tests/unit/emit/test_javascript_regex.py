"""A pattern handed to JavaScript finds the same texts."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from random import Random

from conformance.javascript import run_script
from leadline_compiler.emit.javascript_regex import to_javascript_regex
from leadline_compiler.patterns import Pattern, compile_pattern, parse_pattern
from unit.patterns.test_python_regex import ANCHORS, ATOMS, LETTERS, REPEATS, random_pattern

HARD = (
    *("", "a|", "|", "()", "(|a)*", "(?:(?:)*)*", "^*a", "$^", "(?m)^$", r"a/b", r"[/\]\-^]", r"\Q/[-]\E"),
    *(
        "(?i)ſ|K|ß",
        r"[^\x00-\x{10FFFF}]*a",
        r"[^\x00-\x{10FFFF}]",
        r"\x{1F600}[\x{1F600}-\x{1F64F}]",
        r"[\x{D7FF}-\x{E000}]",
        "a{,2}",
    ),
    *(r"\a\f\n\r\t\v", r"\0", "[&~-]", "東|[あ-ん]", "(?s)^.$", "^.$", r"\pL{3}", "((a?){10}){10}", "(?:a?){30}a{30}"),
)
TEXTS = (
    "",
    "a",
    "A/B",
    "\n",
    "\r",
    "\u2028",
    "😀😁",
    "\ud7ff",
    "aaa",
    "]-^",
    "/[-]",
    "K",
    "東",
    "a{,2}",
    "~",
    "\0",
    "é",
    "_",
)


def test_patterns_find_the_same_texts_in_javascript(tmp_path: Path) -> None:
    dice = Random(31)
    pairs = [(pattern, text) for pattern, text in product((*HARD, *ATOMS, *ANCHORS), TEXTS)]
    pairs += [(f"(?:a|^){repeat}b?$", text) for repeat, text in product(REPEATS, TEXTS)]
    for _ in range(1500):
        pattern = random_pattern(dice, dice.randrange(1, 5))
        pairs += [(pattern, "".join(dice.choices(LETTERS, k=dice.choice([0, 1, 2, 3, 5, 8])))) for _ in range(3)]
    regexes, expected = [], []
    for pattern, text in pairs:
        parsed = parse_pattern(pattern)
        assert isinstance(parsed, Pattern), parsed
        regexes.append(f"[{to_javascript_regex(parsed)}, {json.dumps(text)}]")
        expected.append(compile_pattern(parsed).found_in(text))
    script = f"const pairs = [{', '.join(regexes)}];\n"
    script += "console.log(JSON.stringify(pairs.map(([one, text]) => one.test(text))));"
    found = json.loads(run_script(script, tmp_path))
    assert set(expected) == {True, False}
    assert [pair for pair, got, wanted in zip(pairs, found, expected, strict=True) if got != wanted] == []
