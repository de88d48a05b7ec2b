"""Where outputs go: what must not be lost by writing there, and what takes bytes without being replaced."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]+)")

_Identity: TypeAlias = tuple[int, int] | str


def find_taken(outputs: Sequence[str], inputs: Iterable[str]) -> str | None:
    """The first output that is an input, or an output before it: under any name, through links of either kind.

    A device or a pipe loses nothing by being written to.
    """
    taken = {_identify(path) for path in inputs}
    for path in outputs:
        identity = _identify(path)
        if identity is not None and identity in taken:
            return path
        taken.add(identity)
    return None


def _identify(path: str) -> _Identity | None:
    """What is the same for all names of a file; None for what is neither a file nor the name of a new one."""
    try:
        known = os.stat(path)
    except (OSError, ValueError):
        return os.path.realpath(path)
    return (known.st_dev, known.st_ino) if stat.S_ISREG(known.st_mode) else None


def open_directly(path: str | Path) -> int | None:
    """A descriptor that writes to a device, a pipe or an open stream; None for a file or the name of a new one.

    Those are never replaced by a file. A stream goes on where it stands, also one that leads into a file. Raises
    OSError.
    """
    stream = _stream_of(path)
    if stream is not None:
        return os.dup(stream)
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else os.open(path, os.O_WRONLY)


def is_file(path: str) -> bool:
    """Whether an output is a file or the name of a new one, which others can stand beside."""
    return _stream_of(path) is None and _identify(path) is not None


def _stream_of(path: str | Path) -> int | None:
    """The open stream that a path names, as `/dev/stdout` and `/dev/fd/3` do."""
    name = os.path.abspath(path)
    descriptor = _DESCRIPTOR.fullmatch(name)
    if os.name != "posix":
        return None
    return int(descriptor[1]) if descriptor else _STREAMS.get(name)
