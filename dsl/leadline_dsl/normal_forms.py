"""Unicode's normal forms, in a time that grows with the text and no faster.

The library sorts the marks of a letter by insertion, which takes minutes for a letter with a hundred thousand marks.
Such runs are handed to it in their final order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from leadline_dsl.marks import marks_class

_SHORT = 1000
"""Characters of a text that is never looked into."""


def normalise(form: Literal["NFC", "NFKC"], text: str) -> str:
    """`unicodedata.normalize` for texts of strangers."""
    if len(text) > _SHORT and not text.isascii():
        apart: Literal["NFD", "NFKD"] = "NFD" if form == "NFC" else "NFKD"
        text = _long_runs().sub(lambda run: _ordered(apart, run.group()), text)
    return unicodedata.normalize(form, text)


@cache
def _long_runs() -> re.Pattern[str]:
    # The two voiced marks of narrow katakana are no marks by themselves, but become some.
    return re.compile(rf"[{marks_class()}\uff9e\uff9f]{{50,}}")


def _ordered(apart: Literal["NFD", "NFKD"], run: str) -> str:
    """A run of marks taken apart, in the order that the normal forms want: by class, else as written."""
    ordered: list[str] = []
    open_: list[str] = []
    for mark in "".join(unicodedata.normalize(apart, written) for written in run):
        if unicodedata.combining(mark):
            open_.append(mark)
        else:
            ordered += [*sorted(open_, key=unicodedata.combining), mark]
            open_.clear()
    return "".join([*ordered, *sorted(open_, key=unicodedata.combining)])
