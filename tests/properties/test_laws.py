"""Laws of the language on random models: what changes no score, and what changes no other."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import leadline
from leadline.commands import run
from leadline.json_text import write_json
from leadline_compiler.model import Model
from leadline_dsl.parser import parse
from leadline_dsl.source import Source
from random_models import DrawnModel, draw_model

SEEDS = range(30)
_RULE = "rule_statement"


def drawn(seed: int) -> DrawnModel:
    return draw_model(Random(f"laws {seed}"), contacts=4, size=10)


def model_of(text: str) -> Model:
    report = leadline.check(text)
    assert report.model is not None, [item.message for item in report.stopping]
    return report.model


def scored(text: str, contacts: tuple[dict[str, Any], ...], as_of: str) -> list[dict[str, Any]]:
    """The results of contacts that have an id, in the order of the contacts."""
    model = model_of(text)
    return [leadline.score(model, contact, as_of) for contact in contacts]


def without_places(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results without the lines of rules and in no order of them."""
    return [
        {
            **result,
            "rules": sorted(({**rule, "line": 0} for rule in result["rules"]), key=lambda rule: str(rule["rule"])),
            "reasons": sorted(result["reasons"]),
        }
        for result in results
    ]


def shuffled_rules(random: Random, text: str) -> str:
    """The text with the rules between two other statements in another order."""
    statements = [item.statement for item in parse(Source("a.lead", text)).statements]
    blocks: list[list[str]] = [[]]
    for statement in statements:
        if statement.kind != _RULE:
            blocks += [[statement.text], []]
        else:
            blocks[-1].append(statement.text)
    for block in blocks:
        if len(block) > 1:
            random.shuffle(block)
    return "\n".join(line for block in blocks for line in block) + "\n"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rules_changes_no_score(seed: int) -> None:
    one = drawn(seed)
    other = shuffled_rules(Random(seed), one.text)
    assert without_places(scored(other, one.contacts, one.as_of)) == without_places(
        scored(one.text, one.contacts, one.as_of)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_events_changes_no_result(seed: int) -> None:
    one = drawn(seed)
    random = Random(seed)
    turned = tuple(
        {**contact, "events": random.sample(contact["events"], len(contact["events"]))}
        if contact.get("events")
        else contact
        for contact in one.contacts
    )
    assert scored(one.text, turned, one.as_of) == scored(one.text, one.contacts, one.as_of)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_contact_changes_the_result_of_another(seed: int) -> None:
    one = drawn(seed)
    model = model_of(one.text)
    forth = [leadline.score(model, contact, one.as_of) for contact in one.contacts]
    back = [leadline.score(model, contact, one.as_of) for contact in reversed(one.contacts)]
    assert back[::-1] == forth
    assert [scored(one.text, (contact,), one.as_of)[0] for contact in one.contacts] == forth


@pytest.mark.parametrize("seed", range(6))
def test_the_same_input_gives_the_same_bytes(
    seed: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    one = drawn(seed)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.lead").write_text(one.text, encoding="utf-8", newline="")
    (tmp_path / "contacts.json").write_text(write_json(list(one.contacts)), encoding="utf-8")
    words = ["score", "rules.lead", "--contacts", "contacts.json", "--as-of", one.as_of, "--format", "jsonl"]
    for more in ([], ["--explain"]):
        outputs = []
        for _ in range(2):
            assert run([*words, *more]) == 0
            outputs.append(capsysbinary.readouterr().out)
        assert outputs[0] == outputs[1]
        assert outputs[0].count(b"\n") == len(one.contacts)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_assumption_changes_no_score(seed: int) -> None:
    one = drawn(seed)
    assert scored(one.text + "\nassume 1 > 2\n", one.contacts, one.as_of) == scored(one.text, one.contacts, one.as_of)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_score_is_what_its_rules_come_to_and_never_null(seed: int) -> None:
    one = drawn(seed)
    model = model_of(one.text)
    for result in scored(one.text, one.contacts, one.as_of):
        assert set(result["scores"]) == {score.name for score in model.scores}
        assert all(isinstance(points, int | float) and points == points for points in result["scores"].values())
        assert result["total"] is not None
        assert (result["stage"] is None) or result["status"] == "scored"


@pytest.mark.parametrize("seed", SEEDS)
def test_events_later_than_the_as_of_do_not_count(seed: int) -> None:
    one = drawn(seed)
    later = tuple({**contact, "events": [*(contact.get("events") or []), *_later(one)]} for contact in one.contacts)
    assert [_told(result) for result in scored(one.text, later, one.as_of)] == [
        _told(result) for result in scored(one.text, one.contacts, one.as_of)
    ]


def _later(one: DrawnModel) -> list[dict[str, Any]]:
    """Every event of the contacts once more, in the last year of the calendar."""
    events = (event for contact in one.contacts for event in contact.get("events") or [])
    return [{**event, "at": "9998-06-01T00:00:00Z", "id": f"later {number}"} for number, event in enumerate(events)]


def test_the_rules_of_these_models_can_be_put_in_another_order() -> None:
    texts = [drawn(seed).text for seed in SEEDS]
    assert sum(shuffled_rules(Random(1), text) != shuffled_rules(Random(2), text) for text in texts) > len(texts) / 2


def _told(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key != "coverage"}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_ignored_event_is_as_one_that_never_was(seed: int) -> None:
    one = drawn(seed)
    ignored = Random(seed).choice(model_of(one.text).schema.events)
    known = (ignored.name, ignored.source_name)
    without = tuple(
        {**contact, "events": [event for event in contact["events"] if event.get("event") not in known]}
        if contact.get("events")
        else contact
        for contact in one.contacts
    )
    lines = one.text.split("\n")
    first = next(i for i, line in enumerate(lines) if line.lstrip().startswith("score "))
    text = "\n".join([*lines[:first], f"ignore `{ignored.name}`", *lines[first:]])
    assert without_places(scored(text, one.contacts, one.as_of)) == without_places(scored(one.text, without, one.as_of))
