"""A real terminal line: a program runs on it, keys are sent as bytes, and what it writes is read as bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).parents[2]
_QUIET = 0.4
_LONGEST = 60.0


def _take_terminal() -> None:
    """Makes the terminal that of the program, so that it is told when the terminal goes away."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """Runs Python with arguments on a terminal of a size; used with `with`, which ends what still runs."""

    def __init__(self, args: Sequence[str], size: tuple[int, int] = (80, 24), **environment: str) -> None:
        self._near, far = pty.openpty()
        columns, rows = size
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        roots = [str(_ROOT / room) for room in ("grammars", "dsl", "compiler", "tui", "tests")]
        plain = {key: value for key, value in os.environ.items() if key not in ("COLORTERM", "NO_COLOR", "TMUX")}
        known = {"TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(roots), "TEXTUAL_ANIMATIONS": "none"}
        self.process = subprocess.Popen(
            [sys.executable, *args],
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
            preexec_fn=_take_terminal,
            env={**plain, **known, **environment},
        )
        os.close(far)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._near >= 0:
            os.close(self._near)

    def send(self, keys: bytes) -> None:
        """Presses keys, all at once."""
        os.write(self._near, keys)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """The terminal goes away, as when a window is closed or a line breaks."""
        os.close(self._near)
        self._near = -1

    def read(self, until: bytes = b"", quiet: float = _QUIET) -> bytes:
        """What the program writes, up to a text that must come, and until it has been quiet for a while."""
        found = b""
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            ready, _, _ = select.select([self._near], [], [], quiet)
            if ready:
                try:
                    chunk = os.read(self._near, 65536)
                except OSError:
                    chunk = b""
                if not chunk:
                    break
                found += chunk
            elif not until or until in found:
                break
        assert until in found, f"{until!r} did not come; the last was {found[-2000:]!r}"
        return found

    def read_to(self, text: bytes = b"") -> float:
        """Reads until a text comes, or anything at all; answers the seconds that it took."""
        found, begun = b"", time.monotonic()
        while text not in found or not found:
            ready, _, _ = select.select([self._near], [], [], _LONGEST)
            assert ready, f"{text!r} did not come; the last was {found[-2000:]!r}"
            found += os.read(self._near, 65536)
        return time.monotonic() - begun

    def wait(self) -> int:
        """The exit code, once the program has ended; what it still writes is read and left."""
        self.read()
        return self.process.wait(timeout=_LONGEST)
