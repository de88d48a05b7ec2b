"""What is said of a package that an extra brings: missing is told apart from broken, and broken with its reason."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from leadline.commands import run

RULES = """\
model "Shop"
contact
  id: text
score fit
  +1 "Named" when id is known
stage "Hot" when total >= 1
"""
SCORE = ["score", "shop.lead", "--contacts"]
USES = [
    (["compile", "shop.lead", "--to", "sql", "--dialect", "duckdb"], "sqlglot", "SQL", "sql"),
    (["compile", "shop.lead", "--to", "dbt", "--dialect", "duckdb", "--output", "dbt"], "sqlglot", "SQL", "sql"),
    ([*SCORE, "contacts.csv", "--engine", "batch"], "numpy", "the batch engine", "batch"),
    ([*SCORE, "contacts.csv", "--engine", "batch"], "pyarrow", "the batch engine", "batch"),
    ([*SCORE, "contacts.csv", "--engine", "spark"], "pyspark", "the spark engine", "spark"),
    ([*SCORE, "contacts.csv", "--format", "parquet", "--output", "out"], "pyarrow", "writing Parquet", "parquet"),
    ([*SCORE, "contacts.parquet"], "pyarrow", "reading Parquet", "parquet"),
    ([*SCORE, "contacts.xlsx"], "openpyxl", "reading Excel", "excel"),
]
FAULTS = [
    (
        'raise ImportError("libcore.so.7: cannot open\\nshared object file")',
        "libcore.so.7: cannot open shared object file",
    ),
    ("import missing_part", "No module named 'missing_part'"),
    ("import {package}.missing_part", "No module named '{package}.missing_part'"),
    ("raise AttributeError('no such thing')", "AttributeError: no such thing"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.lead").write_text(RULES, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("id\na\n", encoding="utf-8")
    (tmp_path / "contacts.parquet").touch()
    zipfile.ZipFile(tmp_path / "contacts.xlsx", "w").close()
    return tmp_path


def install(package: str, text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of that name that does nothing but what the text says."""
    made = folder / "packages" / package
    made.mkdir(parents=True)
    (made / "__init__.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder / "packages"))
    monkeypatch.delitem(sys.modules, package, raising=False)


@pytest.mark.parametrize(("words", "package", "use", "extra"), USES)
def test_an_extra_that_is_not_installed_is_named(
    words: list[str],
    package: str,
    use: str,
    extra: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert run(words) == 2
    told = capsys.readouterr().err
    assert f"{use} needs an extra that is not installed" in told
    assert f'pip install "leadline[{extra}]"' in told


@pytest.mark.parametrize(("words", "package", "use", "extra"), USES)
@pytest.mark.parametrize(("text", "reason"), FAULTS)
def test_a_package_that_is_installed_but_broken_is_told_with_its_reason(
    words: list[str],
    package: str,
    use: str,
    extra: str,
    text: str,
    reason: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(package, text.format(package=package), folder, monkeypatch)
    assert run(words) == 2
    told = capsys.readouterr().err
    expected = reason.format(package=package)
    assert f"{use} needs {package}, which is installed but does not load: {expected}" in told
    assert "leadline[" not in told
    assert told.count("\n") == 1


REACH = ["reach", "shop.lead", "Hot", "--as-of", "2026-11-21"]
SOLVER = ("ortools", "ortools.sat", "ortools.sat.python", "ortools.sat.python.cp_model")


class WithoutSolver:
    """Finds modules as if the solver were not there."""

    @staticmethod
    def find_spec(name: str, path: object, target: object = None) -> None:
        if name == "ortools":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_a_solver_that_is_not_installed_leaves_a_proof_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SOLVER:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "meta_path", [WithoutSolver, *sys.meta_path])
    assert run(REACH) == 0
    assert "pip install leadline[proofs]" in capsys.readouterr().out.replace("\n", " ")


def test_a_solver_that_is_broken_is_told_with_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SOLVER:
        monkeypatch.delitem(sys.modules, name, raising=False)
    install("ortools", "import ortools.missing_part", folder, monkeypatch)
    assert run(REACH) == 2
    assert (
        capsys.readouterr().err == "error: ortools.missing_part does not load: No module named 'ortools.missing_part'\n"
    )
