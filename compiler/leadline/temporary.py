"""Folders and files for a while. Their names are known before they are made, so that no interruption leaves any."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


class TemporaryFolder:
    """A folder that only its owner may read; it is removed by `remove`, and at the latest as the process ends."""

    def __init__(self, place: str | Path | None = None) -> None:
        """Within `place`, or else where the system has what is temporary. Raises OSError where none can be made."""
        import shutil
        import tempfile

        self.path = Path(place or tempfile.gettempdir()) / f"leadline-{os.urandom(16).hex()}"
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        self.path.mkdir(mode=0o700)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *error: object) -> None:
        self.remove()


_LONGEST_STEM, _LONGEST_SUFFIX = 40, 12
"""Characters of a name that tell whose file it is; a whole name may be as long as names can be."""


@contextmanager
def put_in_place(target: Path, like: Path | None = None) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file beside a target, opened, under a name that ends like it; it takes the target's place at the end.

    It gets the mode of `like`, or else of the target, where there is one. Where anything is raised it is removed, and
    nothing has happened to the target. Raises OSError for what cannot be written.
    """
    suffix = target.suffix if len(target.suffix) <= _LONGEST_SUFFIX else ""
    path = target.parent / f".{target.name[:_LONGEST_STEM]}.{os.urandom(5).hex()}{suffix}"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            yield path, file
        model = like or target
        os.chmod(path, model.stat().st_mode & 0o7777 if model.exists() else 0o666 & ~_umask())
        os.replace(path, target)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
