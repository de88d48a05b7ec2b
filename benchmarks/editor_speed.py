"""How quick the editor is, on a terminal of 200 columns and 50 rows.

    python benchmarks/editor_speed.py                all of it
    python benchmarks/editor_speed.py start press    some: start, press, answer, press_while_busy

Processor time where the machine's other work would disturb a clock, and the clock where somebody waits. It fails where
a figure is twice what it should be.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(_ROOT / room) for room in ("tests", "tui", "compiler", "dsl", "grammars")]

from make_data import make_contacts, make_events  # noqa: E402
from make_rules import make_rules  # noqa: E402

from stage.terminal import Terminal  # noqa: E402

_SIZE = (200, 50)
_ROUNDS = 5
_KEYS, _PAGES = 40, 20
_BUSY_KEYS, _BUSY_PAUSE = 120, 0.03
_EVENTS = 5
_UP_TO_PAINT = """
import sys, time
def hook():
    from leadline_tui import app
    shown = app.LeadlineApp._display
    def display(self, screen, renderable):
        shown(self, screen, renderable)
        if renderable is not None and not hasattr(self, "told"):
            self.told = True
            open(told, "w").write(str(time.process_time()))
    app.LeadlineApp._display = display
told = sys.argv.pop()
from leadline_tui import run
begin = run._refusal
run._refusal = lambda: hook() or begin()
from leadline.__main__ import main
sys.argv[0] = "leadline"
main()
"""
_STAGE = 'stage "Everybody" when total >= -10000\n'
_ALL_IN, _ALL_OUT = b"no contact changes its stage", "{0:,} of {0:,} change their stage"
_RIGHT, _LEFT, _DOWN, _UP, _PAGE_DOWN, _DELETE = b"\x1b[C", b"\x1b[D", b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[3~"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in its unit; `must` is what it should be at most."""

    what: str
    value: float
    must: float | None = None


def main() -> None:
    """Measures, prints, and fails where something takes twice as long as it should."""
    figures: list[Figure] = []
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for measure in _MEASURES:
            if sys.argv[1:] and measure.__name__.strip("_") not in sys.argv[1:]:
                continue
            for figure in measure(Path(folder)):
                must = "" if figure.must is None else f"   at most {figure.must:,g}"
                print(f"{figure.what:<66}{figure.value:>9,.1f}{must}", flush=True)
                figures.append(figure)
    if any(figure.must is not None and figure.value > 2 * figure.must for figure in figures):
        sys.exit("a figure is twice what it should be")


@contextmanager
def _edit(*words: str | Path, probe: str = "") -> Iterator[Terminal]:
    """The editor on a terminal, from modules that are compiled, as those of an installation are."""
    compiled = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "leadline-compiled"),
    }
    program = ["-c", probe, "edit"] if probe else ["-m", "leadline", "edit"]
    with Terminal([*program, *map(str, words)], _SIZE, **compiled) as terminal:
        terminal.read(until=b"Benchmark", quiet=1.5)
        yield terminal
        terminal.send(b"\x11")
        terminal.read()
        terminal.send(b"d")
        terminal.wait()


def _write(folder: Path, rules: int, contacts: int) -> tuple[Path, Path, Path]:
    """Rules with a stage that everybody is in, and contacts with five events each."""
    made = folder / f"{rules}.lead", folder / f"{contacts}.csv", folder / f"{contacts}-events.csv"
    head, _, _ = make_rules(rules).partition("\nstage")
    made[0].write_text(f"{head}\n{_STAGE}", encoding="utf-8")
    with made[1].open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("record_id", "email", "title", "employees", "country"))
        rows.writerows(cells[:5] for cells in make_contacts(contacts, 1, 0.0))
    with made[2].open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("contact", "event", "at", "path", "seconds", "campaign", "machine_open", "form", "id"))
        rows.writerows(make_events(contacts, _EVENTS * contacts, 1, 0.0))
    return made


def _start(folder: Path) -> Iterator[Figure]:
    """Processor time from the start of Python to the first paint, as `leadline edit` starts."""
    for contacts, must in ((1_000, 600), (10_000, 800)):
        rules, data, events = _write(folder, 100, contacts)
        told, found = folder / "told", []
        for _ in range(_ROUNDS + 1):
            with _edit(rules, "--contacts", data, "--events", events, told, probe=_UP_TO_PAINT):
                found.append(float(told.read_text()))
        yield Figure(f"first paint with {contacts:,} contacts, ms of CPU", median(found[1:]) * 1000, must)


