"""The data that a command is given, opened once: a pipe has its bytes once, and several models may ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType

from leadline.readers.problems import ColumnError
from leadline.readers.sources import Source, open_source

STANDARD_INPUT = "standard input"


class DataSources:
    """Contacts and events as the options name them; used with `with`, so that what was kept of a pipe is removed."""

    def __init__(self, contacts: str, events: str | None) -> None:
        self.paths = contacts, events
        self._opened: tuple[Source, Source | None] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> DataSources:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def open(self) -> tuple[Source, Source | None]:
        """Contacts and events, for any number of models. Raises DataError where there is nothing to read."""
        if self._opened is None:
            contacts, events = self.paths
            self._opened = self._open(contacts), self._open(events) if events is not None else None
        return self._opened

    def _open(self, path: str) -> Source:
        source = open_source(path)
        self._stack.callback(source.close)
        return source


@contextmanager
def naming_model(model: str, models: Sequence[str]) -> Iterator[None]:
    """Says of several models which of them does not find its columns."""
    try:
        yield
    except ColumnError as error:
        if len(models) == 1:
            raise
        raise error.of_model(called(model)) from None


def called(path: str) -> str:
    """What messages call a file of the command line."""
    return STANDARD_INPUT if path == "-" else path
