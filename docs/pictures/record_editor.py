"""Records docs/editor-session.md: the editor in a real terminal (tmux), driven as a new user would.

python docs/pictures/record_editor.py
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tmux_desk import Tmux

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_PAGE = _ROOT / "docs" / "editor-session.md"
_ROOMS = ("grammars", "dsl", "compiler", "tui")
_LEADS = "--contacts contacts.csv --events events.csv --as-of 2024-03-31"


class Page:
    """A page of words and of screens."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._screens = 0

    def say(self, words: str) -> None:
        self._parts.append(words)

    def show(self, screen: str) -> None:
        self._screens += 1
        rows = "\n".join(row.rstrip() for row in screen.split("\n"))
        self._parts.append(f"```text file=screen-{self._screens}.txt\n{rows}\n```")

    def write(self) -> None:
        _PAGE.write_text("\n\n".join(self._parts) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Plays the session and writes the page."""
    page = Page()
    page.say(
        "# The editor, screen by screen\n\n"
        "A session in a terminal of 80 columns and 24 rows, and then in a larger one, as "
        "[record_editor.py](pictures/record_editor.py) drove it through tmux. What can be done stands in "
        "[Commands](commands.md#edit)."
    )
    with tempfile.TemporaryDirectory(prefix="editor", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path in (_ROOT / "examples" / "leadforge").iterdir():
            if path.is_file():
                shutil.copy(path, folder / path.name)
        _make_command(folder)
        with Tmux((80, 24), folder, _environment(folder)) as tmux:
            _first_lesson(tmux, page)
            _leads(tmux, page)
            _small(tmux, page)
            _recovery(tmux, page, folder)
    page.write()


def _make_command(folder: Path) -> None:
    """`leadline` as a command of this checkout."""
    command = folder / ".bin" / "leadline"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leadline "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": os.pathsep.join(str(_ROOT / room) for room in _ROOMS),
        "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "XDG_STATE_HOME": str(folder / ".state"),
        "TEXTUAL_ANIMATIONS": "none",
        "TZ": "UTC",
    }


def _first_lesson(tmux: Tmux, page: Page) -> None:
    page.say("## Without any file\n\n`leadline edit` alone opens a small model that is a lesson.")
    tmux.type("leadline edit\n")
    page.show(tmux.wait("A first lesson", "of 5"))
    page.say("F8 goes to the next problem. The line below the text says what is wrong and what to do about it.")
    tmux.press("F8")
    page.show(tmux.wait("F7 puts it right"))
    page.say("F7 does it. The same line now says what this rule gives the pinned contact, and why.")
    tmux.press("F7")
    page.show(tmux.wait('or (country is "KR"', "for kim@"))
    page.say("F4 tells why the contact has its points, and once more what becomes of them if nothing happens.")
    tmux.press("F4")
    tmux.wait("Why kim@", "Points 5")
    tmux.press("F4")
    page.show(tmux.wait("over time", "today", "If nothing happens"))
    tmux.press("C-q")
    tmux.wait("Discard the changes")
    page.say("Nothing is lost by a slip: leaving asks.")
    page.show(tmux.screen())
    tmux.press("d")
    tmux.wait("$", gone="Discard")
    tmux.type("clear\n")


def _leads(tmux: Tmux, page: Page) -> None:
    page.say(
        f"## A thousand contacts\n\n`leadline edit rules.lead {_LEADS}`, in `examples/leadforge`; now with 120 columns "
        "and 36 rows."
    )
    tmux.resize(120, 36)
    tmux.type(f"leadline edit rules.lead {_LEADS}\n")
    page.show(tmux.wait("Contacts 1,000", "364"))
    page.say(
        "A rule is broken: an event is misspelt. It is told at once; until it is put right the last scores stay, and "
        "it is said that they are old."
    )
    tmux.press("C-f")
    tmux.wait("^R Replace")
    tmux.type("webinar,")
    tmux.wait("1 of 1")
    tmux.press("Escape")
    tmux.type("webniar,")
    page.show(tmux.wait("did you mean `webinar`", "1 error"))
    page.say("F7 puts it right.")
    tmux.press("F7")
    tmux.wait("for each webinar,", "First in the morning 225", gone="1 error")
    page.say(
        "The first contact is pinned: 26 points, Keep warm. One digit more for its revenue, and it crosses a line "
        "while that is typed; the effect tells who else does, and how the points of all spread."
    )
    tmux.press("C-g")
    tmux.wait("number, or part")
    tmux.type("37\n")
    tmux.wait("line 37 of", gone="number, or part")
    tmux.press("Right", "Right", "Right", "Right", "Right")
    tmux.type("1")
    page.show(tmux.wait("26 → 36", "Keep warm → Work it", "Why lead_000001 is Work it"))
    page.say("F4 tells why it has its points, F5 what becomes of all of them.")
    tmux.press("F4")
    tmux.wait("Why lead_000001 is Work it", "Enter To the rule")
    tmux.press("F5")
    page.show(tmux.wait("change their stage", "saved ▄ now"))
    _what_if(tmux, page)
    page.say("Ctrl+S saves. F9 compiles for a service: the expectations have been run, and the command does the same.")
    tmux.press("Escape", "C-s")
    tmux.wait("saved", gone="rules.lead •")
    tmux.press("F9")
    page.show(tmux.wait("expectations", "leadline compile rules.lead"))
    tmux.press("Enter")
    page.say("Enter, and once more since not all of them hold any more, writes it.")
    tmux.wait("Enter once more")
    tmux.press("Enter")
    page.show(tmux.wait("built rules.plan.json"))


def _what_if(tmux: Tmux, page: Page) -> None:
    page.say("Ctrl+T asks what if: another value, one event more, another day. Score, stage and reasons move at once.")
    tmux.press("F4", "C-t")
    tmux.wait("What if lead_000001")
    tmux.type("revenue = $200M+\n")
    tmux.wait("what if lead_000001")
    tmux.type("+sales_demo outcome=demo_completed 60d\n")
    page.show(tmux.wait("revenue = $200M+ · +sales_demo", "Saw the demo"))
    page.say("`keep` makes an expectation of it, in the sample file beside the rules; the rest of that file stays.")
    tmux.type("keep\n")
    tmux.wait("Keep the case")
    tmux.press("Enter")
    page.show(tmux.wait('kept as "lead_000001"'))
    tmux.type("clear\n")
    tmux.wait("as it is", gone="what if lead")


def _small(tmux: Tmux, page: Page) -> None:
    page.say("## In less room\n\n80 columns and 24 rows:")
    tmux.press("F2")
    tmux.resize(80, 24)
    page.show(tmux.wait("line 37", "^S Save", gone="built"))
    page.say("60 columns and 15 rows:")
    tmux.resize(60, 15)
    page.show(tmux.wait("line 37", "F2 Rules"))
    tmux.resize(80, 24)
    tmux.wait("line 37", "^Q Quit")


def _recovery(tmux: Tmux, page: Page, folder: Path) -> None:
    page.say("## Killed, and nothing lost\n\nSomething is typed and not saved; then the process gets SIGTERM.")
    tmux.type("0")
    tmux.wait("rules.lead •")
    process = subprocess.run(
        ["pgrep", "-P", str(tmux.pane_process())], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    os.kill(int(process), signal.SIGTERM)
    screen = tmux.wait("$", gone="F2 Rules")
    tmux.type("ls -A | grep unsaved\n")
    page.show(tmux.wait(".rules.lead.unsaved"))
    assert "Traceback" not in screen
    page.say("The next start offers it.")
    tmux.type(f"clear; leadline edit rules.lead {_LEADS}\n")
    page.show(tmux.wait("Recover it"))
    tmux.press("r")
    page.say("R brings it back, unsaved.")
    page.show(tmux.wait("rules.lead •", "36 → 126", gone="Recover it"))
    tmux.press("C-q")
    tmux.wait("Discard")
    tmux.press("d")
    tmux.wait("$", gone="Discard")


if __name__ == "__main__":
    main()