def _press(folder: Path) -> Iterator[Figure]:
    """Keys that type, and those that turn pages; the pause after which the text is checked does not come."""
    rules, data, events = _write(folder, 2_000, 1_000)
    with _edit(rules, "--contacts", data, "--events", events) as terminal:
        terminal.send(_DOWN * 45 + b"\x1b[F # ")
        terminal.read(quiet=4.0)
        process, sent = terminal.process.pid, 0
        before = _seconds(process)
        for index in range(_KEYS):
            terminal.send(b"abcdefghij"[index % 10 : index % 10 + 1])
            sent += len(terminal.read(quiet=0.05))
        took = _seconds(process) - before
        yield Figure("a key in 2,000 lines, ms of CPU", took / _KEYS * 1000, 20)
        yield Figure("bytes sent for a key in 2,000 lines", sent / _KEYS, 8_000)
        terminal.read(quiet=6.0)
        before = _seconds(process)
        for _ in range(_PAGES):
            terminal.send(_PAGE_DOWN)
            terminal.read(quiet=0.05)
        yield Figure("a page of scrolling, ms of CPU", (_seconds(process) - before) / _PAGES * 1000, 50)


def _answer(folder: Path) -> Iterator[Figure]:
    """From a key to the scores of all contacts on the screen, by the clock."""
    rules, data, events = _write(folder, 100, 1_000)
    found = []
    with _edit(rules, "--contacts", data, "--events", events) as terminal:
        _go_to_the_threshold(terminal)
        for _ in range(_ROUNDS):
            found += [_throw_all_out(terminal, 1_000), _take_all_in(terminal)]
    yield Figure("1,000 contacts and 100 rules: scores after a key, ms", median(found) * 1000, 300)
    yield Figure("the same at worst, ms", max(found) * 1000)


def _press_while_busy(folder: Path) -> Iterator[Figure]:
    """From a key to what it changes on the screen, by the clock, while all contacts are scored anew."""
    rules, data, events = _write(folder, 100, 10_000)
    found: list[float] = []
    with _edit(rules, "--contacts", data, "--events", events) as terminal:
        terminal.read(quiet=5.0)
        _go_to_the_threshold(terminal)
        is_out = False
        while len(found) < _BUSY_KEYS:
            terminal.send(b"-" + _LEFT if is_out else _DELETE)
            is_out = not is_out
            terminal.read(quiet=0.2)
            for key in (_LEFT, _RIGHT) * 10:
                terminal.send(key)
                found.append(terminal.read_to())
                terminal.read(quiet=_BUSY_PAUSE)
        seconds = _throw_all_out(terminal, 10_000) if not is_out else _take_all_in(terminal)
    found.sort()
    yield Figure("10,000 contacts: a key while they are scored, p95, ms", found[len(found) * 95 // 100] * 1000, 50)
    yield Figure("the same at worst, ms", found[-1] * 1000, 150)
    yield Figure("10,000 contacts and 100 rules: scores after a key, ms", seconds * 1000)


def _go_to_the_threshold(terminal: Terminal) -> None:
    """Puts the cursor in front of the minus sign of the last line."""
    terminal.send(b"\x1b[1;5F" + _UP + b"\x1b[F" + _LEFT * 6)
    terminal.read(quiet=0.5)


def _throw_all_out(terminal: Terminal, contacts: int) -> float:
    terminal.send(_DELETE)
    seconds = terminal.read_to(_ALL_OUT.format(contacts).encode())
    terminal.read(quiet=0.3)
    return seconds


def _take_all_in(terminal: Terminal) -> float:
    terminal.send(b"-")
    seconds = terminal.read_to(_ALL_IN)
    terminal.read(quiet=0.3)
    terminal.send(_LEFT)
    terminal.read(quiet=0.3)
    return seconds


def _seconds(process: int) -> float:
    """Processor seconds of a process so far, as Linux tells them."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_MEASURES = (_start, _press, _answer, _press_while_busy)

if __name__ == "__main__":
    main()
