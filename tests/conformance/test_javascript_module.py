"""The emitted ES module says of every contact what the language says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from conformance.agreement import differences
from conformance.drawn_cases import Case, draw_cases
from conformance.hostile_names import CONTACT, hostile_plan, hostile_result
from conformance.javascript import node, run_script, score_all
from conformance.written_cases import read_written_cases
from leadline_compiler.emit import emit_javascript


def wrong_in(named: Iterable[tuple[str, Case]], folder: Path) -> list[str]:
    named = list(named)
    modules = [(emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for _, case in named]
    scored = zip(named, score_all(modules, folder), strict=True)
    return [found for (name, case), results in scored for found in differences(name, case, results)]


def test_the_es_module_agrees_with_the_interpreter_on_random_models(tmp_path: Path) -> None:
    node()
    assert wrong_in(((f"seed {case.seed}", case) for case in draw_cases(20_000)), tmp_path) == []


def test_the_es_module_agrees_with_the_interpreter_on_the_written_cases(tmp_path: Path) -> None:
    node()
    cases = list(read_written_cases(tmp_path))
    assert len(cases) > 20
    assert wrong_in(cases, tmp_path) == []


def test_names_that_mean_something_in_code_are_only_names(tmp_path: Path) -> None:
    (results,) = score_all([(emit_javascript(hostile_plan()).files[0][1], [CONTACT], "2026-11-21")], tmp_path)
    assert results == [json.loads(json.dumps(hostile_result()))]


def test_an_as_of_comes_as_text_date_number_or_bigint_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "model.mjs").write_text(emit_javascript(hostile_plan()).files[0][1], encoding="utf-8")
    script = """import { score } from "./model.mjs";
    const forms = ["2026-11-21T09:00Z", new Date("2026-11-21T09:00Z"), 1795251600000000, 1795251600000000n];
    const bad = ["soon", null, undefined, 1.5, new Date(NaN), {}];
    const thrown = (asOf) => { try { score({}, asOf); return "nothing"; } catch (error) { return error.name; } };
    console.log(JSON.stringify([forms.map((asOf) => score({}, asOf).as_of), bad.map(thrown)]));"""
    told = json.loads(run_script(script, tmp_path))
    assert told == [["2026-11-21T10:00:00+01:00"] * 4, ["RangeError"] * 6]


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
