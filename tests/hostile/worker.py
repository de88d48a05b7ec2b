"""Runs cases and prints those that break something, one JSON object a line, and at last how it went.

To make a case again: `PYTHONPATH=grammars:dsl:compiler:tests python -m hostile.worker SEED NUMBER 1 1 --keep FOLDER`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import tempfile
from pathlib import Path

from leadline_dsl.grammar import parser

from .cases import Case, make_case
from .child import Ran, run_command
from .verdict import faults_of


def run_case(case: Case, folder: Path, kept: Path) -> tuple[Ran, list[str]]:
    """Writes the files of a case into an empty folder and runs its command there."""
    for name, raw in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    ran = run_command(case.words, folder, case.given, kept)
    return ran, faults_of(case, ran, folder)


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name in ("seed", "first", "step", "many"):
        arguments.add_argument(name, type=int)
    arguments.add_argument("--keep", type=Path, help="leave the files of the last case in this folder")
    wanted = arguments.parse_args()
    _warm_up()
    slowest = largest = ran_all = 0.0
    for index in range(wanted.many):
        number = wanted.first + index * wanted.step
        case = make_case(wanted.seed, number)
        folder = wanted.keep or Path(tempfile.mkdtemp(prefix="hostile-"))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="hostile-said-") as said:
            ran, faults = run_case(case, folder, Path(said))
        if wanted.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"leadline {' '.join(case.words)}  # {case.title}, {ran.seconds:.1f} s, exit code {ran.code}")
        if faults:
            told = {
                "number": number,
                "title": case.title,
                "words": [word[:80] for word in case.words],
                "faults": faults,
            }
            print(json.dumps(told), flush=True)
        slowest, largest, ran_all = max(slowest, ran.seconds), max(largest, ran.memory), ran_all + 1
    print(json.dumps({"ran": int(ran_all), "slowest": round(slowest, 1), "largest": int(largest) >> 20}), flush=True)


def _warm_up() -> None:
    """Loads once what every command would load again."""
    commands = ("leadline.commands.check", "leadline.commands.fmt", "leadline.commands.score")
    for name in (*commands, "rich.table", "yaml", "ortools.sat.python.cp_model"):
        importlib.import_module(name)
    parser()


if __name__ == "__main__":
    main()
