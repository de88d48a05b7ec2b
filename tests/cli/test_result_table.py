"""The table of `leadline score` on terminals of every width, and in a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  id:    text
  staff: number
score fit
  +10 "Staff" when staff >= 25
score interest_in_us
  -5 "Tiny" when staff < 2
disqualify "Nobody" when staff is missing
stage "Call" when total >= 10
"""
_IDS = ["kim@harbour-works.example", "株式会社サンプル会計事務所", "x"]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("shop.lead").write_text(_RULES, encoding="utf-8")
    rows = zip(_IDS, ("40", "1", ""), strict=True)
    Path("contacts.csv").write_text("id,staff\n" + "".join(f"{id_},{staff}\n" for id_, staff in rows), encoding="utf-8")
    return ["score", "shop.lead", "--contacts", "contacts.csv"]


def _shown(call: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run(call) == 0
    return capsys.readouterr().out.split("\n")


def test_a_table_has_a_row_a_contact_and_no_spaces_at_the_end(
    call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = _shown(call, capsys)
    assert [line.split() for line in lines if line][::2] == [
        ["id", "status", "total", "fit", "interest_in_us", "stage"],
        ["kim@harbour-works.example", "scored", "10", "10", "0", "Call"],
        ["x", "disqualified", "0", "0", "0", "–"],
    ]
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", [30, 40, 60, 66, 70, 80, 200])
def test_at_every_width_each_id_total_and_score_can_be_read(
    call: list[str], width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = _shown(call, capsys)
    assert all(cell_len(line) <= max(width, 40) for line in lines)
    text = "\n".join(lines)
    if "───" in text:
        room = lines[0].index("status") - 1
        assert "".join(set_cell_size(line[1:], room).rstrip() for line in lines[2:]).replace(" ", "") == "".join(_IDS)
    else:
        assert all(id_ in text for id_ in _IDS)
        assert "fit 10, interest_in_us 0" in text
        assert "kim@harbour-works.example: Call" in text
        assert "x: disqualified" in text


def test_a_pipe_is_never_too_narrow(
    call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    many = "".join(f'score some_long_name_{number}\n  +1 "R{number}" when staff >= 1\n' for number in range(20))
    Path("shop.lead").write_text(_RULES.replace("disqualify", f"{many}disqualify"), encoding="utf-8")
    head, _, first, *_ = _shown(call, capsys)
    assert "some_long_name_19" in head
    assert len(first.split()) == len(head.split())


def test_rows_of_later_chunks_are_not_folded(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    ids = [f"c{number}" for number in range(2001)]
    Path("contacts.csv").write_text("id,staff\n" + "".join(f"{id_},30\n" for id_ in [*ids, "a-longer-one"]))
    lines = [line.split() for line in _shown(call, capsys) if line]
    assert [line[0] for line in lines[2:]] == [*ids, "a-longer-one"]
    assert {len(line) for line in lines[2:]} == {6}
