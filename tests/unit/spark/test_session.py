"""What is said where Spark, Java or the right options are missing; Spark itself is not needed for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from leadline.commands.score import command
from leadline.readers import DataError
from leadline.spark import session
from leadline.spark.failures import failure_of
from leadline.spark.session import open_session, require_spark
from leadline.spark.shipping import write_package

RULES = 'model "M"\ncontact\n  id: text\n  size: number\nscore fit\n  +5 "Many" when size > 25\n'


def pretend_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "require_extra", lambda *_, **__: None)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(DataError) as caught:
        require_spark()
    assert caught.value.help == 'pip install "leadline[spark]"'


def test_java_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_installed(monkeypatch)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match="Spark needs Java 17 or later, which is not on this machine"):
        require_spark()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(DataError, match=r"which is not in JAVA_HOME"):
        require_spark()


def test_spark_connect_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "require_spark", lambda: None)
    with pytest.raises(DataError, match="Spark Connect cannot be used"), open_session("sc://localhost"):
        pass


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--spark-master", "local[2]"], "--spark-master goes with --engine spark"),
        (["--engine", "spark", "--explain", "--format", "jsonl"], "--explain goes contact by contact"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: list[str], said: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules.lead"
    rules.write_text(RULES, encoding="utf-8")
    ran = CliRunner().invoke(command, [str(rules), "--contacts", "contacts.csv", *words])
    assert ran.exit_code == 2
    assert said in ran.output


def test_the_package_that_workers_get_scores_without_the_rest(tmp_path: Path) -> None:
    write_package(tmp_path / "package.zip")
    with ZipFile(tmp_path / "package.zip") as archive:
        names = set(archive.namelist())
    assert {"leadline/spark/bucket.py", "leadline_compiler/batch/scorer.py", "leadline_dsl/normal_forms.py"} <= names
    assert all(name.endswith(".py") for name in names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "…\nModuleNotFoundError: No module named 'numpy'\n\tat b",
            "the Python of Spark's workers has no numpy",
        ),
        ("An error occurred\n: x.Exception: [PATH_NOT_FOUND] Path does not exist: a. X\n\tat b", "[PATH_NOT_FOUND]"),
        ("An error occurred while calling o1.x.\n: java.lang.IllegalStateException: stopped\n\tat b", "stopped"),
        ("", "Spark gave up"),
    ],
)
def test_what_spark_says_becomes_one_line(text: str, said: str) -> None:
    found: Any = failure_of(text)
    assert said in str(found)
    assert "\n" not in str(found)
    assert "at b" not in str(found)
