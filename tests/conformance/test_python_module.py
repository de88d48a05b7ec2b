"""The emitted Python module says of every contact what the language says."""

from __future__ import annotations

from typing import Any

from conformance.drawn_cases import Case, draw_cases
from leadline_compiler.emit import emit_python
from leadline_compiler.plan import Plan


def load(plan: Plan) -> dict[str, Any]:
    """The names that the emitted module defines."""
    (_, text), *others = emit_python(plan).files
    assert not others
    module: dict[str, Any] = {"__name__": "emitted"}
    exec(compile(text, "emitted.py", "exec"), module)
    return module


def test_the_python_module_agrees_with_the_interpreter_on_random_models() -> None:
    wrong = [found for case in draw_cases(10_000) for found in differences(case)]
    assert wrong == []


def differences(case: Case) -> list[str]:
    """A line for each contact whose result differs."""
    score = load(case.plan)["score"]
    found = []
    for contact, expected in zip(case.contacts, case.results, strict=True):
        result = score(contact, case.as_of)
        if result != expected:
            keys = [key for key in expected if result.get(key) != expected[key]]
            found.append(
                f"seed {case.seed}, {contact}: " + ", ".join(f"{k}: {result.get(k)} not {expected[k]}" for k in keys)
            )
    return found
