"""A terminal of its own, by tmux: keys are pressed, and what stands on the screen is read."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

_PATIENCE = 25.0
_AFTER_ESCAPE = 0.5


class Tmux:
    """A tmux server with one session, ended with `with`. It reads nobody's settings."""

    def __init__(self, size: tuple[int, int], folder: Path, environment: Mapping[str, str]) -> None:
        self._name = f"leadline-{folder.name}"
        columns, rows = size
        # The shell gets what the server was started with.
        self._environment = {**os.environ, **environment}
        self._run("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(folder), "sh")
        self._run("set-option", "-g", "window-size", "manual")
        self.type("PS1='$ '; clear\n")
        self.wait("$")

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("kill-server")

    def type(self, text: str) -> None:
        """Types a text; line ends are Enter."""
        for line in text.splitlines(keepends=True):
            if line.rstrip("\n"):
                self._run("send-keys", "-l", "--", line.rstrip("\n"))
            if line.endswith("\n"):
                self.press("Enter")

    def press(self, *keys: str) -> None:
        """Presses keys by tmux's names for them."""
        for key in keys:
            self._run("send-keys", key)
            if key == "Escape":
                # What follows at once would be read as one key with it.
                time.sleep(_AFTER_ESCAPE)

    def resize(self, columns: int, rows: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self, *, with_colours: bool = False) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-p", *(["-e"] if with_colours else [])).rstrip("\n")

    def pane_process(self) -> int:
        """The number of the shell's process."""
        return int(self._run("display-message", "-p", "#{pane_pid}"))

    def wait(self, *wanted: str, gone: str = "") -> str:
        """Waits until texts are on the screen, and one is not, and nothing changes any more; answers the screen."""
        end = time.monotonic() + _PATIENCE
        before = ""
        while time.monotonic() < end:
            time.sleep(0.3)
            found = self.screen()
            flat = " ".join(found.split())
            is_there = all(text in flat for text in wanted) and not (gone and gone in flat)
            if is_there and found == before:
                return found
            before = found
        raise SystemExit(f"{wanted} did not come; the screen is\n{before}")

    def _run(self, *words: str) -> str:
        command = ["tmux", "-L", self._name, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=self._environment).stdout
