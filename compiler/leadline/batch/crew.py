"""The processes of a run. They are started once, and told what to do one task after the other."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from leadline.batch.work import Work
from leadline.batch.worker import Worker
from leadline.ending import end_at_once
from leadline.readers.joining import Progress
from leadline.readers.problems import DataError

_GLANCE = 0.2
"""Seconds between two looks at how far the processes are."""
_AHEAD = 2
"""Tasks of each process that are handed out before their turn."""


class Crew:
    """Workers in processes of their own, or one in this process. Used with `with`."""

    def __init__(self, work: Work, size: int, progress: Progress | None) -> None:
        self.size = size
        self._progress = progress
        self._alone = Worker(work, self._note) if size == 1 else None
        self._told = 0
        self._pool: ProcessPoolExecutor | None = None
        if size > 1:
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._rows = context.Value("q", 0)
            self._pool = ProcessPoolExecutor(size, context, _start, (work, self._rows))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=exception[0] is None, cancel_futures=True)

    def do(self, task: str, each: Iterable[Sequence[Any]]) -> Iterator[Any]:
        """What a method of the workers answers for each arguments, in their order."""
        if self._alone is not None:
            for arguments in each:
                yield getattr(self._alone, task)(*arguments)
            return
        assert self._pool is not None
        left = iter(each)
        futures = [self._submit(task, arguments) for arguments in islice(left, self.size * _AHEAD)]
        try:
            while futures:
                answer = self._wait_for(futures.pop(0))
                futures += [self._submit(task, arguments) for arguments in islice(left, 1)]
                yield answer
        except BrokenProcessPool:
            raise DataError("a process of the batch engine was ended, perhaps for want of memory") from None

    def counting(self) -> Progress:
        """For a reader in this process, which tells how many rows it has read in all."""
        before = 0

        def told(rows: int) -> None:
            nonlocal before
            self._note(rows - before)
            before = rows

        return told

    def _note(self, rows: int) -> None:
        self._told += rows
        self._show()

    def _submit(self, task: str, arguments: Sequence[Any]) -> Future[Any]:
        assert self._pool is not None
        return self._pool.submit(_do, task, arguments)

    def _wait_for(self, future: Future[Any]) -> Any:
        while not wait([future], _GLANCE).done:
            self._show()
        self._show()
        return future.result()

    def _show(self) -> None:
        if self._progress is not None:
            self._progress(self._told + (self._rows.value if self._pool is not None else 0))


_worker: Worker | None = None
_rows: Any = None


def _start(work: Work, rows: Any) -> None:
    global _worker, _rows
    # The interruption of a run is seen to by the process that began it, which ends this one by a signal of its own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_at_once()
    _worker, _rows = Worker(work, _count), rows


def _count(rows: int) -> None:
    with _rows.get_lock():
        _rows.value += rows


def _do(task: str, arguments: Sequence[Any]) -> Any:
    return getattr(_worker, task)(*arguments)
