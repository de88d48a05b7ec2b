"""The published cases are fresh, cover the language, and every backend gives the results that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import leadline
from conformance.agreement import differences
from conformance.backends import module_of
from conformance.javascript import node, score_all
from conformance.published import FOLDER, Published, published_cases
from conformance.write_corpus import LEAST, build_corpus, count_constructs, hard_cases, random_cases
from leadline.readers import convert_contact
from leadline.scorer import Scorer
from leadline_compiler.emit.javascript import emit_javascript
from leadline_compiler.execute import build_executor, result_of_plan
from leadline_compiler.zones import parse_as_of
from random_models import CONSTRUCTS

MOST_BYTES = 2_000_000
CASES = list(published_cases())
Results = Iterable[Mapping[str, Any]]


def test_the_published_cases_are_what_the_script_writes(request: pytest.FixtureRequest) -> None:
    built = build_corpus()
    if request.config.getoption("--update-golden"):
        for name, text in built.items():
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(text.encode())
    stale = [name for name, text in built.items() if not is_written(FOLDER / name, text)]
    assert stale == [], "in tests/, python -m conformance.write_corpus writes them anew"
    by_hand = {path for path in FOLDER.glob("hard/*/*") if path.name not in ("plan.json", "expected.jsonl")}
    there = {path for path in FOLDER.rglob("*") if path.is_file()}
    assert there - by_hand == {FOLDER / name for name in built}


def is_written(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def test_the_published_cases_are_small_enough_to_copy() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < MOST_BYTES


def test_every_construct_of_the_language_is_in_some_of_the_published_models() -> None:
    counts = count_constructs(list(random_cases()))
    assert {name: counts[name] for name in CONSTRUCTS if counts[name] < LEAST} == {}


def test_every_contact_of_a_case_by_hand_has_a_result_by_hand() -> None:
    for case in hard_cases():
        assert [contact for contact in case.contacts if "total" not in contact.get("expect", {})] == [], case.name


def by_interpreter(case: Published) -> Results:
    model = leadline.read_rules(str(case.rules), as_of=0).model
    assert model is not None
    return [leadline.score(model, contact, case.as_of) for contact in case.contacts]


def by_scorer(case: Published) -> Results:
    model = leadline.read_rules(str(case.rules), as_of=0).model
    assert model is not None
    return [score.to_dict() for score in Scorer(model).score_many(case.contacts, case.as_of)]


def by_scorer_of_a_plan(case: Published) -> Results:
    return [score.to_dict() for score in Scorer(case.plan).score_many(case.contacts, case.as_of)]


def by_executor(case: Published) -> Results:
    as_of = parse_as_of(case.as_of, case.plan.schema.zone)
    assert as_of is not None
    execute = build_executor(case.plan)
    converted = (convert_contact(case.plan.schema, contact, as_of=as_of)[0] for contact in case.contacts)
    return [result_of_plan(case.plan, execute(contact, as_of)) for contact in converted]


def by_python_module(case: Published) -> Results:
    score = module_of(case.plan)["score"]
    return [score(contact, case.as_of) for contact in case.contacts]


BACKENDS = (by_interpreter, by_scorer, by_scorer_of_a_plan, by_executor, by_python_module)


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.__name__)
def test_a_backend_gives_the_published_results(backend: Callable[[Published], Results]) -> None:
    assert [wrong for case in CASES for wrong in differences(case.name, case, backend(case))] == []


def test_the_es_module_gives_the_published_results(tmp_path: Path) -> None:
    node()
    modules = [(emit_javascript(case.plan).files[0][1], case.contacts, case.as_of) for case in CASES]
    scored = zip(CASES, score_all(modules, tmp_path), strict=True)
    assert [wrong for case, results in scored for wrong in differences(case.name, case, results)] == []
