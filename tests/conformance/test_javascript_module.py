"""The emitted ES module says of every contact what the language says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from conformance.agreement import differences
from conformance.drawn_cases import Case
from conformance.hostile_names import CONTACT, hostile_plan, hostile_result
from conformance.javascript import node, run_script, score_all
from conformance.written_cases import read_written_cases
from leadline_compiler.emit.javascript import emit_javascript


def wrong_in(named: Iterable[tuple[str, Case]], folder: Path) -> list[str]:
    named = list(named)
    modules = [(emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for _, case in named]
    scored = zip(named, score_all(modules, folder), strict=True)
    return [found for (name, case), results in scored for found in differences(name, case, results)]


def test_the_es_module_agrees_with_the_interpreter_on_the_written_cases(tmp_path: Path) -> None:
    node()
    cases = list(read_written_cases(tmp_path))
    assert len(cases) > 20
    assert wrong_in(cases, tmp_path) == []


def test_names_that_mean_something_in_code_are_only_names(tmp_path: Path) -> None:
    (results,) = score_all([(emit_javascript(hostile_plan()).files[0][1], [CONTACT], "2026-11-21")], tmp_path)
    assert results == [json.loads(json.dumps(hostile_result()))]


def told_by(module: str, calls: str, folder: Path) -> Any:
    """What calls give, or the error that they throw as `Name: message`; `calls` is code for a list of functions."""
    (folder / "model.mjs").write_text(module, encoding="utf-8")
    script = f"""import {{ score }} from "./model.mjs";
    const told = (call) => {{ try {{ return call(); }} catch (error) {{ return String(error); }} }};
    console.log(JSON.stringify([{calls}].map(told)));"""
    return json.loads(run_script(script, folder))


def test_an_as_of_comes_as_text_date_number_or_bigint(tmp_path: Path) -> None:
    forms = ('"2026-11-21T09:00Z"', 'new Date("2026-11-21T09:00Z")', "1795251600000000", "1795251600000000n")
    calls = ", ".join(f"() => score({{}}, {form}).as_of" for form in forms)
    told = told_by(emit_javascript(hostile_plan()).files[0][1], calls, tmp_path)
    assert told == ["2026-11-21T10:00:00+01:00"] * 4


AS_OF_FORMS = (
    'asOf is {}, and must be a day such as "2026-11-21", a date and time such as "2026-11-21T09:00", a Date, '
    "or whole microseconds since 1970-01-01T00:00 UTC"
)


def test_an_as_of_that_is_no_moment_is_an_error_that_says_what_is_one(tmp_path: Path) -> None:
    wrong = {
        "": "TypeError: " + AS_OF_FORMS.format("missing"),
        "null": "TypeError: " + AS_OF_FORMS.format("missing"),
        "{}": "TypeError: " + AS_OF_FORMS.format("of type Object"),
        "[1]": "TypeError: " + AS_OF_FORMS.format("of type Array"),
        "true": "TypeError: " + AS_OF_FORMS.format("of type boolean"),
        '"soon"': "RangeError: " + AS_OF_FORMS.format('"soon"'),
        "new Date(NaN)": "RangeError: " + AS_OF_FORMS.format("Invalid Date"),
        "10n ** 30n": "RangeError: " + AS_OF_FORMS.format(10**30),
        "Infinity": "RangeError: " + AS_OF_FORMS.format("Infinity"),
        "1795251600": "RangeError: asOf is 1795251600, which looks like seconds: pass new Date(1795251600 * 1000)",
        "1795251600000": (
            "RangeError: asOf is 1795251600000, which looks like milliseconds: pass new Date(1795251600000)"
        ),
    }
    calls = ", ".join(f"() => score({{}}, {value})" for value in wrong)
    assert told_by(emit_javascript(hostile_plan()).files[0][1], calls, tmp_path) == list(wrong.values())


def test_a_contact_that_is_no_object_is_an_error_that_says_so(tmp_path: Path) -> None:
    wrong = {
        "undefined": "missing",
        "null": "missing",
        "[{ id: 1 }]": "of type Array",
        '"id"': "of type string",
        "5": "of type number",
        "new Map()": "of type Map",
    }
    calls = ", ".join(f'() => score({value}, "2026-11-21")' for value in wrong)
    assert told_by(emit_javascript(hostile_plan()).files[0][1], calls, tmp_path) == [
        f"TypeError: contact is {told}, and must be an object with the fields of one contact" for told in wrong.values()
    ]


def test_the_types_tell_of_the_fields_the_events_and_the_result() -> None:
    (_, types) = emit_javascript(hostile_plan()).files[1]
    for line in (
        '"constructor"?: RawNumber;',
        '| { event: "re turn" | "Return"; at: RawDate; id?: string | number | bigint | null }',
        'scores: { "prototype": Points; "constructor": Points };',
        'stage: "\\u{202e}" | null;',
        "export function score(contact: Contact, asOf: string | Date | number | bigint): Result;",
    ):
        assert line in types
