"""A plan that was changed by hand: what is wrong in it is told in words, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import leadline
from leadline.commands import run
from leadline.scorer import Scorer
from leadline_compiler.emit.python import emit_python
from leadline_compiler.passes import compile_model
from leadline_compiler.plan.json_form import PlanError, plan_from_json, write_plan


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
        (("schema", "fields", 0, "name"), 5, "`schema` holds a name that is no text"),
        (("total_high",), "5", "`total_high` holds something of the wrong kind"),
        (("total_high",), True, "`total_high` holds something of the wrong kind"),
        (("rules", 0, "points"), 2**63, "entry 1 of `rules` holds something of the wrong kind"),
        (("rules", 0, "group"), 99, "entry 1 of `rules` does not fit the rest"),
        (("rules", 0, "body", "condition"), -1, "entry 1 of `rules` does not fit the rest"),
        (("stages", 0, "condition"), 0, "entry 1 of `stages` does not fit the rest"),
        (("read_fields",), [99], "entry 1 of `read_fields` does not fit the rest"),
        (("ignored",), [0], "entry 1 of `ignored` does not fit the rest"),
        (("nodes", 0), ["field", 99], "node 0 does not fit what it works with"),
        (("nodes", 0), ["not", 0], "node 0 does not fit what it works with"),
        (("nodes", 0), ["has", 1], "node 0 does not fit what it works with"),
        (("nodes", 0), ["events", ["nobody"], None, []], "node 0 does not fit what it works with"),
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


def test_nothing_in_a_plan_is_run(plan: Any, tmp_path: Path) -> None:
    """A plan may come from anywhere, and functions are written from it."""
    harm = f"__import__('pathlib').Path({str(tmp_path / 'harm')!r}).touch() or 5"

    def places(value: Any) -> Iterator[tuple[Any, Any]]:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, key
            if isinstance(inner, dict | list):
                yield from places(inner)

    for holder, key in list(places(plan)):
        kept, holder[key] = holder[key], harm
        try:
            read = plan_from_json(plan)
            Scorer(read).score({"id": "1"}, "2026-11-21")
            emit_python(read)
        except PlanError:
            pass
        finally:
            holder[key] = kept
    assert not (tmp_path / "harm").exists()


WHOLE = """model "X"
contact
  id: text
  k: one of "a", "b"
  d: date
events
  a with p: text, q: number, w: date
  b with p: one of "x", "y", q: number, w: date
list L = "x", "z"
score s
  +1 "Both" when has any of (a, b) where p is "x"
  +1 "Latest" when latest p of any of (a, b) is "x"
  +1 "Listed" when k is in L or latest p of b is in L
  +1 "Since" for each any event since d
  +1 "Twice" for each any of (a, b), at most 2 times per p
  +1 "Different" when number of different p of any of (a, b) >= 2
  +1 "Highest" when d > highest w of a
score t, losing 10% of what is left every 3 days without any event
  +1 "Fading" for each a, fading to 0 over 30 days
  points "Rows" by latest p of a
    +3 for "x", "y"
    +1 otherwise
"""


def test_a_property_may_be_of_two_types_that_mean_the_same() -> None:
    model = leadline.check(WHOLE).model
    assert model is not None
    plan = compile_model(model)
    assert plan_from_json(json.loads(write_plan(plan))) == plan
