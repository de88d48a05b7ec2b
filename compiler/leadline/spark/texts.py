"""Lines of CSV, TSV and JSON Lines, as executors read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadline.readers.contact_rows import ContactReader
from leadline.readers.delimited import OpenQuoteError, allow_long_cells, lines_of_header, read_header
from leadline.readers.event_layout import EventOrigin, unfolded_row
from leadline.readers.event_names import EventNames
from leadline.readers.event_rows import EventReader
from leadline.readers.problems import DataError, Tally
from leadline.readers.rows import Row
from leadline.readers.sources import Format, Source, encoding_error
from leadline.spark.forms import Form
from leadline.spark.origins import Origin
from leadline.spark.parts import Part
from leadline.spark.watching import Watcher
from leadline.temporary import TemporaryFolder
from leadline_compiler.schema import Schema

LOCATED_SCHEMA = "order long, id string, line string"
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class TextReading:
    """How the lines of a text become rows."""

    schema: Schema
    form: Form
    are_contacts: bool

    def look(self, batches: Iterable[Any]) -> Iterator[Part]:
        """Looks at lines, which come as bytes together with the place where their part of the file begins."""
        allow_long_cells()
        part = None
        watcher = Watcher(self.schema, self.form, self.are_contacts)
        for start, line in _lines(batches):
            if part is None or part.start != start:
                if part is not None:
                    yield part
                watcher = Watcher(self.schema, self.form, self.are_contacts)
                part = Part(0, start, gathered=watcher.gathered)
            if part.fault is None:
                self._look_at(line, part, watcher)
        if part is not None:
            yield part

    def _look_at(self, line: bytes, part: Part, watcher: Watcher) -> None:
        part.lines += 1
        part.size += len(line)
        if self._is_prefix(part.start, part.lines):
            return
        try:
            row = self.form.row_of(self._text(line, part.start, part.lines), part.lines)
        except UnicodeDecodeError:
            part.fault = encoding_error(self.form.name, "utf-8", part.lines)
        except OpenQuoteError:
            part.fault = goes_on(self.form.name, part.lines)
        else:
            if row is not None:
                part.rows += 1
                watcher.note(row)

    def locate(self, batches: Iterable[Any], before: Mapping[int, int]) -> Iterator[Any]:
        """The lines that are not blank, each with its number and the id that lays it to its contact."""
        import pyarrow as pa

        allow_long_cells()
        id_of = self._id_reader()
        number, known = 0, -1
        for batch in batches:
            numbers: list[int] = []
            ids: list[str] = []
            texts: list[str] = []
            for start, line in _lines([batch]):
                if start != known:
                    number, known = before[start], start
                number += 1
                text = self._text(line, start, number)
                if text and not text.isspace() and not self._is_prefix(start, number):
                    row = self.form.row_of(text, number)
                    numbers.append(number)
                    ids.append("" if row is None else id_of(row))
                    texts.append(text)
            yield pa.record_batch(
                {"order": pa.array(numbers, pa.int64()), "id": pa.array(ids, pa.string()), "line": texts or _none()}
            )

    def _id_reader(self) -> Callable[[Row], str]:
        if self.are_contacts:
            contacts = ContactReader(self.schema, self.form.rows(), Tally(), {}, alone=True)
            return lambda row: contacts.contact_id(*row[1:])
        events = EventReader(EventOrigin(self.schema, self.form.rows(), {}, False, alone=True), Tally(), None)
        declared = EventNames(self.schema.events).declared
        if self.form.is_table:
            return lambda row: events.contact_of(row, events.layout_of(row[1]))

        def unfolded_id(row: Row) -> str:
            row = unfolded_row(row, declared)
            return events.contact_of(row, events.layout_of(row[1]))

        return unfolded_id

    def _is_prefix(self, start: int, line: int) -> bool:
        return start == 0 and line <= len(self.form.prefix)

    @staticmethod
    def _text(line: bytes, start: int, number: int) -> str:
        text = line.decode("utf-8")
        return text.removeprefix(_MARK) if start == 0 and number == 1 else text


def form_of_text(origin: Origin, head: Callable[[], Sequence[bytes]]) -> Form:
    """The form of a text whose first lines `head` answers. Raises DataError where there is no header in them."""
    if origin.format is Format.JSON_LINES:
        return Form(origin.name, origin.format, None)
    with TemporaryFolder() as folder:
        path = folder / "head"
        path.write_bytes(b"\n".join([*head(), b""]))
        source = Source(origin.name, path, path.stat().st_size, "utf-8-sig")
        delimiter, headings = read_header(source)
        count = lines_of_header(source, delimiter)
        with source.open_text() as text:
            prefix = tuple(line.rstrip("\n") for line in text)[:count]
    if any("\n" in heading for heading in headings):
        raise goes_on(origin.name, count)
    return Form(origin.name, origin.format, headings, delimiter, prefix)


def goes_on(file: str, line: int) -> DataError:
    """What is said of a row that cannot be read by a machine that has only a part of the file."""
    return DataError(
        "a row that goes over several lines, which cannot be read in parts",
        file=file,
        line=line,
        help="convert the file to Parquet, or use --engine batch",
    )


def _lines(batches: Iterable[Any]) -> Iterator[tuple[int, bytes]]:
    for batch in batches:
        yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)


def _none() -> Any:
    import pyarrow as pa

    return pa.array([], pa.string())
