"""A plan that was changed by hand: what is wrong in it is told in words, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leadline.commands import run


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert run(["compile", "rules.lead", "--to", "json", "--output", "plan.json"]) == 0
    capsys.readouterr()
    return json.loads(Path("plan.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("schema", "fields", 1, "name"), None, "entry 2 of `fields` has no `name`"),
        (("rules",), None, "it has no `rules`"),
        (("rules",), 5, "`rules` is no list"),
        (("rules", 0, "points"), "5", "entry 1 of `rules` holds something of the wrong kind"),
        (("rules", 0, "body", "kind"), "x", "the body of a rule is of a kind that there is not"),
        (("name",), 5, "`name` is no text"),
        (("nodes",), 5, "`nodes` holds something of the wrong kind"),
        (("nodes", 0), ["x"], "node 0 is of a kind that there is not"),
        (("schema", "zone"), "x", "there is no time zone `x`"),
    ],
)
def test_a_damaged_plan_says_where(
    path: tuple[Any, ...], value: Any, said: str, plan: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    *parents, last = path
    inner = plan
    for key in parents:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    Path("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert run(["score", "plan.json", "--contacts", "samples.yaml"]) == 2
    damaged = f"plan.json: this plan is damaged: {said}; compile it again from its rules"
    assert capsys.readouterr().err == f"error: {damaged}\n"
