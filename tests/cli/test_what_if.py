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
