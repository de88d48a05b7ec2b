"""What was not saved yet, kept beside the rules file, so that no crash and no closed terminal loses it."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leadline_tui.session.memory import state_folder

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """An unsaved text. `base` is the sum of the file that it began from, `at` seconds since 1970."""

    text: str
    base: str
    at: float
    is_open_elsewhere: bool


def path_of(path: str) -> Path:
    """Where the unsaved text of a rules file is kept; that of a new one with what the editor remembers."""
    if not path:
        return state_folder() / "unsaved.json"
    target = Path(os.path.realpath(path))
    return target.with_name(f".{target.name}.unsaved")


def keep(path: str, text: str, base: str, at: float) -> bool:
    """Keeps a text for later, readable by its owner alone; answers whether it could be written."""
    target = path_of(path)
    content = {
        "format": _FORMAT,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "base": base,
        "at": at,
        "text": text,
    }
    try:
        if not path:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
    except OSError:
        return False
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        return False
    return True


def find(path: str) -> Kept | None:
    """The text that an earlier run could not save; None where there is none, or it is not to be read."""
    try:
        content = json.loads(path_of(path).read_text(encoding="utf-8", errors="surrogatepass"))
        text, base, at = content["text"], content["base"], float(content["at"])
        pid, host = content["pid"], content["host"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(text, str) or not isinstance(base, str) or not isinstance(pid, int):
        return None
    return Kept(text, base, at, host == socket.gethostname() and pid != os.getpid() and _runs(pid))


def drop(path: str) -> None:
    """Forgets a kept text."""
    with suppress(OSError):
        path_of(path).unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
