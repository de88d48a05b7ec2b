"""`--what-if`: the same questions that the editor answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  role: text
events
  visit
score fit
  +10 "Boss" when role is "CEO"
  +5 "Visited" for each visit in the last 30 days
stage "Warm" when total >= 15
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.lead").write_text(_RULES, encoding="utf-8")
    Path("contacts.yaml").write_text("as of: 2026-11-21\ncontacts:\n  - id: a\n", encoding="utf-8")


def test_a_contact_is_explained_as_it_might_be(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--contacts", "contacts.yaml", "--id", "a", "--what-if", "role = CEO", "--what-if", "+visit 2d"]
    assert run(["explain", "shop.lead", *words]) == 0
    assert capsys.readouterr().out.startswith("a is Warm with 15 points")
    assert run(["timeline", "shop.lead", *words, "--what-if", "today = +1d", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["as_of"][:10], found["leaves"]["at"][:10]) == ("2026-11-22", "2026-12-19")


def test_a_change_that_cannot_be_made_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--contacts", "contacts.yaml", "--id", "a", "--what-if", "roll = CEO"]
    assert run(["explain", "shop.lead", *words]) == 2
    assert "--what-if: 'roll = CEO': there is no field `roll`; did you mean `role`?" in capsys.readouterr().err


def test_a_case_is_kept_and_then_tested(capsys: pytest.CaptureFixture[str]) -> None:
    Path("samples.yaml").write_text(
        "as of: 2026-11-21  # fixed\ncontacts:\n  - id: a\n  # more to come\n", encoding="utf-8"
    )
    words = ["--contacts", "contacts.yaml", "--id", "a", "--what-if", "role = CEO", "--what-if", "+visit 2026-11-20"]
    assert run(["explain", "shop.lead", *words, "--keep", "samples.yaml"]) == 0
    assert 'kept as "a 2" in samples.yaml' in capsys.readouterr().err
    assert Path("samples.yaml").read_text(encoding="utf-8") == (
        "as of: 2026-11-21  # fixed\n"
        "contacts:\n"
        "  - id: a\n"
        "  - id: a 2\n"
        "    role: CEO\n"
        "    events:\n"
        "      - {visit: {}, at: 2026-11-20}\n"
        "    expect: {total: 15, stage: Warm}\n"
        "  # more to come\n"
    )
    assert run(["test", "shop.lead", "samples.yaml"]) == 0


def test_the_first_case_makes_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--contacts", "contacts.yaml", "--id", "a", "--what-if", "+visit 2d"]
    for name in ("new.yaml", "new.json"):
        assert run(["explain", "shop.lead", *words, "--keep", name]) == 0
        assert run(["test", "shop.lead", name]) == 0
        assert "2 expectations of 1 contact hold" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("samples.txt", "", "its name must end in .yaml or .json"),
        ("one.yaml", "id: a\nrole: CEO\n", "it holds a single contact and no list of them"),
        ("broken.yaml", "contacts: [\n", "broken YAML"),
        ("nowhere/new.yaml", "", "nowhere does not exist"),
        ("early.yaml", "as of: 2025-11-21\ncontacts:\n", "the case gets something else"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_written(
    name: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("shop.lead").write_text(_RULES.replace("in the last 30 days", "since 2026-11-01"), encoding="utf-8")
    if text:
        Path(name).write_text(text, encoding="utf-8")
    words = ["--contacts", "contacts.yaml", "--id", "a", "--what-if", "+visit 2d", "--keep", name]
    assert run(["explain", "shop.lead", *words]) == 2
    assert said in capsys.readouterr().err
    assert not text or Path(name).read_text(encoding="utf-8") == text
    assert not [path for path in Path().glob(".*") if path.suffix != ".bak"]


def test_a_kept_case_is_as_private_as_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("samples.yaml")
    path.write_text("as of: 2026-11-21\ncontacts:\n", encoding="utf-8")
    path.chmod(0o600)
    assert run(["explain", "shop.lead", "--contacts", "contacts.yaml", "--id", "a", "--keep", "samples.yaml"]) == 0
    assert {name.stat().st_mode & 0o777 for name in (path, Path(".samples.yaml.bak"))} == {0o600}
