"""No input of up to a megabyte makes a command print a traceback, or take over ten seconds or a gibibyte.

`LEADLINE_CASES` sets how many cases are run, `LEADLINE_SEED` which ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_CASES = int(os.environ.get("LEADLINE_CASES", "540"))
_SEED = int(os.environ.get("LEADLINE_SEED", "1"))
_WORKERS = 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each case runs in a process of its own, made by fork")
def test_no_input_makes_a_command_fall_over_or_hang() -> None:
    sources = os.pathsep.join(str(_ROOT / room) for room in ("grammars", "dsl", "compiler", "tests"))
    environment = {**os.environ, "PYTHONPATH": sources, "PYTHONHASHSEED": "0"}
    environment.pop("LEADLINE_DEBUG", None)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "hostile.worker", str(_SEED), str(first), str(_WORKERS), str(many)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first, many in enumerate(-(-(_CASES - first) // _WORKERS) for first in range(_WORKERS))
    ]
    told = [json.loads(line) for worker in workers for line in worker.communicate()[0].splitlines()]
    broken = [item for item in told if "faults" in item]
    assert broken == [], "\n".join(
        f"PYTHONPATH=grammars:dsl:compiler:tests python -m hostile.worker {_SEED} {item['number']} 1 1 --keep /tmp/case"
        for item in broken
    )
    assert sum(item["ran"] for item in told) == _CASES
