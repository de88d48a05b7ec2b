"""Starting the editor, or saying why it cannot be started."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

from leadline.sources import RulesError


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `as_of` is a day or a time as written."""

    rules: str | None = None
    contacts: str | None = None
    events: str | None = None
    as_of: str | None = None
    mouse: bool = True


def run(options: Options) -> int:
    """Runs the editor until it is left; the exit code. 2 where it cannot be started, with one sentence why."""
    refusal = _refusal()
    if refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 2
    from leadline_tui.session.opening import open_session

    try:
        now = time.time_ns() // 1000
        session = open_session(options.rules, options.contacts, options.events, options.as_of, now)
    except RulesError as error:
        print(f"error: {error.message}", file=sys.stderr)
        return 2
    from leadline_tui.app import LeadlineApp

    # Checks run in a thread beside the screen: it is to be let in often enough for keys to be felt at once.
    sys.setswitchinterval(0.0005)
    app = LeadlineApp(session)
    app.run(mouse=options.mouse)
    return app.return_code or 0


def _refusal() -> str:
    """Why the editor cannot be started here; empty where it can."""
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout) and _is_terminal(sys.stderr)):
        return "the editor needs a terminal: `leadline check`, `leadline score` and `leadline explain` work without"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown") and os.name != "nt":
        return (
            f"this terminal cannot show the editor (TERM={os.environ.get('TERM', '')}): "
            "`leadline check`, `leadline score` and `leadline explain` work in it"
        )
    return ""


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
