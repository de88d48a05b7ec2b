"""One command in a process of its own: what it said, how it ended, what it cost."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 15
"""Of computing on an ordinary machine that does nothing else; see `pace`. A search alone may take work for about twelve
before a check says that something is not decided."""
MOST_MEMORY = 1 << 30
_ADDRESSES = 3 << 29
_PATIENCE = 90
"""Seconds of the clock after which a command that waits for something that never comes is ended."""
_MOST_COMPUTING = 40
_ORDINARY = 0.07
"""Seconds that the work of `pace` takes on an ordinary machine."""


@dataclass(frozen=True, slots=True)
class Ran:
    """`code` is below 0 where a signal ended the command; `where` is then what it was busy with."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    memory: int
    where: str


def pace() -> float:
    """How many times slower than an ordinary one this machine is at the moment; 1 where it is faster."""
    started = time.process_time()
    table: dict[int, tuple[int, str]] = {}
    for number in range(400_000):
        table[number % 5000] = (number, str(number))
    return max(1.0, (time.process_time() - started) / _ORDINARY)


def run_command(words: Sequence[str], folder: Path, given: bytes, kept: Path) -> Ran:
    """Runs `leadline WORDS` in a folder with `given` as standard input; the streams are kept beside it."""
    out, err, stdin, where = (kept / name for name in ("stdout", "stderr", "stdin", "where"))
    stdin.write_bytes(given)
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _become(words, folder, (stdin, out, err), where)
    _, status, used = os.wait4(child, 0)
    return Ran(
        os.waitstatus_to_exitcode(status),
        out.read_bytes(),
        err.read_bytes(),
        used.ru_utime + used.ru_stime,
        used.ru_maxrss * 1024,
        where.read_text(errors="replace"),
    )


def _become(words: Sequence[str], folder: Path, streams: tuple[Path, Path, Path], where: Path) -> None:
    """Never returns: the process is the command from here on."""
    code = 70
    try:
        os.chdir(folder)
        for number, path in enumerate(streams):
            os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        told = where.open("w")
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
        for sign in (signal.SIGPROF, signal.SIGALRM):
            faulthandler.register(sign, told, all_threads=False, chain=True)
        signal.setitimer(signal.ITIMER_PROF, _MOST_COMPUTING)
        signal.alarm(_PATIENCE)
        sys.argv = ["leadline", *words]
        from leadline.__main__ import main

        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 70
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        os._exit(code)
