"""Scores many contacts with their events from Parquet files, beside a floor and what a query written by hand takes.

    python benchmarks/batch.py --contacts 100000 --rules 25 250 2500 --rounds 3

The floor is DuckDB reading the same columns and bringing the events together by contact. The queries are those that a
person would write, one for all rules, in DuckDB and in Polars; both are left out with `--only batch`. Figures are
seconds of CPU of a process with all its threads and children, medians of interleaved rounds; memory is the largest sum
over the processes, shared pages counted once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from workload.rules_text import write_rules
from workload.specs import draw_specs
from workload.tables import write_tables

_HERE = Path(__file__).parent
_AS_OF = "2026-11-21T12:00Z"
_GLANCE = 0.1


@dataclass(frozen=True)
class Run:
    """CPU seconds, seconds of the clock, MiB at the most."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    """Prints a table of medians and of ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--rules", type=int, nargs="+", default=[25, 250, 2500])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=("batch", "rules", "duckdb", "polars"), default=["batch"])
    parser.add_argument("--data", type=Path, help="a folder to keep the data in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leadline-batch-") as folder:
        data = (options.data or Path(folder)) / f"contacts-{options.contacts}"
        if not data.exists():
            write_tables(data, options.contacts)
        for rules in options.rules:
            _measure_all(data, rules, options.only, options.rounds, Path(folder))


def _measure_all(data: Path, rules: int, wanted: list[str], rounds: int, folder: Path) -> None:
    path = folder / f"rules-{rules}.lead"
    path.write_text(write_rules(draw_specs(rules)), encoding="utf-8")
    commands = {"floor": _program("floor", data, rules), **{name: _command(name, data, rules, path) for name in wanted}}
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(_run(command))
    print(f"{rules} rules, {data.name}")
    floors = [run.cpu for run in found["floor"]]
    for name, runs in found.items():
        times = statistics.median(run.cpu / floor for run, floor in zip(runs, floors, strict=True))
        cpu, wall = (statistics.median(getattr(run, what) for run in runs) for what in ("cpu", "wall"))
        memory = max(run.memory for run in runs)
        print(f"  {name:8} {cpu:8.2f} s CPU {wall:8.2f} s wall {memory:7.0f} MiB   x floor {times:6.2f}", flush=True)


def _command(name: str, data: Path, rules: int, path: Path) -> list[str]:
    if name not in ("batch", "rules"):
        return _program(name, data, rules)
    files = ["--contacts", str(data / "contacts.parquet"), "--events", str(data / "events.parquet")]
    more = ["--no-rules"] if name == "batch" else []
    output = ["--format", "parquet", "--output", str(path.with_suffix(".parquet"))]
    command = [sys.executable, "-m", "leadline", "score", str(path), *files, "--as-of", _AS_OF]
    return [*command, "--engine", "batch", *more, *output]


def _program(name: str, data: Path, rules: int) -> list[str]:
    return [sys.executable, str(_HERE / "queries" / f"{name}.py"), str(data), str(rules)]


def _run(command: list[str]) -> Run:
    """Runs a program to its end."""
    started, most = time.monotonic(), 0.0
    before = os.times()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(_GLANCE)
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}: {' '.join(command)}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(cpu, time.monotonic() - started, most)


def _memory(process: int) -> float:
    """MiB of a process and its children."""
    total = 0.0
    for number in (process, *_children(process)):
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return total


def _children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(number) for number in text.split()]


if __name__ == "__main__":
    main()
