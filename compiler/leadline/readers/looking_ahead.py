"""A quick look through a text file for what may stop its reading half way."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.readers.sources import Format, Source, find_format

_CHUNK = 1 << 20
_TEXTS = (Format.DELIMITED, Format.JSON, Format.JSON_LINES, Format.YAML)
_DIGITS_ALIKE = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_DATES = tuple(f"0{mark}{second}{mark}0000".encode() for mark in "/.-" for second in ("0", "00"))
_OVERLAP = max(map(len, _DATES)) - 1


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands somewhere in a file: a quotation mark, and a date of the kind that can be read in two ways."""

    has_quote: bool
    has_unclear_date: bool


def find_texts(source: Source) -> Texts | None:
    """Looks through the whole of a text file; None for other formats. Raises DataError where it cannot be decoded."""
    if find_format(source) not in _TEXTS:
        return None
    has_quote = has_date = False
    with source.open_text() as text:
        before = b""
        while chunk := text.read(_CHUNK):
            has_quote = has_quote or '"' in chunk
            if not has_date:
                alike = before + chunk.encode("ascii", "replace").translate(_DIGITS_ALIKE)
                has_date = any(date in alike for date in _DATES)
                before = alike[-_OVERLAP:]
    return Texts(has_quote, has_date)
