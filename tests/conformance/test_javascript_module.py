"""The emitted ES module says of every contact what the language says."""

from __future__ import annotations

from pathlib import Path

from conformance.drawn_cases import draw_cases
from conformance.javascript import node, score_all
from leadline_compiler.emit import emit_javascript


def test_the_es_module_agrees_with_the_interpreter_on_random_models(tmp_path: Path) -> None:
    node()
    cases = list(draw_cases(20_000))
    modules = ((emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for case in cases)
    wrong = []
    for case, results in zip(cases, score_all(modules, tmp_path), strict=True):
        for contact, result, expected in zip(case.contacts, results, case.results, strict=True):
            if result != expected:
                differing = {
                    key: (result.get(key), expected[key]) for key in expected if result.get(key) != expected[key]
                }
                wrong.append((case.seed, contact, differing))
    assert wrong == []
