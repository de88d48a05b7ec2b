"""Every code that speaks of data: data that it tells of, and data that are nearly the same and that it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadline.commands import run
from leadline_dsl.codes import CODES

_RULES = """\
model "Shop"
contact
  id:      text
  staff:   number
  country: text
events
  visit with path: text
score fit
  +1 "Staff" when staff >= 10
  +2 "Near"  when country is one of "US", "UK"
  +1 "Visit" for each visit where path is "/a"
stage "Hot" when total >= 1
"""
_VISITS = "contact,event,at,path\na,visit,2026-11-20,/a\n"
_FINE = "id,staff,country\na,12,US\nb,3,UK\n"

TOLD_AND_NOT_TOLD = {
    "bad-value": (_FINE.replace("b,3", "b,three"), _FINE.replace("b,3", "b, ３ ")),
    "bad-row": (_FINE + "a,3,US\n", _FINE + "A,3,US\n"),
    "missing-column": (_FINE.replace("staff", "people"), _FINE.replace("b,3", "b,")),
    "unmentioned-value": (_FINE.replace("UK", "FR"), _FINE.replace("UK", "uk")),
    "never-fired": (_FINE.replace("12", "9.999999"), _FINE.replace("12", "10")),
}


def test_every_code_of_data_is_here() -> None:
    assert set(TOLD_AND_NOT_TOLD) == {code.name for code in CODES.values() if code.number >= "LL5"}


@pytest.mark.parametrize("name", TOLD_AND_NOT_TOLD)
def test_a_code_of_data_tells_of_what_it_means_and_of_nothing_near(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.lead").write_text(_RULES, encoding="utf-8")
    Path("events.csv").write_text(_VISITS, encoding="utf-8")
    words = ["check", "rules.lead", "--contacts", "contacts.csv", "--events", "events.csv", "--format", "json"]
    told = []
    for data in TOLD_AND_NOT_TOLD[name]:
        Path("contacts.csv").write_text(data, encoding="utf-8")
        run(words)
        told.append({finding["name"] for finding in json.loads(capsys.readouterr().out)})
    assert name in told[0]
    assert name not in told[1]
