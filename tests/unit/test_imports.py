"""What a fresh interpreter loads: nobody waits for the editor, an engine or a reader that is not asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadline_dsl.tables import load_tables

_ROOT = Path(__file__).parents[2]
_ENGINES = {"pyarrow", "duckdb", "openpyxl", "pyspark", "sqlglot", "pandas", "numpy"}
_RULES = """model "M"
contact
  id: text
  employees: number
score fit
  +5 "Many" when employees > 25
"""


def loaded_by(code: str, folder: Path) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded once it has run the code without an error."""
    sources = os.pathsep.join(str(_ROOT / room) for room in ("grammars", "dsl", "compiler", "tui"))
    told = f"{code}\nimport sys\nprint('\\nloaded:', *{{name.partition('.')[0] for name in sys.modules}})"
    ran = subprocess.run(
        [sys.executable, "-c", told],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": sources},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.rpartition("loaded:")[2].split())


def command(*words: str) -> str:
    """The code that runs a command as the installed program does, and wants it to end well."""
    return f"""import sys
from leadline.__main__ import main
sys.argv = {["leadline", *words]!r}
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by("import leadline", tmp_path)
    assert "leadline" in loaded
    assert loaded & {"textual", "rich", "lark", "click", "yaml", *_ENGINES} == set()


def test_the_version_is_told_without_the_command_line(tmp_path: Path) -> None:
    loaded = loaded_by(command("--version"), tmp_path)
    assert "leadline" in loaded
    assert loaded & {"click", "rich", "lark", "textual", "yaml", *_ENGINES} == set()


def test_checking_a_file_loads_neither_the_editor_nor_an_engine(tmp_path: Path) -> None:
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    loaded = loaded_by(command("check", "rules.lead"), tmp_path)
    assert "leadline_compiler" in loaded
    assert loaded & {"textual", "yaml", *_ENGINES} == set()


@pytest.mark.skipif(load_tables() is None, reason="the parser's tables are made when the package is built")
def test_a_file_without_mistakes_is_read_without_the_parser_generator(tmp_path: Path) -> None:
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    assert "lark" not in loaded_by(command("check", "rules.lead"), tmp_path)


@pytest.mark.parametrize("format_", ["json", "sarif", "github"])
def test_findings_for_programs_are_written_without_rich(format_: str, tmp_path: Path) -> None:
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    assert "rich" not in loaded_by(command("check", "rules.lead", "--format", format_), tmp_path)


def test_scoring_a_csv_file_loads_no_engine(tmp_path: Path) -> None:
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("id,employees\na,30\n", encoding="utf-8")
    loaded = loaded_by(
        command("score", "rules.lead", "--contacts", "contacts.csv", "--format", "jsonl", "--engine", "python"),
        tmp_path,
    )
    assert loaded & {"textual", *_ENGINES} == set()


def test_help_is_told_without_reading_the_language(tmp_path: Path) -> None:
    loaded = loaded_by(command("--help"), tmp_path)
    assert "click" in loaded
    assert loaded & {"textual", "lark", *_ENGINES} == set()


def test_checking_rules_loads_nothing_that_reads_data(tmp_path: Path) -> None:
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    loaded = loaded_by(command("check", "rules.lead"), tmp_path)
    assert loaded & {"csv", "zipfile", "tempfile", "yaml", *_ENGINES} == set()
