"""What a command writes: never over what it has read, and never a file where a device or a pipe was."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from leadline.commands import run
from leadline_tui.session.building import BuildError, build, prepare_build
from leadline_tui.session.targets import Order, list_targets

_RULES = """\
model "Shop"
include "inc.lead"
list free from "liste.txt"
score fit
  +1 "Named" when name is known and name is not in free
stage "Called" when total >= 1
"""
_INCLUDED = "contact\n  id: text\n  name: text\n"
_POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and descriptors as POSIX has them")
_SCORE = ("score", "main.lead", "--contacts", "contacts.csv", "--as-of", "2026-11-21")
_COMPILE = ("compile", "main.lead", "--to")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = {"main.lead": _RULES, "inc.lead": _INCLUDED, "liste.txt": "eve\n", "contacts.csv": "id,name\na,Ada\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("file", ["inc.lead", "./inc.lead", "liste.txt", "main.lead"])
@pytest.mark.parametrize(
    "words",
    [
        (*_SCORE, "--output"),
        (*_SCORE, "--bad-rows"),
        (*_COMPILE, "json", "--output"),
        (*_COMPILE, "python", "--output"),
        (*_COMPILE, "javascript", "--output"),
        (*_COMPILE, "sql", "--dialect", "duckdb", "--output"),
    ],
    ids=["score", "bad rows", "json", "python", "javascript", "sql"],
)
def test_no_output_takes_the_place_of_a_file_that_the_rules_are_made_of(
    words: tuple[str, ...], file: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _texts(folder)
    assert run([*words, file]) == 2
    assert f"{file} is read or written by this run already" in capsys.readouterr().err
    assert _texts(folder) == before


@_POSIX
@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("file", ["inc.lead", "liste.txt", "contacts.csv", "main.lead"])
def test_a_link_to_what_was_read_is_no_way_around(link: object, file: str, folder: Path) -> None:
    assert callable(link)
    link(file, "out.csv")
    before = _texts(folder)
    assert run([*_SCORE, "--output", "out.csv"]) == 2
    assert run([*_SCORE, "--bad-rows", "out.csv"]) == 2
    assert _texts(folder) == before


def test_the_types_of_a_javascript_module_take_no_place_of_an_included_file(folder: Path) -> None:
    (folder / "out.d.ts").write_text(_INCLUDED, encoding="utf-8")
    (folder / "main.lead").write_text(_RULES.replace("inc.lead", "out.d.ts"), encoding="utf-8")
    before = _texts(folder)
    assert run([*_COMPILE, "javascript", "--output", "out.js"]) == 2
    assert _texts(folder) == before


def test_a_dbt_project_takes_no_place_of_an_included_file(folder: Path) -> None:
    words = [*_COMPILE, "dbt", "--dialect", "duckdb", "--output", "project"]
    assert run(words) == 0
    written = sorted(path for path in (folder / "project").rglob("*") if path.is_file())
    for path in written:
        name = path.relative_to(folder).as_posix()
        (folder / "main.lead").write_text(_RULES.replace("inc.lead", name), encoding="utf-8")
        path.write_text(_INCLUDED, encoding="utf-8")
        before = _texts(folder)
        assert run(words) == 2, name
        assert _texts(folder) == before, name
        (folder / "main.lead").write_text(_RULES, encoding="utf-8")
        assert run(words) == 0


def test_the_editor_builds_over_nothing_that_the_rules_are_made_of(folder: Path) -> None:
    prepared = prepare_build("main.lead", None, 0)
    before = _texts(folder)
    python = next(target for target in list_targets() if target.name == "python")
    with pytest.raises(BuildError, match=r"inc\.lead is read for the rules"):
        build("main.lead", prepared, Order(python, "", "inc.lead", {}), 0.0)
    assert _texts(folder) == before


@_POSIX
@pytest.mark.parametrize("words", [(*_SCORE, "--output"), (*_COMPILE, "python", "--output")], ids=["score", "compile"])
def test_a_pipe_is_written_to_and_stays_a_pipe(words: tuple[str, ...], folder: Path) -> None:
    os.mkfifo("pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_bytes()))
    reader.start()
    assert run([*words, "pipe"]) == 0
    reader.join(timeout=30)
    assert run([*words, "file"]) == 0
    assert got == [(folder / "file").read_bytes()]
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@_POSIX
def test_a_device_is_written_to_and_stays_a_device(folder: Path) -> None:
    try:
        os.mknod("nul", 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        os.close(os.open("nul", os.O_WRONLY))
    except OSError:
        pytest.skip("only root may make a device, and not everywhere")
    assert run([*_COMPILE, "javascript", "--output", "nul"]) == 0
    assert run([*_SCORE, "--output", "nul", "--bad-rows", "nul"]) == 0
    assert stat.S_ISCHR(os.stat("nul").st_mode)
    assert not (folder / "nul.d.ts").exists(), "beside a device there is no place for the types"


@_POSIX
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_an_open_stream_goes_on_where_it_stands(name: str, folder: Path) -> None:
    if not os.path.exists(name):
        pytest.skip("this system has no such name")
    assert run([*_SCORE, "--output", "scores.csv"]) == 0
    script = "import sys; from leadline.commands import run; sys.exit(run(sys.argv[1:]))"
    words = [sys.executable, "-c", script, *_SCORE, "--format", "csv", "--output", name]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    piped = subprocess.run(words, env=environment, stdout=subprocess.PIPE, timeout=60, check=True)
    assert piped.stdout == (folder / "scores.csv").read_bytes()
    (folder / "log").write_bytes(b"before\n")
    with (folder / "log").open("ab") as log:
        subprocess.run(words, env=environment, stdout=log, timeout=60, check=True)
    assert (folder / "log").read_bytes() == b"before\n" + piped.stdout


_LOOSE = 'model   "Shop"\nscore s\n+1 "A" when 1 > 0\n'


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ", as UTF-8 and no more as UTF-8 with a byte order mark"),
        ("utf-16", ", as UTF-8 and no more as UTF-16"),
    ],
)
def test_fmt_says_when_it_changes_the_encoding(
    encoding: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "loose.lead").write_text(_LOOSE, encoding=encoding)
    assert run(["fmt", "loose.lead"]) == 0
    assert capsys.readouterr().err == f"loose.lead laid out{said}\n"
    assert (folder / "loose.lead").read_text(encoding="utf-8").startswith('model "Shop"')


def test_fmt_says_of_no_file_that_it_is_laid_out_before_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*names: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", "loose.lead")

    (folder / "loose.lead").write_text(_LOOSE, encoding="utf-8")
    monkeypatch.setattr("leadline.temporary.os.open", refuse)
    assert run(["fmt", "loose.lead"]) == 2
    assert capsys.readouterr().err == "error: loose.lead: permission denied\n"
    assert (folder / "loose.lead").read_text(encoding="utf-8") == _LOOSE


@pytest.mark.parametrize(
    ("format_", "file", "said"),
    [
        ("parquet", "x.csv", "note: x.csv will hold Parquet, as --format says, though it ends as CSV does\n"),
        ("table", "x.jsonl", "note: x.jsonl will hold a table, as --format says, though it ends as JSON Lines does\n"),
        ("csv", "x.csv", ""),
        ("csv", "x.txt", ""),
        ("jsonl", "x", ""),
    ],
)
def test_a_format_that_the_name_of_the_output_belies_is_told(
    format_: str, file: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*_SCORE, "--format", format_, "--output", file]) == 0
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("words", [(), ("--output", "plan.json"), ("--output", "-")])
def test_what_the_passes_did_is_told_beside_the_plan_and_not_within_it(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _texts(folder)
    assert run([*_COMPILE, "json", "--explain", *words]) == 0
    assert "fold_constants" in capsys.readouterr().out
    written = {name: text for name, text in _texts(folder).items() if name not in before}
    assert list(written) == [name for name in words if name == "plan.json"]
    assert all(json.loads(text)["name"] == "Shop" for text in written.values())
