"""The wheel: what is in it, and that what it installs works anywhere."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"leadline", "leadline_compiler", "leadline_dsl", "leadline_grammars", "leadline_tui"}
SOURCES = ("grammars", "dsl", "compiler", "tui", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")


def run(command: Sequence[str | Path], folder: Path) -> str:
    """What a command writes to standard output, run in a folder without the paths of this process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ran = subprocess.run([str(word) for word in command], cwd=folder, env=kept, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace") + ran.stderr.decode("utf-8", "replace")
    return ran.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources, as the build writes the parser's tables among them."""
    if importlib.util.find_spec("hatchling") is None:
        if "CI" in os.environ:
            pytest.fail("hatchling is missing, so the wheel cannot be tested")
        pytest.skip("hatchling is not installed")
    sources, built = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("built")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__", "tables.bin"))
        else:
            shutil.copy(ROOT / name, sources / name)
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], sources)
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[PurePosixPath]:
    with zipfile.ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def test_the_wheel_holds_the_five_packages_and_nothing_beside_them(names: list[PurePosixPath]) -> None:
    assert {name.parts[0] for name in names if not name.parts[0].endswith(".dist-info")} == PACKAGES


def test_the_wheel_holds_the_grammar_and_its_tables(names: list[PurePosixPath]) -> None:
    assert {"leadline_grammars/leadline.lark", "leadline_grammars/tables.bin"} <= {str(name) for name in names}


def test_every_package_of_the_wheel_says_that_it_is_typed(names: list[PurePosixPath]) -> None:
    assert {name.parts[0] for name in names if name.name == "py.typed"} == PACKAGES


def test_every_module_is_in_the_wheel(names: list[PurePosixPath]) -> None:
    rooms = [ROOT / room for room in ("grammars", "dsl", "compiler", "tui")]
    written = {path.relative_to(room).as_posix() for room in rooms for path in room.glob("leadline*/**/*.py")}
    assert written == {str(name) for name in names if name.suffix == ".py"}


def test_the_installed_command_explains_an_example_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    run([scripts / "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel], tmp_path)
    show_dependencies(scripts / "python", tmp_path)
    where = run([scripts / "python", "-c", "import leadline, leadline_dsl; print(leadline_dsl.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(place)
    example = ROOT / "examples" / "saas-trial"
    data: list[str | Path] = ["--contacts", example / "contacts.csv", "--events", example / "events.csv"]
    words: list[str | Path] = ["explain", example / "rules.lead", *data, "--id", "u-106", "--as-of", "2026-11-21"]
    assert run([scripts / "leadline", *words], tmp_path).startswith("u-106 is Warm with 36 points")


def show_dependencies(python: Path, folder: Path) -> None:
    """Lets another environment import what is installed in this one; its own packages go first."""
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "dependencies.pth").write_text("\n".join(sorted(here)), encoding="utf-8")
