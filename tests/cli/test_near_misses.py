"""What is nearly right is told with what to type instead, not passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  id:    text
  staff: number
events
  visit with path: text
score fit
  +1 "Staff" when staff >= 1
  +1 "Visit" for each visit where path is "/a"
stage "Hot" when total >= 1
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.lead").write_text(_RULES, encoding="utf-8")
    Path("contacts.csv").write_text("id,staf\na,3\n", encoding="utf-8")


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 2) -> str:
    assert run(words) == code
    shown = capsys.readouterr()
    return shown.err if code == 2 else shown.out + shown.err


def test_a_missing_column_is_told_with_the_one_that_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, "score", "rules.lead", "--contacts", "contacts.csv", code=0)
    assert 'note: contacts.csv has no column for `staff` (perhaps "staf")\n' in said
    said = _said(capsys, "check", "rules.lead", "--contacts", "contacts.csv", "--only", "missing-column", code=0)
    assert 'contacts.csv has no column "staff" (perhaps "staf"), so `staff` is always missing' in said


def test_a_column_unlike_all_others_is_told_without_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,town\na,Rome\n", encoding="utf-8")
    said = _said(capsys, "score", "rules.lead", "--contacts", "contacts.csv", code=0)
    assert "note: contacts.csv has no column for `staff`\n" in said


def test_an_undeclared_event_is_told_with_the_declared_one_that_may_be_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("events.csv").write_text("contact,event,at,path\na,Visit,2026-11-20,/a\na,sale,2026-11-20,\n")
    words = ["rules.lead", "--contacts", "contacts.csv", "--events", "events.csv", "--as-of", "2026-11-21"]
    said = _said(capsys, "score", *words, code=0)
    assert "events that no line of the model declares: Visit (1; did you mean `visit`?), sale (1)\n" in said
    said = _said(capsys, "check", *words, "--only", "unmentioned-value", code=0)
    assert 'is "Visit" meant to be `visit`? Names of events are compared to the letter' in said


def test_what_two_models_have_to_say_alike_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, "score", "rules.lead", "rules.lead", "--contacts", "contacts.csv", code=0)
    assert said.count("has no column for `staff`") == 1


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("contacts.csv", "id\na\n", "data"),
        ("samples.yaml", "contacts: []\n", "data"),
        ("plan.json", '{"leadline_plan": 1}', "data, or a plan, which `leadline score` alone runs"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("fmt",), ("compile", "--to", "python"), ("test",)])
def test_data_in_the_place_of_rules_are_called_that(
    command: tuple[str, ...], name: str, content: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert _said(capsys, *command, name) == f"error: {name} is no rules file: it holds {what}; name the .lead file\n"


@pytest.mark.parametrize(
    ("content", "wrong", "meant"),
    [
        ("as off: 2026-11-21\ncontacts:\n  - id: a\n", "as off", "as of"),
        ("asof: 2026-11-21\ncontacts:\n  - id: a\n", "asof", "as of"),
        ("as of: 2026-11-21\ncontact:\n  - id: a\n", "contact", "contacts"),
    ],
)
@pytest.mark.parametrize("command", [("score", "rules.lead", "--contacts"), ("test", "rules.lead")])
def test_a_misspelt_key_of_a_sample_file_is_not_passed_over(
    command: tuple[str, ...], content: str, wrong: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("samples.yaml").write_text(content, encoding="utf-8")
    said = _said(capsys, *command, "samples.yaml")
    assert said == f"error: samples.yaml:1: `{wrong}` means nothing here; did you mean `{meant}`?\n"


@pytest.mark.parametrize("key", ["as of", "as_of", "As-Of"])
def test_the_day_of_a_sample_file_may_be_written_in_several_ways(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("samples.yaml").write_text(f"{key}: 2020-02-01\ncontacts:\n  - id: a\n", encoding="utf-8")
    said = _said(capsys, "score", "rules.lead", "--contacts", "samples.yaml", "--format", "csv", code=0)
    assert "2020-02-01T23:59:59.999999+00:00" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["check", "rules.lead", "--only", ""], "--only: name a family, a code or a name: LL1, LL201, unknown-name"),
        (["check", "rules.lead", "--only", "LL9"], "there is no code 'LL9'; the families are LL1, LL2"),
        (["reach", "rules.lead", "Hot", "--since", "soon"], "--since: 'soon' is no date"),
        (["compile", "rules.lead", "--to", "python", "--dialect", "duckdb"], "--dialect does not go with --to python"),
        (
            ["compile", "rules.lead", "--to", "json", "--events-table", "e", "--as-of", "2026-11-21"],
            "--events-table and --as-of do not go with --to json",
        ),
        (
            ["explain", "rules.lead", "--contacts", "contacts.csv", "--id", "a", "--what-if", "-1"],
            "--what-if: '-1': the contact has no event to take away",
        ),
    ],
)
def test_an_option_that_means_nothing_is_told_by_its_own_name(
    words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert why in _said(capsys, *words)


def test_one_point_is_one_point(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,staff\na,3\n", encoding="utf-8")
    said = _said(
        capsys, "timeline", "rules.lead", "--contacts", "contacts.csv", "--id", "a", "--as-of", "2026-11-21", code=0
    )
    assert said.startswith("a is Hot with 1 point as of 21 Nov 2026, end of the day.\n")


@pytest.mark.parametrize("name", ["status", "model", "known", "grade_fit"])
def test_a_score_that_would_share_a_column_is_refused_where_there_are_columns(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = f'score {name}\n  +2 "More" when staff >= 1\ngrade fit\n  "A" from 1\n'
    Path("rules.lead").write_text(_RULES.replace("stage", more + "stage"), encoding="utf-8")
    Path("contacts.csv").write_text("id,staff\na,3\n", encoding="utf-8")
    words = ["score", "rules.lead", "--contacts", "contacts.csv", "--format"]
    for format_ in ("table", "csv", "parquet"):
        assert f"two columns would be named {name}: give the score another name" in _said(capsys, *words, format_)
    assert f'"scores": {{"fit": 1, "{name}": 2}}' in _said(capsys, *words, "jsonl", code=0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["score", "rules.lead", "--contacts", ""], "--contacts is empty: name a file\n"),
        (["check", "rules.lead", "--contacts", ""], "--contacts is empty: name a file, or leave the option out\n"),
        (
            ["score", "rules.lead", "--contacts", "contacts.csv", "--events", " "],
            "--events is empty: name a file, or leave the option out\n",
        ),
        (
            ["score", "rules.lead", "--contacts", "contacts.csv", "--output", ""],
            "--output is empty: name a file, or leave the option out\n",
        ),
        (
            ["explain", "rules.lead", "--contacts", "contacts.csv", "--id", ""],
            "--id is empty: give the id of a contact\n",
        ),
        (["init", "new", "--from", ""], "--from is empty: name a file, or leave the option out\n"),
    ],
)
def test_an_option_with_nothing_in_it_is_told_by_its_name(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, *words).startswith(f"error: {said}")


@pytest.mark.parametrize("option", ["--contacts", "--events"])
def test_rules_in_the_place_of_data_are_told_where_rules_belong(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = [] if option == "--contacts" else ["--contacts", "contacts.csv"]
    said = _said(capsys, "score", "rules.lead", *more, option, "rules.lead")
    assert said.startswith("error: rules.lead: this is a rules file, not data; rules stand first, without an option")


def test_a_column_that_stands_twice_has_to_be_renamed_or_removed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,id,staff\na,b,3\n", encoding="utf-8")
    said = _said(capsys, "score", "rules.lead", "--contacts", "contacts.csv")
    help = "rename or remove all but the one that is meant"
    assert said == f'error: contacts.csv:1: the column "id" stands there twice ({help})\n'
    Path("contacts.csv").write_text("id,staff\na,3\n", encoding="utf-8")
    for heads, name in (("contact,event,at,at,path", "at"), ("contact,event,at,path,path", "path")):
        Path("events.csv").write_text(f"{heads}\n", encoding="utf-8")
        said = _said(capsys, "score", "rules.lead", "--contacts", "contacts.csv", "--events", "events.csv")
        assert said == f'error: events.csv:1: the column "{name}" stands there twice ({help})\n'


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ("singed", "the rules read no date from a column singed; did you mean signed?"),
        ("nowhere", "the rules read no date from a column nowhere; their dates are Signed up, at"),
        ("staff", "staff is no date but declared as number; declare it as `date`, or leave the option out"),
    ],
)
@pytest.mark.parametrize("command", ["score", "check"])
def test_an_order_of_dates_is_said_of_a_date_that_the_rules_read(
    command: str, column: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = _RULES.replace("events\n", '  signed: date from "Signed up"\nevents\n')
    Path("rules.lead").write_text(rules, encoding="utf-8")
    words = [command, "rules.lead", "--contacts", "contacts.csv", "--dates"]
    assert _said(capsys, *words, f"{column}=dmy") == f"error: --dates: {why}\n"
    for right in ("signed", "Signed up", "SIGNED_UP", "at", "timestamp"):
        assert run([*words, f"{right}=dmy"]) == 0


def test_the_fault_of_a_date_is_told_before_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.lead").write_text(_RULES.replace("events\n", "  signed: dat\nevents\n"), encoding="utf-8")
    words = ["check", "rules.lead", "--contacts", "contacts.csv", "--dates", "signed=dmy"]
    assert "--dates" not in _said(capsys, *words, code=1)


@pytest.mark.parametrize(
    "words", [["check", "rules.lead"], ["diff", "rules.lead", "rules.lead"], ["reach", "rules.lead", "Hot"]]
)
def test_an_order_of_dates_goes_with_contacts(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(capsys, *words, "--dates", "at=dmy").startswith("error: --dates goes with --contacts\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compile", "rules.lead", "--to", "js"], "--to: there is no `js`; did you mean `javascript`?"),
        (
            ["compile", "rules.lead", "--to", "sql", "--dialect", "postgresql"],
            "--dialect: there is no `postgresql`; did you mean `postgres`?",
        ),
        (["check", "rules.lead", "--format", "jsom"], "--format: there is no `jsom`; did you mean `json`?"),
        (["score", "rules.lead", "-contacts", "c.csv"], "there is no option -contacts: write --contacts"),
        (["reach", "rules.lead", "Hot", "--ways", "x"], "--ways: `x` is not a whole number from 1 to 20"),
        (["reach", "rules.lead", "Hot", "--ways", "0"], "--ways: `0` is not a whole number from 1 to 20"),
        (
            ["reach", "rules.lead", "Hot", "--since", "2026-11-22", "--as-of", "2026-11-21"],
            "--since is later than the day of the scores",
        ),
        (
            ["reach", "rules.lead", "Hot", "--hold", "staff", "--change", "staff"],
            "--hold and --change both name staff",
        ),
        (["check", "--explain", "LL3"], "LL3 is a family of codes: name one of it, such as LL301"),
        (["check", "--explain", "nevr-holds"], "there is no code 'nevr-holds'; did you mean never-holds?"),
        (
            ["score", "rules.lead", "--contacts", "contacts.csv", "--output", "o.json"],
            "--output: o.json: scores are in .jsonl, .csv, .parquet, or .txt (a table)",
        ),
        (
            ["score", "rules.lead", "--contacts", "contacts.csv", "--bad-rows", "bad.xlsx"],
            "--bad-rows: bad.xlsx: bad rows are written as .csv or .jsonl",
        ),
        (
            ["compile", "rules.lead", "--to", "dbt", "--dialect", "duckdb", "--output", "rules.lead"],
            "--output: rules.lead is a file, and dbt gets a folder",
        ),
        (
            ["compile", "rules.lead", "--to", "javascript", "--output", "p.ts"],
            "--output: p.ts: the module is JavaScript: name it p.mjs, or .js",
        ),
    ],
)
def test_a_value_that_an_option_does_not_have_is_told_with_the_right_one(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in Path().iterdir())
    assert said in _said(capsys, *words)
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_choice_may_be_written_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "rules.lead", "--format", "JSON"]) == 0
    assert capsys.readouterr().out.startswith("[")
    assert run(["compile", "rules.lead", "--to", "Python"]) == 0


def test_a_text_file_holds_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "rules.lead", "--contacts", "contacts.csv", "--output", "o.txt"]) == 0
    assert "total" in Path("o.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("only", ["LL1", "LL1xx", "ll1XX", "LL2 LL1", "SYNTAX"])
def test_a_family_of_codes_may_be_written_in_several_ways(only: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.lead").write_text(f'{_RULES}score "x\n', encoding="utf-8")
    assert run(["check", "wrong.lead", "--only", only]) == 1
    assert "LL101" in capsys.readouterr().out


def test_the_summary_names_the_file_that_has_the_fault(capsys: pytest.CaptureFixture[str]) -> None:
    Path("part.lead").write_text('score fit\n  +1 "Foreign" when nothing_known\n', encoding="utf-8")
    rules = 'model "Shop"\ninclude "part.lead"\ncontact\n  id: text\nstage "Hot" when total >= 1\n'
    Path("whole.lead").write_text(rules, encoding="utf-8")
    assert run(["check", "whole.lead", "--only", "unknown-name"]) == 1
    assert capsys.readouterr().err == "1 error in part.lead\n"


def test_a_file_that_is_named_twice_is_checked_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.lead").write_text(_RULES.replace("when staff", "when stuff"), encoding="utf-8")
    assert run(["check", "wrong.lead", "wrong.lead", "--only", "unknown-name"]) == 1
    assert capsys.readouterr().err == "1 error in wrong.lead\n"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('+5.1234 "A" when staff >= 1', "= help: write `5.123`"),
        ('+5 "" when staff >= 1', "a name in quotes is empty"),
        ('+5 "A" when not', "nothing stands after `not`"),
    ],
)
def test_a_slip_in_a_rule_is_told_by_what_was_written(rule: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.lead").write_text(_RULES.replace('+1 "Staff" when staff >= 1', rule), encoding="utf-8")
    assert run(["check", "wrong.lead"]) == 1
    assert said in capsys.readouterr().out
