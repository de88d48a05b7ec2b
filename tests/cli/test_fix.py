"""`leadline check --fix`."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline.commands import run
from unit.facade.test_fixing import RULES


def test_files_are_put_right_and_what_is_left_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.lead"
    path.write_text(RULES, encoding="utf-8")
    assert run(["check", "--fix", str(path)]) == 1
    told = capsys.readouterr()
    assert f"{path}: 2 findings put right" in told.err
    assert "nothing_like_it" in told.out
    assert "stuff" not in path.read_text(encoding="utf-8")
    mended = path.read_bytes()
    assert run(["check", "--fix", str(path)]) == 1
    assert "put right" not in capsys.readouterr().err
    assert path.read_bytes() == mended


def test_standard_input_cannot_be_put_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--fix", "-"]) == 2
    assert "does not go with standard input" in capsys.readouterr().err
