"""Where the bytes come from: files, pipes, standard input; their encoding and format."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, BinaryIO

from leadline.nearby_files import DATA, propose_inside, propose_near
from leadline.readers.problems import DataError
from leadline.readers.rows import Evidence
from leadline.temporary import TemporaryFolder

_SNIFFED = 65536


class Format(StrEnum):
    """The formats of data."""

    DELIMITED = "CSV"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    YAML = "YAML"
    PARQUET = "Parquet"
    EXCEL = "Excel"


_SUFFIXES = {
    ".csv": Format.DELIMITED,
    ".tsv": Format.DELIMITED,
    ".tab": Format.DELIMITED,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".xlsx": Format.EXCEL,
    ".xlsm": Format.EXCEL,
}
_UNREADABLE = {
    ".xls": "the old Excel format cannot be read; save it as .xlsx or CSV",
    ".gz": "this is a gzip file; unpack it first",
    ".zip": "this is a zip archive; unpack it first",
    ".zst": "this is a Zstandard file; unpack it first",
    ".lead": "this is a rules file, not data; rules stand first, without an option, "
    "as in `leadline score rules.lead --contacts contacts.csv`",
}
_ZIP = b"PK\x03\x04"
_CONTENTS_OF_WORKBOOK = "[Content_Types].xml"
_PACKED = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst", _ZIP: ".zip"}
"""How compressed data begins, whatever its name ends in. A workbook of Excel is a zip archive too."""


_YAML_START = re.compile(r"(?:#[^\n]*\n\s*)*(?:---\s|- |(?:as[ _]of|contacts|events):(?:\s|$))")
"""How a YAML file of records begins, and no line of headings does."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read several times. `name` is what messages call it.

    `evidence` is there where the bytes are a part of data that were looked through as a whole.
    """

    name: str
    path: Path
    size: int
    encoding: str
    folder: TemporaryFolder | None = None
    evidence: Evidence | None = None

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes from the start."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise _cannot_open(self.name, error) from None

    @contextmanager
    def open_text(self, newline: str = "") -> Iterator[IO[str]]:
        """The text from the start, as strict as its encoding; a fault in it is a DataError with its line."""
        with self.open() as binary, io.TextIOWrapper(binary, self.encoding, "strict", newline) as text:
            try:
                yield text
            except UnicodeError:
                raise self._encoding_error() from None
            except OSError as error:
                raise _cannot_open(self.name, error) from None

    def read_text(self) -> str:
        """The whole text."""
        with self.open_text() as text:
            return text.read()

    def close(self) -> None:
        """Removes what was kept of a pipe; files of the user stay."""
        if self.folder is not None:
            self.folder.remove()

    def _encoding_error(self) -> DataError:
        return encoding_error(self.name, self.encoding, _first_bad_line(self))


def encoding_error(file: str, encoding: str, line: int | None) -> DataError:
    """What is said of a text that is none."""
    is_delimited = _SUFFIXES.get(Path(file).suffix.lower(), Format.DELIMITED) is Format.DELIMITED
    return DataError(
        f"the file is not valid {encoding.removesuffix('-sig').upper()}",
        file=file,
        line=line,
        help="save it as UTF-8 (in Excel: CSV UTF-8)" if is_delimited else "save it as UTF-8",
    )


def open_source(path: str) -> Source:
    """The source behind a path; `-` is standard input, which is copied to a temporary file, and so are pipes.

    Raises DataError where there is nothing to read.
    """
    if path == "-":
        if sys.stdin is None:
            raise DataError("it is closed", file="standard input")
        return _spooled("standard input", sys.stdin.buffer)
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DataError("this is a folder, not a file", file=path, help=propose_inside(file, DATA))
        if stat.S_ISBLK(status.st_mode) or (stat.S_ISCHR(status.st_mode) and not _ends(file)):
            raise DataError("this is a device, not a file", file=path)
        with file.open("rb") as opened:
            if not stat.S_ISREG(status.st_mode):
                return _spooled(path, opened)
            return Source(path, file, status.st_size, _encoding(opened, path))
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from None


def open_within(stack: ExitStack, source: str | Source) -> Source:
    """The source behind a path, closed with the stack; one that is open already stays so for whoever opened it."""
    if isinstance(source, Source):
        return source
    opened = open_source(source)
    stack.callback(opened.close)
    return opened


def _ends(device: Path) -> bool:
    """Whether a device can be read to an end: nothing, and what is typed; others go on for ever."""
    if device.resolve() == Path(os.devnull).resolve():
        return True
    with device.open("rb") as opened:
        return opened.isatty()


def _spooled(name: str, opened: IO[bytes]) -> Source:
    folder = TemporaryFolder()
    try:
        copy = folder.path / "data"
        with copy.open("w+b") as kept:
            shutil.copyfileobj(opened, kept, 1 << 20)
            kept.seek(0)
            encoding = _encoding(kept, name)
        return Source(name, copy, copy.stat().st_size, encoding, folder)
    except BaseException as error:
        folder.remove()
        if isinstance(error, OSError):
            raise _cannot_open(name, error) from None
        raise


def _cannot_open(name: str, error: Exception) -> DataError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return DataError("there is no such file", file=name, help=propose_near(Path(name), DATA))
    if isinstance(error, PermissionError):
        return DataError("no permission to read this file", file=name)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return DataError(f"the file cannot be read: {reason}", file=name)


def _encoding(opened: IO[bytes], name: str) -> str:
    mark = opened.read(4)
    _refuse_packed(opened, name, mark)
    return "utf-16" if mark[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _refuse_packed(opened: IO[bytes], name: str, mark: bytes) -> None:
    """Raises DataError for compressed data. Of broken workbooks and Parquet files their readers tell more."""
    packed = next((suffix for start, suffix in _PACKED.items() if mark.startswith(start)), None)
    told = _SUFFIXES.get(Path(name).suffix.lower())
    if packed is None or (packed == ".zip" and told in (Format.EXCEL, Format.PARQUET)):
        return
    names = _names_within(opened) if packed == ".zip" else ()
    is_workbook = names is not None and _CONTENTS_OF_WORKBOOK in names
    if told is None and (names is None or is_workbook):
        return
    if is_workbook:
        raise DataError("this is an Excel workbook; give it a name that ends in .xlsx", file=name)
    raise DataError(_UNREADABLE[packed], file=name)


def _names_within(archive: IO[bytes]) -> Sequence[str] | None:
    """The names in a zip archive; None where it is broken."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


