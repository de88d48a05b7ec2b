"""`leadline completion`: the scripts of the shells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadline.commands import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_script_that_asks_leadline(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_LEADLINE_COMPLETE={shell}_complete" in script
    assert "leadline" in script


def test_another_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "csh"]) == 2
    assert "csh" in capsys.readouterr().err


def test_what_a_shell_asks_is_answered_with_commands_and_choices() -> None:
    assert _complete("leadline compl", 1) == ["plain,completion"]
    assert _complete("leadline completion ", 2) == ["plain,bash", "plain,zsh", "plain,fish"]


def test_the_stages_of_the_rules_are_proposed(tmp_path: Path) -> None:
    rules = 'model "M"\ncontact\n  n: number\nscore s\n  +5 "A" when n > 1\nstage "Warm" when total > 1\n'
    (tmp_path / "rules.lead").write_text(rules + 'stage "Hot" when total > 4\n', encoding="utf-8")
    path = (tmp_path / "rules.lead").as_posix()
    assert _complete(f"leadline reach {path} ", 3) == ["plain,Warm", "plain,Hot"]
    assert _complete(f"leadline reach {path} W", 3) == ["plain,Warm"]
    assert _complete("leadline reach nowhere.lead ", 3) == []


def _complete(words: str, position: int) -> list[str]:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(position), "_LEADLINE_COMPLETE": "bash_complete"}
    roots = os.pathsep.join(path for path in sys.path if path)
    answer = subprocess.run(
        [sys.executable, "-m", "leadline"],
        env={**os.environ, **asked, "PYTHONPATH": roots},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()
