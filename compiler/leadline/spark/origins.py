"""Where the data come from, as the driver and Spark call it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from leadline.readers.problems import DataError
from leadline.readers.sources import Format, find_format, format_of_name, open_source

_GLOB = re.compile(r"([\\{}\[\]*?])")
_READ = (Format.PARQUET, Format.DELIMITED, Format.JSON_LINES)
_OTHERS = "convert it to Parquet, CSV or JSON Lines, or use --engine batch"


@dataclass(frozen=True, slots=True)
class Origin:
    """Contacts or events: the name that messages use, the path that Spark reads, and the format."""

    name: str
    path: str
    format: Format

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


def find_origin(name: str) -> Origin:
    """A file of this machine, a folder of Parquet files, or what a URL such as `hdfs://…` names.

    Raises DataError for what is not there, and for what cannot be read in parts.
    """
    if name == "-":
        raise DataError("standard input cannot be read by several machines", help="save it as a file")
    if "://" in name:
        return Origin(name, name, _readable(format_of_name(name.rstrip("/")) or Format.PARQUET, name))
    path = "file:" + _GLOB.sub(r"\\\1", str(Path(name).absolute()))
    if Path(name).is_dir():
        return Origin(name, path, Format.PARQUET)
    source = open_source(name)
    try:
        found = find_format(source)
        if source.folder is not None:
            raise DataError("a pipe cannot be read by several machines", file=name, help="save it as a file")
        if source.encoding == "utf-16" and found in (Format.DELIMITED, Format.JSON_LINES):
            raise DataError("a text in UTF-16 cannot be read in parts", file=name, help="save it as UTF-8")
        return Origin(name, path, _readable(found, name))
    finally:
        source.close()


def _readable(found: Format, name: str) -> Format:
    if found not in _READ:
        raise DataError(f"the spark engine does not read {found}", file=name, help=_OTHERS)
    return found