def _first_bad_line(source: Source) -> int | None:
    with source.open() as binary:
        if source.encoding == "utf-16":
            text = io.TextIOWrapper(binary, source.encoding, "replace", "\n")
            return next((number for number, line in enumerate(text, 1) if "\ufffd" in line), None)
        for number, line in enumerate(binary, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def find_format(source: Source) -> Format:
    """The format by the file's suffix; without a telling one, by how the data begins."""
    found = (format_of_name(source.name) if source.folder is None else _SUFFIXES.get(source.suffix)) or _sniffed(source)
    return Format.JSON_LINES if found is Format.JSON and _is_json_lines(source) else found


def format_of_name(name: str) -> Format | None:
    """The format that a name's suffix tells, if any. Raises DataError for one that cannot be read."""
    suffix = Path(name).suffix.lower()
    if suffix in _UNREADABLE:
        raise DataError(_UNREADABLE[suffix], file=name)
    return _SUFFIXES.get(suffix)


def _sniffed(source: Source) -> Format:
    with source.open() as binary:
        start = binary.read(_SNIFFED)
    if start.startswith(b"PAR1"):
        return Format.PARQUET
    if start.startswith(_ZIP):
        return Format.EXCEL
    text = start.decode(source.encoding, "replace").lstrip()
    if text[:1] in ("[", "{"):
        return Format.JSON
    return Format.YAML if _YAML_START.match(text) else Format.DELIMITED


def _is_json_lines(source: Source) -> bool:
    """Whether the first line is a whole object and something follows it."""
    with source.open() as binary:
        first = binary.readline()
        while first and not first.strip(b"\xef\xbb\xbf \t\r\n"):
            first = binary.readline()
        return first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and first.rstrip().endswith(b"}") and _has_more(binary)


def _has_more(binary: BinaryIO) -> bool:
    while chunk := binary.read(_SNIFFED):
        if chunk.strip():
            return True
    return False
