"""`leadline test`: expectations of sample contacts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"

contact
  job:       one of "CEO", "Student"
  employees: number

events
  visit with path: text

score fit between -50 and 20
  +15.5 "Chief" when job is "CEO"
  +10   "Staff" when employees >= 25

score activity
  group "Site" at most 6
    +2  "Visited" for each visit in the last 30 days

grade fit
  "A" from 15
  "B" otherwise

disqualify "Student" when job is "Student"

stage "Warm" when total >= 10
stage "Hot" when total >= 20
"""

_HEAD = "as of: 2026-11-21\ncontacts:\n"
_CHIEF = """\
  - id: chief
    job: CEO
    employees: 40
    events:
      - {visit: {path: /}, at: 2026-11-20}
      - {visit: {path: /}, at: 2026-11-19}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.lead"
    path.write_text(_RULES, encoding="utf-8")
    return path


def _expecting(rules: Path, expect: str, contact: str = _CHIEF, head: str = _HEAD) -> list[str]:
    """Writes one sample contact with this `expect`, and answers the arguments that test it."""
    (rules.parent / "samples.yaml").write_text(f"{head}{contact}    expect: {expect}\n", encoding="utf-8")
    return ["test", str(rules)]


def _failures(rules: Path, expect: str, capsys: pytest.CaptureFixture[str], contact: str = _CHIEF) -> Any:
    assert run([*_expecting(rules, expect, contact), "--format", "json"]) == 1
    return json.loads(capsys.readouterr().out)["contacts"][0]["failures"]


def _messages(rules: Path, expect: str, capsys: pytest.CaptureFixture[str], contact: str = _CHIEF) -> list[str]:
    return [failure["message"] for failure in _failures(rules, expect, capsys, contact)]


@pytest.mark.parametrize(
    "expect",
    [
        "{total: 24}",
        "{total: 24.0}",
        '{total: "24"}',
        "{total: 2.4e1}",
        "{scores: {fit: 20, activity: 4}}",
        "{grades: {fit: A}}",
        "{stage: Hot, status: scored}",
        "{rules: {Chief: 15.5, Staff: 10, Visited: 4}}",
    ],
)
def test_what_a_contact_gets_may_be_expected_in_any_part_and_any_spelling(rules: Path, expect: str) -> None:
    assert run(_expecting(rules, expect)) == 0


def test_a_rule_that_did_not_fire_gives_0(rules: Path) -> None:
    nobody = "  - id: nobody\n"
    assert run(_expecting(rules, "{rules: {Chief: 0, Visited: 0}, total: 0}", nobody)) == 0


@pytest.mark.parametrize("none", ["null", "none", "~", ""])
def test_no_stage_is_expected_as_null_or_none(rules: Path, none: str) -> None:
    assert run(_expecting(rules, f"{{stage: {none}}}", "  - id: nobody\n")) == 0


def test_only_what_is_named_is_compared(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_expecting(rules, "{stage: Hot}")) == 0
    assert "1 expectation of 1 contact holds" in capsys.readouterr().out


def test_a_failure_says_what_was_expected_and_shows_the_rules_largest_first(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_expecting(rules, "{total: 20}")) == 1
    shown = capsys.readouterr().out
    assert f"{rules.parent / 'samples.yaml'}:3: chief" in shown
    assert "total is 24, expected 20" in shown
    points = [line.split()[0] for line in shown.splitlines() if line.startswith("    ") and line.strip()]
    assert points == ["+15.5", "+10", "+4", "-5.5"], "the last is what the bounds of the score took"


def test_a_failure_of_rules_names_exactly_those_that_differ(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_expecting(rules, "{total: 20, rules: {Chief: 15.5, Staff: 5, Visited: 2}}")) == 1
    shown = capsys.readouterr().out
    assert 'rule "Staff" is 10, expected 5' in shown
    assert f"{rules}:12" in shown
    assert 'rule "Visited" is 4 (2 times), expected 2' in shown
    assert "Chief" not in shown


def test_points_that_differ_by_a_thousandth_differ(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (failure,) = _failures(rules, "{rules: {Chief: 15.501}}", capsys)
    assert (failure["what"], failure["name"], failure["expected"], failure["got"]) == ("rules", "Chief", 15.501, 15.5)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{totl: 3}", "there is no expectation `totl`; did you mean `total`?"),
        ("{scores: {fitt: 3}}", "there is no score `fitt`; did you mean `fit`?"),
        ("{rules: {Cheif: 3}}", 'there is no rule "Cheif"; did you mean "Chief"?'),
        ("{grades: {activity: A}}", "there is no grade of `activity`; there is `fit`"),
        ("{grades: {fit: C}}", 'grade of fit is "A", expected "C", which is no grade of fit; there is A, B'),
        ("{stage: Hott}", 'stage is "Hot", expected "Hott", which is no stage; did you mean "Hot"?'),
        ("{status: score}", 'status is "scored", expected "score", which is no status; did you mean "scored"?'),
        ("{total: many}", 'total is expected to be "many": that is no number'),
        ("{total: null}", "total is expected to be none: that is no number"),
        ("{total: 1.0005}", 'total is expected to be "1.0005": points have at most three decimals'),
        ("{scores: 5}", "`scores` takes names and values, such as `scores: {fit: …}`"),
        ("{rules: [Chief]}", "`rules` takes names and values, such as `rules: {Chief: …}`"),
    ],
)
def test_what_cannot_be_compared_fails_and_says_what_was_meant(
    rules: Path, expect: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _messages(rules, expect, capsys) == [said]


def test_a_missing_stage_of_a_disqualified_contact_is_explained(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    student = "  - id: kim\n    job: Student\n    employees: 30\n"
    assert _messages(rules, "{stage: Warm, status: scored}", capsys, student) == [
        'stage is none, expected "Warm" (disqualified by "Student")',
        'status is "disqualified", expected "scored" (disqualified by "Student")',
    ]


def test_all_yaml_files_beside_the_rules_are_run_but_no_hidden_ones(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _expecting(rules, "{total: 24}")
    (rules.parent / "more.yaml").write_text(f"{_HEAD}  - {{id: x, expect: {{total: 1}}}}\n", encoding="utf-8")
    (rules.parent / ".hidden.yaml").write_text("- - broken", encoding="utf-8")
    assert run(["test", str(rules)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "more.yaml: 1 contact, 1 of 1 expectation does not hold" in lines[0]
    assert any("samples.yaml: 1 contact, 1 expectation holds" in line for line in lines)
    assert run(["test", str(rules), str(rules.parent / "samples.yaml")]) == 0


def test_json_samples_may_be_named(rules: Path) -> None:
    path = rules.parent / "samples.json"
    path.write_text('{"contacts": [{"id": 1, "employees": 25, "expect": {"total": 10.0, "stage": "Warm"}}]}')
    assert run(["test", str(rules), str(path)]) == 0


def test_no_sample_file_at_all_is_wrong_usage(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", str(rules)]) == 2
    assert "no sample contacts (*.yaml) beside" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_running(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = _expecting(rules, "{total: 24}")
    (rules.parent / "broken.yaml").write_text("contacts: [", encoding="utf-8")
    assert run(args) == 2
    shown = capsys.readouterr()
    assert "broken.yaml:" in shown.err
    assert "1 expectation of 1 contact holds" in shown.out


def test_rules_with_errors_are_not_tested(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = _expecting(rules, "{total: 24}")
    rules.write_text(_RULES.replace("employees >= 25", "emploees >= 25"), encoding="utf-8")
    assert run(args) == 1
    shown = capsys.readouterr()
    assert "unknown-name" in shown.err
    assert shown.out == ""


def test_contacts_without_expect_are_counted(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rules.parent / "samples.yaml"
    path.write_text(f"{_HEAD}  - id: a\n  - id: b\n", encoding="utf-8")
    assert run(["test", str(rules)]) == 2
    assert "2 contacts, nothing is expected of them" in capsys.readouterr().out
    path.write_text(f"{_HEAD}  - id: a\n  - {{id: b, expect: {{total: 0}}}}\n", encoding="utf-8")
    assert run(["test", str(rules)]) == 0
    shown = capsys.readouterr().out
    assert "samples.yaml: 1 contact, 1 expectation holds; 1 contact without `expect`\n" in shown
    assert "\n1 expectation of 1 contact holds" in shown


@pytest.mark.parametrize("format_", ["text", "json", "junit"])
@pytest.mark.parametrize(
    "samples",
    ["contacts: []\n", "contacts:\n", "contacts:\n  - id: a\n", "contacts:\n  - {id: a, expect: {rules: {}}}\n"],
)
def test_a_run_that_tests_nothing_is_wrong_usage(
    rules: Path, samples: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (rules.parent / "samples.yaml").write_text(samples, encoding="utf-8")
    assert run(["test", str(rules), "--format", format_]) == 2
    assert capsys.readouterr().err.endswith("expect: {total: 20, stage: null}`\n")


def test_a_file_without_expectations_beside_one_with_them_is_told_and_no_fault(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = _expecting(rules, "{total: 24}")
    (rules.parent / "more.yaml").write_text("contacts: []\n", encoding="utf-8")
    assert run(args) == 0
    shown = capsys.readouterr()
    assert "more.yaml: 0 contacts, so nothing to test" in shown.out
    assert shown.err == ""


def test_null_in_quotes_is_a_text_and_not_no_stage(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = "  - id: nobody\n"
    for written in ('"null"', "'null'", "!!str null"):
        assert _messages(rules, f"{{stage: {written}}}", capsys, nobody) == [
            'stage is none, expected "null", which is no stage; for no stage write null without quotes'
        ]
    named = _RULES.replace("Warm", "null").replace("Hot", "none")
    rules.write_text(named, encoding="utf-8")
    staff = "  - id: staff\n    employees: 30\n"
    assert run(_expecting(rules, '{stage: "null"}', staff)) == 0
    capsys.readouterr()
    assert _messages(rules, "{stage: null}", capsys, staff) == ['stage is "null", expected none']
    assert run(_expecting(rules, '{stage: "none"}')) == 0


def test_a_bad_value_counts_as_missing_and_is_told(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_expecting(rules, "{total: 0}", "  - id: a\n    employees: forty\n")) == 0
    assert 'samples.yaml:3: employees: "forty" is not a number' in capsys.readouterr().err


def test_names_that_the_model_does_not_declare_are_told(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contact = "  - id: a\n    employes: 40\n    events: [{visti: {path: /}, at: 2026-11-20}]\n"
    assert run(_expecting(rules, "{total: 0}", contact)) == 0
    shown = capsys.readouterr().err
    assert "the model has no field `employes`; did you mean `employees`?" in shown
    assert "the model has no event `visti`; did you mean `visit`?" in shown


def test_a_contact_that_was_refused_fails_its_expectations(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contact = "  - id: a\n  - id: a\n"
    assert run(_expecting(rules, "{total: 0}", contact)) == 1
    assert 'a second contact "a"' in capsys.readouterr().out


def test_without_as_of_the_run_says_that_it_scores_as_of_now(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = _expecting(rules, "{total: 0}", "  - id: a\n", "contacts:\n")
    (rules.parent / "more.yaml").write_text("contacts:\n  - {id: x, expect: {total: 0}}\n", encoding="utf-8")
    assert run(args) == 0
    assert capsys.readouterr().err.count("scored as of now") == 1


def test_json_names_every_contact_with_its_place(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*_expecting(rules, "{total: 20, stage: Hot}"), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["rules"], report["passed"], report["failed"]) == (str(rules), 0, 1)
    (contact,) = report["contacts"]
    assert (contact["file"], contact["line"]) == (str(rules.parent / "samples.yaml"), 3)
    assert (contact["id"], contact["passed"], contact["expectations"]) == ("chief", False, 2)
    assert contact["failures"] == [{"what": "total", "expected": 20, "got": 24, "message": "total is 24, expected 20"}]
    assert [rule["points"] for rule in contact["fired"]] == [15.5, 10, 4]


def test_json_counts_a_contact_of_which_nothing_is_expected_as_skipped(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*_expecting(rules, "{}", "  - id: idle\n"), "--format", "json"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["passed"], report["failed"], report["skipped"]) == (0, 0, 1)
    assert [contact["passed"] for contact in report["contacts"]] == [None]


def test_junit_has_a_suite_a_file_and_a_case_a_contact(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contact = '  - id: "bell\\a <1>"\n    expect: {total: 1}\n  - id: idle\n  - id: good\n'
    assert run([*_expecting(rules, "{total: 0}", contact), "--format", "junit"]) == 1
    root = ElementTree.fromstring(capsys.readouterr().out)
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert [[child.tag for child in case] for case in suite] == [["failure"], ["skipped"], []]
    assert suite[0].get("name") == "bell␇ <1>"


_MODELS = sorted(path for path in (Path(__file__).parents[2] / "examples").rglob("rules.lead"))


@pytest.mark.parametrize("model", _MODELS, ids=lambda path: "-".join(path.parent.parts[-2:]))
def test_the_samples_of_every_example_hold(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", str(model)]) == 0
    assert capsys.readouterr().err == ""
