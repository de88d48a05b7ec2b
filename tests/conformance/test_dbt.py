"""An emitted dbt project builds with dbt, its unit tests and data tests hold, and its table is what scoring gives."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from cli.test_compile_dbt import RULES, SAMPLES
from literate.console import run_leadline
from sql_engines.optional import find_dbt, without

PROFILE = """leadline:
  target: dev
  outputs:
    dev: {type: duckdb, path: scores.duckdb, threads: 1}
"""
CONTACTS = "id,Number of Employees,tags,since\nanna,40,a;b,2026-10-01\nbert,,,2026-12-01\n"
EVENTS = "contact,event,at,path\nanna,visit,2026-11-20T09:00+09:00,/\n"
MANY = "\n".join(f'+1 "Rule {number}" when size >= {number}' for number in range(60))


@pytest.mark.parametrize("more", ["", MANY], ids=["few rules", "many rules"])
def test_a_project_builds_and_its_tests_hold(more: str, tmp_path: Path) -> None:
    (tmp_path / "b2b.lead").write_text(RULES + (f"score more\n{more}\n" if more else ""), encoding="utf-8")
    samples = SAMPLES if not more else SAMPLES.replace("total: 16.5, ", "")
    (tmp_path / "samples.yaml").write_text(samples, encoding="utf-8")
    done = build(tmp_path, {"contacts.csv": CONTACTS, "events.csv": EVENTS})
    if done is None:
        return
    assert "3 unit tests" in done
    with duckdb.connect(str(tmp_path / "project/scores.duckdb")) as connection:
        found = connection.sql("SELECT id, fit FROM lead_scores ORDER BY id").fetchall()
    assert [(name, float(fit)) for name, fit in found] == [("anna", 16), ("bert", 0)]


BARE = """model "Bare"
contact
  id: text
  size: number
score `the "fit" {{ 1 }}`
  +5 "Large" when size > 20
"""


def test_a_project_without_events_builds_whatever_its_scores_are_called(tmp_path: Path) -> None:
    (tmp_path / "b2b.lead").write_text(BARE, encoding="utf-8")
    samples = "as of: 2026-11-21\ncontacts:\n- {id: anna, size: 40, expect: {total: 5}}\n"
    (tmp_path / "samples.yaml").write_text(samples, encoding="utf-8")
    done = build(tmp_path, {"contacts.csv": "id,size\nanna,40\n"})
    assert done is None or "1 unit test" in done


def build(folder: Path, seeds: dict[str, str]) -> str | None:
    """What dbt says when it builds the project of a model; None where there is no dbt."""
    dbt = find_dbt()
    if dbt is None:
        without("dbt", 'pip install "dbt-core>=1.11,<1.12" dbt-duckdb, in an environment that LEADLINE_DBT names')
        return None
    words = ["compile", "b2b.lead", "--to", "dbt", "--dialect", "duckdb", "--output", "project"]
    assert run_leadline(words, folder) == ("", 0)
    project = folder / "project"
    (project / "profiles.yml").write_text(PROFILE, encoding="utf-8")
    (project / "seeds").mkdir()
    for name, text in seeds.items():
        (project / "seeds" / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [dbt, "build", "--profiles-dir", ".", "--vars", 'as_of: "2026-11-21 14:59:59.999999"'],
        cwd=project,
        env={**os.environ, "DO_NOT_TRACK": "1", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
