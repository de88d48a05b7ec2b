"""Measures how fast rules become a scorer, from their text and from a model that was read before, and prints a table.

    python benchmarks/compile_speed.py --rounds 5

Figures are CPU milliseconds in a process of their own, in which a small model was compiled before, so that no time of
loading is in them. Ends with exit code 1 where a figure that must hold does not in any round.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from check_speed import Figure, print_table
from workload.rules_text import write_rules
from workload.specs import draw_specs

_ROOT = Path(__file__).parents[1]
_ROOMS = ("grammars", "dsl", "compiler")
_MUSTS = {25: (20, 5), 250: (80, 10), 2_500: (800, 60), 10_000: (3_200, 250)}
"""The most milliseconds by the number of rules: from the text, and from a model."""
_OTHER_SEED = 99


def main() -> None:
    """Prints the table; exit code 1 if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once is not None:
        print(*compile_once(options.once))
        return
    figures = [figure for rules in _MUSTS for figure in measure(rules, max(1, options.rounds))]
    print_table(figures, 1)
    sys.exit(0 if all(figure.holds(1) for figure in figures) else 1)


def measure(rules: int, rounds: int) -> list[Figure]:
    """The figures of so many rules."""
    told = [_run(rules).split() for _ in range(rounds)]
    texts, models = (tuple(map(float, column)) for column in zip(*told, strict=True))
    of_text, of_model = _MUSTS[rules]
    return [
        Figure(f"from text, {rules:,} rules, ms", texts, of_text),
        Figure(f"from a model, {rules:,} rules, ms", models, of_model),
    ]


def _run(rules: int) -> str:
    command = [sys.executable, __file__, "--once", str(rules)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(_ROOT / room) for room in _ROOMS)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def compile_once(rules: int) -> tuple[float, float]:
    """Milliseconds from the text of so many rules to a scorer, and from their model."""
    import leadline
    from leadline.scorer import Scorer

    def seconds(text: str) -> tuple[float, float]:
        start = time.process_time()
        model = leadline.check(text).model
        read = time.process_time()
        if model is None:
            raise SystemExit("the rules have errors, so there is nothing to measure")
        Scorer(model)
        end = time.process_time()
        return end - start, end - read

    seconds(write_rules(draw_specs(25, seed=_OTHER_SEED)))
    whole, after = seconds(write_rules(draw_specs(rules)))
    return whole * 1000, after * 1000


if __name__ == "__main__":
    main()
