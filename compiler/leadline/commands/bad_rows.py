"""The file of `--bad-rows`: every bad value and bad row, once, however many models meet it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from dataclasses import asdict
from typing import IO

from leadline.readers import Problem
from leadline.readers.problems import ProblemSink

_COLUMNS = ("name", "file", "line", "column", "contact", "raw", "message")


class BadRows:
    """Writes problems into an open file, as CSV where its name ends so, else as JSON Lines."""

    def __init__(self, file: IO[str], path: str) -> None:
        self.write = _csv_writer(file) if path.endswith(".csv") else _json_writer(file)
        """Writes one problem, as often as it comes: enough where there is one model."""
        self._written: Counter[bytes] = Counter()

    def of_model(self) -> ProblemSink:
        """Takes the problems that one model meets, and writes those that no model before it has met.

        Two problems of one model may be alike, such as of two events on one line, and both are written.
        """
        met: Counter[bytes] = Counter()

        def write(problem: Problem) -> None:
            # Of many bad rows only a digest is kept, which is short.
            key = hashlib.blake2b(repr(problem).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            met[key] += 1
            if met[key] > self._written[key]:
                self._written[key] += 1
                self.write(problem)

        return write


def _csv_writer(file: IO[str]) -> ProblemSink:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    return lambda problem: writer.writerow([getattr(problem, column) for column in _COLUMNS])


def _json_writer(file: IO[str]) -> ProblemSink:
    def write(problem: Problem) -> None:
        file.write(json.dumps(asdict(problem), ensure_ascii=False) + "\n")

    return write
