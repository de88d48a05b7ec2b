"""What a column holds: gathered value by value, then judged once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from leadline.inference.guess import Found
from leadline.inference.looks import Look, look_at
from leadline.readers.headings import normalise_heading
from leadline_compiler.numbers import parse_number
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.values import write_raw

_ENOUGH = 0.95
"""The share of values that must fit a type; the rest count as missing."""
_LISTS = 0.1
_MOST_CHOICES = 12
_LONGEST_CHOICE = 60
_KEPT = 1000
_FEW = 10

_TEXT = ValueType(Kind.TEXT)
_IDENTIFIERS = re.compile(r"(?:^|_)(?:id|ids|uuid|guid|key|token|hash)$")
_CODES = re.compile(r"(?:^|_)(?:zip|zipcode|zip_code|postal_code|postcode|phone|mobile|fax|tel|telephone|code)$")
_MOMENTS = re.compile(
    r"(?:^|_)(?:at|on|date|time|datetime|timestamp|when|since|created|updated|modified|day|createdate)(?:_|$)|date$"
)
_COUNTS = re.compile(
    r"(?:^|_)(?:count|number|num|no|n|total|totals|visits|views|pages|sessions|days|hours|minutes|seconds|times"
    r"|amount|quantity|qty|score|points|age|size|previous|campaign|clicks|opens|employees)(?:_|$)"
)
_FREE_TEXTS = re.compile(
    r"(?:^|_)(?:email|mail|name|firstname|lastname|phone|mobile|url|link|website|street|address|description|comment"
    r"|comments|note|notes|subject|message)$"
)


class Column:
    """The values of one column: first taken in, one by one, then judged."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.filled = 0
        self._texts: dict[str, int] = {}
        self._looks: Counter[Look] = Counter()
        self._values: Counter[str] = Counter()
        self._has_more_values = False

    def add(self, raw: Any) -> bool:
        """Takes a value into account; whether there is one."""
        if type(raw) is str:
            count = self._texts.get(raw)
            if count is not None:
                self._texts[raw] = count + 1
                return True
            if not raw or raw.isspace():
                return False
            if len(self._texts) < _KEPT:
                self._texts[raw] = 1
                return True
        elif raw is None or raw == [] or raw == ():
            return False
        self._take(raw, 1)
        return True

    def settle(self) -> None:
        """Judges what was set aside while values came in; called once after the last of them."""
        for text, count in self._texts.items():
            self._take(text, count)
        self._texts = {}

    def _take(self, raw: Any, count: int) -> None:
        self.filled += count
        self._looks[look_at(raw)] += count
        text = write_raw(raw)
        if text is None:
            return
        if text in self._values or len(self._values) < 2 * _KEPT:
            self._values[text] += count
        else:
            self._has_more_values = True

    @property
    def is_odd(self) -> bool:
        """Whether it mostly holds objects, which no field can."""
        return 2 * self._count(lambda look: look.is_odd) > self.filled

    def find(self, *, is_identifier: bool = False) -> Found:
        """The type that fits the values best."""
        if is_identifier:
            return Found(_TEXT)
        if not self.filled:
            return Found(_TEXT, "empty in the data")
        name = normalise_heading(self.heading)
        if _IDENTIFIERS.search(name) and not self._count(lambda look: look.is_list):
            return Found(_TEXT)
        for judge in (self._as_yes_no, self._as_date, self._as_number, self._as_list, self._as_choice):
            found = judge(name)
            if found is not None:
                return found
        return Found(_TEXT, self._remark_on_dates())

    def _count(self, is_such: Callable[[Look], bool]) -> int:
        return sum(count for look, count in self._looks.items() if is_such(look))

    def _usable(self) -> int:
        return self.filled - self._count(lambda look: look.is_nothing)

    def _fits(self, is_such: Callable[[Look], bool]) -> bool:
        """Whether enough of the values are such; those that say "nothing" do not matter."""
        usable = self._usable()
        return usable > 0 and self._count(lambda look: is_such(look) and not look.is_nothing) >= _ENOUGH * usable

    def _remark(self, is_such: Callable[[Look], bool], what: str) -> str:
        others = self._count(lambda look: not is_such(look))
        if not others:
            return ""
        return f"{others} of {self.filled} values {'is' if others == 1 else 'are'} {what}, so missing"

    def _as_yes_no(self, name: str) -> Found | None:
        if not self._fits(lambda look: look.is_yes_no):
            return None
        bits = self._count(lambda look: look.is_bit)
        if bits:
            both = self._values["0"] and self._values["1"]
            is_flag = name.startswith(("is_", "has_")) or (bool(both) and self.filled >= _FEW)
            if not is_flag or _COUNTS.search(name):
                return None
        return Found(
            ValueType(Kind.YES_NO), self._remark(lambda look: look.is_yes_no, "neither yes nor no"), self._common()
        )

    def _as_date(self, name: str) -> Found | None:
        if _MOMENTS.search(name) and self._fits(lambda look: look.is_count_of_time):
            return Found(ValueType(Kind.DATE), self._remark(lambda look: look.is_count_of_time, "no date"))
        orders = self._orders()
        if not self._fits(lambda look: look.is_date) or orders == {"either"} or {"dmy", "mdy"} <= orders:
            return None
        order = next(iter(orders - {"either"}), None)
        return Found(ValueType(Kind.DATE), self._remark(lambda look: look.is_date, "no date"), order=order)

    def _orders(self) -> set[str]:
        return {look.order for look in self._looks if look.order is not None}

    def _remark_on_dates(self) -> str:
        """Why a column of dates is a text."""
        if not self._fits(lambda look: look.is_date):
            return ""
        if self._orders() == {"either"}:
            return "day/month or month/day? as `date`, say it with --dates"
        return "dates with the day first and with the month first"

    def _as_number(self, name: str) -> Found | None:
        if _CODES.search(name) or 2 * self._count(lambda look: look.is_code) > self._usable():
            return None
        if not self._fits(lambda look: look.is_number):
            return None
        return Found(
            ValueType(Kind.NUMBER), self._remark(lambda look: look.is_number, "no number"), middle=self._middle()
        )

    def _middle(self) -> int | None:
        """The median of the numbers above 0."""
        counts = Counter[int]()
        for text, count in self._values.items():
            number = parse_number(text)
            if number is not None and number > 0:
                counts[number] += count
        half = sum(counts.values()) / 2
        for number in sorted(counts):
            half -= counts[number]
            if half <= 0:
                return number
        return None

    def _as_list(self, name: str) -> Found | None:
        if self._count(lambda look: look.is_list) < _LISTS * self._usable() or not self._usable():
            return None
        return None if _FREE_TEXTS.search(name) else Found(ValueType(Kind.LIST))

    def _as_choice(self, name: str) -> Found | None:
        folded: dict[str, list[tuple[str, int]]] = {}
        for text, count in self._values.items():
            folded.setdefault(fold(text), []).append((text, count))
        if self._has_more_values or not 2 <= len(folded) <= _MOST_CHOICES or self.filled < 2 * len(folded):
            return None
        if _FREE_TEXTS.search(name) or self._orders() or self._fits(lambda look: look.is_date):
            return None
        if any(len(text) > _LONGEST_CHOICE or not text.isprintable() for text in self._values):
            return None
        common = self._common()
        return Found(ValueType(Kind.CHOICE, tuple(text for text, _ in common)), common=common)

    def _common(self) -> tuple[tuple[str, int], ...]:
        """The values as most write them, the most frequent first."""
        counts: Counter[str] = Counter()
        written: dict[str, str] = {}
        for text, count in self._values.most_common():
            counts[fold(text)] += count
            written.setdefault(fold(text), text)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple((written[key], count) for key, count in ordered[:_MOST_CHOICES])
