"""Measures how fast rules are checked, prints a table, and fails where a figure that must hold does not.

    python benchmarks/check_speed.py --rounds 5

Figures are medians of CPU seconds, user and system, the start of the process included. What must hold is judged by the
fastest round, because other work on the machine makes a round slower and never faster; `--slack 2` lets it be twice as
slow. A command that claims nothing is run once. Modules are compiled before the first round, as an installation does.
`again` is the check of a text of which one line changed. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from make_rules import make_rules

_ROOT = Path(__file__).parents[1]
_ROOMS = ("grammars", "dsl", "compiler", "tui")
_SMALL = _ROOT / "examples" / "saas-trial" / "rules.lead"
_CHANGED_LINES = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `must` is the most CPU seconds, or with `at_least` the least ratio; None: no claim."""

    what: str
    values: tuple[float, ...]
    must: float | None = None
    at_least: bool = False

    @property
    def middle(self) -> float:
        return median(self.values)

    def holds(self, slack: float) -> bool:
        """Whether it does in the best round, on a machine that may be so many times slower."""
        if self.must is None:
            return True
        if self.at_least:
            return max(self.values) >= self.must / slack
        return min(self.values) < self.must * slack


def main() -> None:
    """Prints the table; exit code 1 if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slack", type=float, default=1, help="how many times slower the machine may be")
    parser.add_argument("--again", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--proofs", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.proofs is not None:
        print(*prove_again(options.proofs.read_text(encoding="utf-8")))
        return
    if options.again is not None:
        print(*check_again(options.again.read_text(encoding="utf-8")))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), max(1, options.rounds))
    print_table(figures, options.slack)
    sys.exit(0 if all(figure.holds(options.slack) for figure in figures) else 1)


def measure(folder: Path, rounds: int) -> list[Figure]:
    """Every figure; the rules files are written into the folder."""
    files = {rules: folder / f"{rules}.lead" for rules in (25, 250, 2_500, 10_000)}
    for rules, path in files.items():
        path.write_text(make_rules(rules), encoding="utf-8")
    small = f"check {_SMALL.relative_to(_ROOT).as_posix()}"
    _cpu_seconds(["check", str(files[250])])
    figures = [
        _command("--version", ["--version"], rounds, 0.3),
        _command(small, ["check", str(_SMALL)], rounds, 0.3),
    ]
    for rules, must in ((25, None), (250, None), (2_500, 2.0), (10_000, 8.0)):
        words = ["check", "--only", "LL1,LL2", str(files[rules])]
        figures.append(_command(f"check --only LL1,LL2, {rules:,} rules", words, rounds, must))
    for rules, must in ((250, 3.0), (2_500, 30.0), (10_000, None)):
        figures.append(_command(f"check, {rules:,} rules", ["check", str(files[rules])], rounds, must))
    figures += _proofs("250", files[250], rounds, 0.3, 0.1)
    figures += _proofs("2,500", files[2_500], rounds, 6.0, None)
    return [*figures, *_again(files[2_500], rounds)]


def _command(what: str, words: Sequence[str], rounds: int, must: float | None) -> Figure:
    """A command's figure; it is run once where nothing is claimed of it."""
    return Figure(what, tuple(_cpu_seconds(words) for _ in range(1 if must is None else rounds)), must)


def _cpu_seconds(words: Sequence[str]) -> float:
    command = [sys.executable, "-m", "leadline", *words]
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"it failed, so there is nothing to measure: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def _environment() -> dict[str, str]:
    """That of this process, with the source roots, and with a place for compiled modules that nothing switches off."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(str(_ROOT / room) for room in _ROOMS),
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "leadline-compiled"),
    }


def _again(path: Path, rounds: int) -> list[Figure]:
    """The first check in a process and those after one changed line, each process with texts it has never seen."""
    command = [sys.executable, __file__, "--again", str(path)]
    firsts, agains = [], []
    for _ in range(rounds):
        told = subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True).stdout
        first, *again = map(float, told.split())
        firsts.append(first)
        agains.append(median(again))
    ratios = tuple(first / again for first, again in zip(firsts, agains, strict=True))
    return [
        Figure("leadline.check, 2,500 rules, first", tuple(firsts)),
        Figure("leadline.check, 2,500 rules, again", tuple(agains)),
        Figure("first : again", ratios, 10, at_least=True),
    ]


def _proofs(rules: str, path: Path, rounds: int, must: float, must_again: float | None) -> list[Figure]:
    """The proofs alone: first in a process, and after one changed rule."""
    command = [sys.executable, __file__, "--proofs", str(path)]
    told = [
        subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True).stdout.split()
        for _ in range(rounds)
    ]
    return [
        Figure(f"proofs, {rules} rules, first", tuple(float(first) for first, _ in told), must),
        Figure(f"proofs, {rules} rules, again", tuple(float(again) for _, again in told), must_again),
    ]


def prove_again(text: str) -> list[float]:
    """CPU seconds that the proofs without a search add to a check: to the first, and after a rule has changed."""
    import leadline

    as_of = 1_795_305_599_999_999
    seconds = []
    for one in (text, text.replace('"Rule 10" when', '"Rule 10" when employees >= 3 and', 1)):
        leadline.check(one, as_of=as_of)
        without = _seconds_of(lambda changed: leadline.check(changed, as_of=as_of), one)
        seconds.append(
            _seconds_of(lambda changed: leadline.check(changed, as_of=as_of, logic=True, search="none"), one) - without
        )
    return seconds


def check_again(text: str) -> list[float]:
    """CPU seconds of the first check of a text, then of one check after each of a few changed lines."""
    import leadline

    seconds = [_seconds_of(leadline.check, text)]
    names = [f'"Rule {number}"' for number in range(0, 2_500, 2_500 // _CHANGED_LINES)][:_CHANGED_LINES]
    for name in names:
        if name not in text:
            raise SystemExit(f"the rules have no {name} to change")
        text = text.replace(name, f'{name[:-1]}, renamed"')
        seconds.append(_seconds_of(leadline.check, text))
    return seconds


def _seconds_of(check: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    check(text)
    return time.process_time() - start


def print_table(figures: Sequence[Figure], slack: float) -> None:
    """One line a figure: its median, its range, and what must hold."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {len(figures[0].values)} rounds")
    for figure in figures:
        must = "" if figure.must is None else f"{'at least' if figure.at_least else 'below'} {figure.must:g}"
        verdict = "" if not must else ("holds" if figure.holds(1) else "too slow" if figure.holds(slack) else "MISSED")
        spread = f"{min(figure.values):.3f} to {max(figure.values):.3f}"
        print(f"{figure.what:45} {figure.middle:8.3f}   {spread:18} {must:12} {verdict}".rstrip())


if __name__ == "__main__":
    main()
