"""Names of a rules file for what the data calls otherwise."""

from __future__ import annotations

import re
from collections.abc import Container

from leadline.readers.headings import normalise_heading
from leadline_dsl.normal_forms import normalise
from leadline_dsl.tokens import is_plain_word, quote_text
from leadline_dsl.words import needs_backquotes

_LONGEST = 50
_LONGEST_QUOTED = 200
_UNSAFE = re.compile(r"[`\x00-\x1f\x7f-\x9f\u2028\u2029]")
_RESERVED = {"total": "total_value"}


def choose_name(heading: str, fallback: str, taken: Container[str]) -> str:
    """A plain word for a heading: the heading itself if it is one, else what is left of it, else the fallback."""
    composed = normalise("NFC", heading)
    name = composed if is_plain_word(composed) and len(composed) <= _LONGEST else _plain(heading, fallback)
    return make_unique(_RESERVED.get(name, name), taken)


def _plain(heading: str, fallback: str) -> str:
    name = _shortened(normalise("NFC", normalise_heading(heading)))
    if name and not is_plain_word(name):
        name = f"{fallback.partition('_')[0]}_{name}"  # `2nd_visit` becomes `column_2nd_visit`
    return name if is_plain_word(name) else fallback


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    cut = name[: _LONGEST + 1].rpartition("_")[0]
    return cut or name[:_LONGEST]


def make_unique(name: str, taken: Container[str]) -> str:
    """The name, with a number behind it where it is taken."""
    if name not in taken:
        return name
    return next(numbered for number in range(2, 10**6) if (numbered := f"{name}_{number}") not in taken)


def can_be_quoted(heading: str) -> bool:
    """Whether a heading can stand in backquotes and be found again in the data."""
    is_kept = normalise("NFC", heading.strip()) == heading
    return 0 < len(heading) <= _LONGEST_QUOTED and is_kept and _UNSAFE.search(heading) is None


def write_name(name: str) -> str:
    """A name as it is safe in every place of a rules file."""
    # A line that ends in the word `with` goes on in the next one.
    is_safe = is_plain_word(name) and not needs_backquotes(name) and name != "with"
    return name if is_safe else f"`{name}`"


def write_text(text: str) -> str:
    """A text in quotes; whatever cannot be seen is written as an escape."""
    return "".join(
        character if character.isprintable() else f"\\u{{{ord(character):x}}}" for character in quote_text(text)
    )
