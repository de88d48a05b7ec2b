"""The emitted Python module says of every contact what the language says."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import leadline
from conformance.agreement import differences
from conformance.backends import module_of
from conformance.drawn_cases import FEW, Case, draw_case
from conformance.hostile_names import CONTACT, hostile_plan, hostile_result
from conformance.written_cases import read_written_cases
from leadline_compiler.emit.python import emit_python
from leadline_compiler.plan import lower
from leadline_compiler.zones import parse_as_of


def wrong_in(name: str, case: Case) -> list[str]:
    score = module_of(case.plan)["score"]
    return differences(name, case, [score(contact, case.as_of) for contact in case.contacts])


def test_the_python_module_agrees_with_the_interpreter_on_the_written_cases(tmp_path: Path) -> None:
    cases = list(read_written_cases(tmp_path))
    assert len(cases) > 20
    assert [found for name, case in cases for found in wrong_in(name, case)] == []


def test_the_order_of_the_events_changes_no_result() -> None:
    for seed in range(10_000, 10_020):
        # The copies of an event are alike only as long as nobody gives them other shapes.
        case = draw_case(seed).only(FEW)
        score = module_of(case.plan)["score"]
        for contact, expected in zip(case.contacts, case.results, strict=True):
            turned = {**contact, "events": contact.get("events", [])[::-1]}
            assert score(turned, case.as_of) == expected


def test_the_module_runs_alone_without_leadline(tmp_path: Path) -> None:
    case = draw_case(10_001)
    (tmp_path / "rules.py").write_text(emit_python(case.plan).files[0][1], encoding="utf-8")
    script = "import sys, rules; print(sorted(n for n in sys.modules if n.startswith(('leadline', 'zoneinfo'))))"
    done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {script}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_names_that_mean_something_in_code_are_only_names() -> None:
    result = module_of(hostile_plan())["score"](CONTACT, "2026-11-21")
    assert result == hostile_result()
    assert result["total"] == 31
    assert result["stage"] == "\u202e"


AS_OFS = ("2026-11-21", date(2026, 11, 21), datetime(2026, 11, 21, 22, tzinfo=UTC), 1795291200000000)


@pytest.mark.parametrize("as_of", AS_OFS)
def test_an_as_of_comes_in_many_forms(as_of: Any) -> None:
    plan = hostile_plan()
    text = as_of.isoformat() if isinstance(as_of, date) else as_of
    moment = parse_as_of(text, plan.schema.zone) if isinstance(text, str) else text
    assert moment is not None
    assert module_of(plan)["score"](CONTACT, as_of)["as_of"] == plan.schema.zone.write(moment)


FORMS = r"as_of is {}, and must be a day such as '2026-11-21', a date and time such as .*, a datetime, or whole micro"


@pytest.mark.parametrize(
    ("as_of", "error", "told"),
    [
        (None, TypeError, "missing"),
        (1.5, TypeError, "of type float"),
        (True, TypeError, "of type bool"),
        (["2026-11-21"], TypeError, "of type list"),
        ("soon", ValueError, "'soon'"),
        ("", ValueError, "''"),
        ("2026-02-30", ValueError, "'2026-02-30'"),
        (10**30, ValueError, "1000000000000000000000000000000"),
    ],
)
def test_an_as_of_that_is_no_moment_is_an_error_that_says_what_is_one(as_of: Any, error: Any, told: str) -> None:
    with pytest.raises(error, match=FORMS.format(told)):
        module_of(hostile_plan())["score"]({}, as_of)


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (1795251600, "seconds: pass datetime.fromtimestamp(1795251600, UTC)"),
        (1795251600000, "milliseconds: pass datetime.fromtimestamp(1795251600000 / 1000, UTC)"),
        (-1795251600, "seconds: pass datetime.fromtimestamp(-1795251600, UTC)"),
    ],
)
def test_seconds_and_milliseconds_are_not_taken_for_microseconds(as_of: int, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"as_of is {as_of}, which looks like {told}")):
        module_of(hostile_plan())["score"]({}, as_of)


def test_a_call_without_an_as_of_says_what_is_missing() -> None:
    with pytest.raises(TypeError, match=FORMS.format("missing")):
        module_of(hostile_plan())["score"]({})


@pytest.mark.parametrize(
    ("contact", "told"),
    [(None, "None"), ([{"id": 1}], "of type list"), ("id", "of type str"), (5, "of type int"), ({1}, "of type set")],
)
def test_a_contact_that_is_no_dict_is_an_error_that_says_so(contact: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"^contact is {told}, and must be a dict with the fields of one contact$"):
        module_of(hostile_plan())["score"](contact, "2026-11-21")


@pytest.mark.parametrize(
    "events", [None, "", "x", 5, {}, [None, 5, "x", {}, {"event": 5}, {"event": "return"}, {"at": 1}]]
)
def test_events_that_are_none_are_not_seen(events: Any) -> None:
    result = module_of(hostile_plan())["score"]({"events": events}, "2026-11-21")
    assert (result["id"], result["total"], result["rules"]) == ("", 0, [])


def test_groups_hundreds_deep_in_a_pattern_are_no_obstacle() -> None:
    deep = "(a" * 900 + ")?" * 899 + ")"
    model = leadline.check(f'model "M"\ncontact\n  t: text\nscore s\n  +1 "r" when t matches "^{deep}$"\n').model
    assert model is not None
    score = module_of(lower(model))["score"]
    assert [score({"t": text}, "2026-11-21")["total"] for text in ("aaa", "aab", "a" * 901)] == [1, 0, 0]
