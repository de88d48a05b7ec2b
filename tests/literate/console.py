"""Commands of a page, run in this process as if they were typed into a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

from leadline.commands import run
from sql_engines import maria, post
from sql_engines.optional import all_are_here, find_dbt, missing_module

_ENVIRONMENT = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "LEADLINE_DEBUG")
_SECONDS = 600


class ProgramMissingError(Exception):
    """A page runs a program that this machine does not have; the text is its name."""


@contextlib.contextmanager
def _quiet_environment() -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if name not in _ENVIRONMENT}
    with mock.patch.dict(os.environ, kept, clear=True):
        yield


def run_leadline(words: Sequence[str], folder: Path, given: bytes = b"") -> tuple[str, int]:
    """What `leadline WORDS` says in a folder, both streams as a terminal mixes them, and its exit code."""
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    typed = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    with (
        _quiet_environment(),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
        mock.patch.object(sys, "stdin", typed),
    ):
        code = run(words)
    output.flush()
    raw: bytes = output.buffer.getvalue()
    return raw.decode("utf-8"), code


def run_console(text: str, folder: Path) -> str:
    """A console block as it should look: each `$ ` line, then what it says.

    There are `leadline`, also behind one `cat FILE |`, `cat FILE`, `python FILE`, `node FILE`, `psql …`,
    `mariadb …`, `dbt …` and `echo $?`.
    Raises ValueError for others, and ProgramMissingError where a program is not installed.
    """
    shown: list[str] = []
    code = 0
    for command in _commands(text):
        said, code = _run(" ".join(line.removesuffix("\\") for line in command), folder, code)
        shown += [f"$ {command[0]}", *command[1:], *said.rstrip("\n").split("\n")] if said else [f"$ {command[0]}"]
    return trimmed("\n".join(shown))


def _commands(text: str) -> list[list[str]]:
    """The commands, each with the lines that it is wrapped to."""
    commands: list[list[str]] = []
    goes_on = False
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append([line[2:]])
        elif goes_on:
            commands[-1].append(line)
        goes_on = line.endswith("\\") and (goes_on or line.startswith("$ "))
    if not text.startswith("$ "):
        raise ValueError("a console block begins with `$ ` and a command")
    return commands


def _run(command: str, folder: Path, code: int) -> tuple[str, int]:
    words = shlex.split(command)
    given = b""
    if words[0] == "cat" and "|" in words:
        given = (folder / words[1]).read_bytes()
        words = words[words.index("|") + 1 :]
    match words:
        case ["leadline", *rest]:
            return run_leadline(rest, folder, given)
        case ["cat", name]:
            return (folder / name).read_text(encoding="utf-8"), 0
        case ["python", name]:
            missing = missing_module((folder / name).read_text(encoding="utf-8"))
            if missing is not None:
                raise ProgramMissingError(missing)
            return _run_program(sys.executable, [name], folder)
        case ["node", name]:
            return _run_program("node", [name], folder)
        case ["psql", *rest]:
            if post.find_programs() is None:
                raise ProgramMissingError("PostgreSQL")
            return _run_program("psql", rest, folder, PGHOST=post.start_server(), PGUSER="postgres")
        case ["mariadb", *rest]:
            if not (maria.is_here() and all_are_here()):
                raise ProgramMissingError("MariaDB")
            return _run_program("mariadb", [f"--socket={maria.start_server()}", "--user=root", *rest], folder)
        case ["dbt", *rest]:
            found = find_dbt()
            if found is None:
                raise ProgramMissingError("dbt")
            return _run_program(found, rest, folder, DO_NOT_TRACK="1")
        case ["echo", "$?"]:
            return f"{code}\n", 0
        case _:
            known = "`leadline`, `cat FILE`, `python FILE`, `node FILE`, `psql …`, `mariadb …`, `dbt …` and `echo $?`"
            raise ValueError(f"no page may show `{command}`: there are {known}")


def _run_program(program: str, words: Sequence[str], folder: Path, **more: str) -> tuple[str, int]:
    """What a program says of the page's files, in a process that knows nothing of this project's folders."""
    path = shutil.which(program)
    if path is None:
        raise ProgramMissingError(program)
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", *_ENVIRONMENT)}
    done = subprocess.run(
        [path, *words],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if _is_chatty(folder, words) else subprocess.STDOUT,
        encoding="utf-8",
        timeout=_SECONDS,
    )
    return done.stdout, done.returncode


def _is_chatty(folder: Path, words: Sequence[str]) -> bool:
    """Whether it is a script whose Java tells of itself, with times and addresses, where errors are told."""
    return any(word.endswith(".py") and "pyspark" in (folder / word).read_text(encoding="utf-8") for word in words)


def trimmed(text: str) -> str:
    """A text without spaces at the ends of its lines and blank lines at its own; nothing stays nothing."""
    return "\n".join([*(line.rstrip() for line in text.rstrip().split("\n")), ""]) if text.strip() else ""
