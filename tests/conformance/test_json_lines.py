"""The emitted modules read a contact as `leadline score` reads it as a line of JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import leadline
from conformance.agreement import differences
from conformance.backends import module_of
from conformance.drawn_cases import Case
from conformance.javascript import node, score_all
from conformance.shapes import Shaper
from leadline.readers import read_contacts
from leadline_compiler.emit.javascript import emit_javascript
from leadline_compiler.interpreter import interpret
from leadline_compiler.plan import lower
from leadline_compiler.result import result_of
from leadline_compiler.zones import parse_as_of
from random_models import draw_model

SEEDS = range(80_000, 80_040)


def case_of_lines(seed: int, folder: Path) -> Case:
    """Contacts in odd shapes, written as JSON Lines; the results are those of what a reader of files makes of them."""
    drawn = draw_model(Random(seed), contacts=6, size=14)
    model = leadline.check(drawn.text).model
    assert model is not None, drawn.text
    as_of = parse_as_of(drawn.as_of, model.zone)
    shaper = Shaper(Random(seed), model.schema, is_tame=True)
    lines = [json.dumps(shaper.contact(contact), ensure_ascii=False) for contact in drawn.contacts]
    path = folder / f"{seed}.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with read_contacts(model.schema, str(path), as_of=as_of) as stream:
        assert as_of is not None
        read = {contact.id: result_of(interpret(model, contact, as_of)) for contact in stream}
    kept = [(raw, read[found]) for raw in map(json.loads, lines) if (found := own_id(model, raw, drawn.as_of)) in read]
    assert len(kept) == len(read)
    return Case(seed, drawn.text, lower(model), tuple(raw for raw, _ in kept), drawn.as_of, tuple(r for _, r in kept))


def own_id(model: Any, raw: Any, as_of: str) -> str:
    found: str = leadline.score(model, raw, as_of)["id"]
    return found


def test_the_python_module_reads_a_line_as_the_command_does(tmp_path: Path) -> None:
    for seed in SEEDS:
        case = case_of_lines(seed, tmp_path)
        score = module_of(case.plan)["score"]
        results = [score(contact, case.as_of) for contact in case.contacts]
        assert differences(f"seed {seed}", case, results) == []


def test_the_es_module_reads_a_line_as_the_command_does(tmp_path: Path) -> None:
    node()
    cases = [case_of_lines(seed, tmp_path) for seed in SEEDS]
    modules = [(emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for case in cases]
    for case, results in zip(cases, score_all(modules, tmp_path), strict=True):
        assert differences(f"seed {case.seed}", case, results) == []
