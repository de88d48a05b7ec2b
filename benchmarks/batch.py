"""Scores many contacts with their events from Parquet files, beside a floor and what a query written by hand takes.

    python benchmarks/batch.py --contacts 100000 --rules 25 250 2500 --rounds 3

The floor is DuckDB reading the same columns and bringing the events together by contact. The queries are those that a
person would write, one for all rules, in DuckDB and in Polars; they take minutes for 2,500 rules and more than 100,000
contacts. `--only batch` leaves them out, `--only rules` also tells which rules fired. Whatever is run must give each
contact the same total, stage and grade. Figures are seconds of CPU of a process with all its threads and children,
medians of interleaved rounds; memory is the largest sum over the processes, shared pages counted once.
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

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from workload.rules_text import write_rules
from workload.specs import draw_specs
from workload.tables import write_tables

_HERE = Path(__file__).parent
_AS_OF = "2026-11-21T12:00Z"
_GLANCE = 0.1
_BESIDE = ("floor", "duckdb", "polars")
_QUERIES = {"duckdb": "naive_duckdb", "polars": "naive_polars"}


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
    parser.add_argument("--only", nargs="+", choices=("batch", "rules", *_QUERIES), default=["batch", *_QUERIES])
    parser.add_argument("--data", type=Path, help="a folder to keep the data in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leadline-batch-") as folder:
        data = (options.data or Path(folder)) / f"contacts-{options.contacts}"
        if not data.exists():
            write_tables(data, options.contacts)
        # Modules are compiled before anything is measured, as an installation does.
        _run([sys.executable, "-m", "leadline", "score", "--help"])
        _run([sys.executable, "-c", "import leadline.batch.run, leadline.batch.stages, leadline.commands.score"])
        for rules in options.rules:
            _measure_all(data, rules, options.only, options.rounds, Path(folder))


def _measure_all(data: Path, rules: int, wanted: list[str], rounds: int, folder: Path) -> None:
    path = folder / f"rules-{rules}.lead"
    path.write_text(write_rules(draw_specs(rules)), encoding="utf-8")
    outputs = {name: folder / f"{name}-{rules}.parquet" for name in wanted}
    commands = {"floor": _program("floor", data)}
    for name, output in outputs.items():
        query = _QUERIES.get(name)
        commands[name] = _program(query, data, rules, output) if query else _command(name, data, path, output)
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(_run(command))
    _compare(list(outputs.values()))
    print(f"{rules} rules, {data.name}, load of the machine {os.getloadavg()[0]:.1f}")
    for name, runs in found.items():
        cpu, wall = (statistics.median(getattr(run, what) for run in runs) for what in ("cpu", "wall"))
        memory = max(run.memory for run in runs)
        times = "".join(f"   x {other} {_ratio(runs, found[other]):6.2f}" for other in found if other in _BESIDE)
        print(f"  {name:8} {cpu:8.2f} s CPU {wall:8.2f} s wall {memory:7.0f} MiB{times}", flush=True)


def _ratio(runs: list[Run], others: list[Run]) -> float:
    return statistics.median(run.cpu / other.cpu for run, other in zip(runs, others, strict=True))


def _compare(outputs: list[Path]) -> None:
    """Ends with an error where one gives other results than the first."""
    first, *others = map(_results, outputs)
    for path, other in zip(outputs[1:], others, strict=True):
        if not first.equals(other):
            raise SystemExit(f"{path.stem} and {outputs[0].stem} give different results")


def _results(path: Path) -> pa.Table:
    table = pq.read_table(path).sort_by("id")
    is_by_query = "is_out" in table.column_names
    points = table["total"].cast(pa.float64())
    thousandths = pc.round(points if is_by_query else pc.multiply(points, 1000)).cast(pa.int64())
    grade = table["grade" if is_by_query else "grade_fit"].cast(pa.string())
    texts = [table[name].cast(pa.string()) for name in ("id", "stage")]
    return pa.table([*texts, grade, thousandths], ["id", "stage", "grade", "total"])


def _command(name: str, data: Path, rules: Path, output: Path) -> list[str]:
    files = ["--contacts", str(data / "contacts.parquet"), "--events", str(data / "events.parquet")]
    more = ["--no-rules"] if name == "batch" else []
    command = [sys.executable, "-m", "leadline", "score", str(rules), *files, "--as-of", _AS_OF]
    return [*command, "--engine", "batch", *more, "--format", "parquet", "--output", str(output)]


def _program(name: str, *arguments: object) -> list[str]:
    return [sys.executable, str(_HERE / "queries" / f"{name}.py"), *map(str, arguments)]


def _run(command: list[str]) -> Run:
    """Runs a program to its end."""
    started, most = time.monotonic(), 0.0
    before = os.times()
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(_GLANCE)
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}: {' '.join(command)}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(cpu, time.monotonic() - started, most)


def _environment() -> dict[str, str]:
    """That of this process, with a place for compiled modules that nothing switches off."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [*(str(_HERE.parent / room) for room in ("grammars", "dsl", "compiler")), kept.get("PYTHONPATH", "")]
    cache = str(Path(tempfile.gettempdir()) / "leadline-compiled")
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONPYCACHEPREFIX": cache}


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
