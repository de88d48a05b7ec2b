"""Numbers, units and dates as people write them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, insertion, quoted, removal, replacement
from leadline_dsl.tokens import Piece

_IN_WORDS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(str, range(13)),
        strict=True,
    )
) | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}

_UNITS = {
    "minutes": "min mins",
    "hours": "h hr hrs",
    "days": "d dy dys",
    "weeks": "w wk wks",
    "months": "mo mos mth mths mon",
    "years": "y yr yrs",
}
_ELSEWHERE = {
    "minutes": "minuten minuto minutos minuti minuut 分",
    "hours": "stunde stunden heure heures hora horas ora ore uur uren 時間",
    "days": "tag tage tagen jour jours día días dia dias giorno giorni dag dagen 日 日間",
    "weeks": "woche wochen semaine semaines semana semanas settimana settimane weken 週 週間",
    "months": "monat monate monaten mois mes meses mês mese mesi maand maanden ヶ月 か月 ヵ月",
    "years": "jahr jahre jahren ans année années año años ano anos anno anni jaar 年",
}
"""The units of time in other languages."""

_UNIT_OF = {short: unit for units in (_UNITS, _ELSEWHERE) for unit, shorts in units.items() for short in shorts.split()}

_NUMERAL = re.compile(r"[0-9][0-9.,_'’\u00a0\u202f ]*")
_THOUSANDS = re.compile(r"([0-9]{1,3})((?:[.,_'’\u00a0\u202f ][0-9]{3})+)(?:[.,]([0-9]+))?")
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_DECIMAL = re.compile(r"([0-9]+)[,.]([0-9]+)")


def _separators(failure: Failure) -> Iterator[Finding]:
    """`1,000`, `1 000`, `1_000` and the decimal comma of `2,5`."""
    index = failure.index
    first = next((i for i in (index, index - 1, index - 2) if failure.is_a(i, Piece.NUMBER)), None)
    if first is None:
        return
    while (
        first >= 2 and failure.touches(first) and failure.touches(first - 1) and failure.is_a(first - 2, Piece.NUMBER)
    ):
        first -= 2
    while first >= 1 and failure.is_a(first - 1, Piece.NUMBER):
        first -= 1
    start = failure.raws[first].start
    found = _NUMERAL.match(failure.text, start, start + 40)
    written = found.group().rstrip(" .,_'’") if found else ""
    last = next((i for i in range(first, len(failure.raws)) if failure.raws[i].end == start + len(written)), None)
    if last is None or last == first or last < index - 1:
        return
    thousands, decimal = _THOUSANDS.fullmatch(written), _DECIMAL.fullmatch(written)
    if _EITHER.fullmatch(written):
        place = failure.span(first, last)
        whole, decimals = written.replace(",", ""), written.replace(",", ".").rstrip("0").rstrip(".")
        tried = failure.text[: place.start] + whole + failure.text[place.end :]
        message = f"{quoted(written)} can be read in two ways"
        help = f"write {quoted(whole)} if the comma sets off thousands, {quoted(decimals)} if it sets off decimals"
        yield Finding(message, place, help, (), tried=tried)
    elif thousands and not written.startswith("0"):
        digits = re.sub(r"\D", "", thousands[1] + thousands[2]) + (f".{thousands[3]}" if thousands[3] else "")
        yield replacement(failure, first, last, digits, f"numbers have no thousands separators: {quoted(digits)}")
    elif decimal:
        right = f"{decimal[1]}.{decimal[2]}"
        yield replacement(failure, first, last, right, f"decimals stand after a point: {quoted(right)}")


def _bare_decimal(failure: Failure) -> Iterator[Finding]:
    """`.5`, and `10k`."""
    index = failure.index
    if failure.here == "." and failure.touches(index + 1) and failure.is_a(index + 1, Piece.NUMBER):
        right = "0." + failure.at(index + 1)
        yield replacement(failure, index, index + 1, right)
    scale = {"k": 3, "m": 6, "mn": 6, "mio": 6}.get(failure.here.lower())
    if scale and failure.touches(index) and failure.at(index - 1).isdigit():
        yield replacement(failure, index - 1, index, failure.at(index - 1) + "0" * scale)


def _currency(failure: Failure) -> Iterator[Finding]:
    """`$500`, `500 €`."""
    if failure.here in ("$", "€", "£", "¥", "￥", "₹", "USD", "EUR", "JPY", "GBP") and failure.index:
        yield removal(failure, failure.index, failure.index, "numbers stand without a currency")


def _in_words(failure: Failure) -> Iterator[Finding]:
    """`three times`."""
    number = _IN_WORDS.get(failure.here)
    if number and "NUMBER" in failure.takes:
        message = f"numbers are written in digits: {quoted(number)}"
        yield replacement(failure, failure.index, failure.index, number, message)


def _short_units(failure: Failure) -> Iterator[Finding]:
    """`30d`, `30 hrs`, `30day`."""
    index = failure.index
    unit = _UNIT_OF.get(failure.here.lower()) or (failure.here.lower() if "DAYS" in failure.takes else "")
    if unit in _UNITS and failure.is_a(index - 1, Piece.NUMBER):
        right = f"{failure.at(index - 1)} {unit}"
        yield replacement(failure, index - 1, index, right)
    if failure.here in _MANY and failure.is_a(index - 1, Piece.NUMBER) and failure.at(index - 1).isdigit():
        times, unit = _MANY[failure.here]
        yield replacement(failure, index - 1, index, f"{int(failure.at(index - 1)[:6]) * times} {unit}")
    for plain, meant in (("quarter", "3 months"), ("quarters", ""), ("fortnight", "2 weeks")):
        if failure.here == plain and meant and "NUMBER" in failure.takes:
            yield replacement(failure, index, index, meant)
    if unit and index and failure.is_a(index, Piece.WORD) and "NUMBER" in failure.takes and failure.here in _SINGULAR:
        yield insertion(failure, index, "1", f"expected a number before {quoted(failure.here)}")


_MANY = {"quarter": (3, "months"), "quarters": (3, "months"), "fortnight": (2, "weeks"), "fortnights": (2, "weeks")}
_SINGULAR = frozenset({"minute", "hour", "day", "week", "month", "year"})

_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_QUOTED_DATE = re.compile(r'"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:]+)?)"')


def _dates(failure: Failure) -> Iterator[Finding]:
    """`2026/3/31`, `31.03.2026`, `"2026-03-31"`."""
    if failure.index >= len(failure.raws):
        return
    if "DATE" not in failure.takes:
        yield from _dates_before(failure)
        return
    start = failure.place.start
    in_quotes = _QUOTED_DATE.fullmatch(failure.here)
    if in_quotes and "STRING" not in failure.takes:
        date = in_quotes[1].replace(" ", "T")
        yield replacement(failure, failure.index, failure.index, date, "a date stands without quotes")
        return
    found = _DATE.match(failure.text, start, start + 12)
    last = next((i for i, raw in enumerate(failure.raws) if found and raw.end == found.end()), None)
    if found is None or last is None:
        return
    for date in _readings(found):
        yield replacement(failure, failure.index, last, date, f"a date is written {quoted(date)}: year, month, day")


def _dates_before(failure: Failure) -> Iterator[Finding]:
    """`31.12.2026`, which begins like a number."""
    for first in (failure.index - 1, failure.index - 2):
        start = failure.raws[first].start if failure.is_a(first, Piece.NUMBER) else len(failure.text)
        found = _DATE.match(failure.text, start, start + 12)
        last = next((i for i, raw in enumerate(failure.raws) if found and raw.end == found.end()), None)
        for date in _readings(found) if found and last is not None and last >= failure.index else ():
            message = f"a date is written {quoted(date)}: year, month, day"
            yield replacement(failure, first, last or first, date, message)


def _readings(found: re.Match[str]) -> Iterator[str]:
    """The date that was meant, or none where day and month could be either."""
    year, month, day, one, two, late_year = found.groups()
    if year:
        yield f"{year}-{int(month):02}-{int(day):02}"
    elif int(one) > 12 or found.group().count(".") == 2:
        yield f"{late_year}-{int(two):02}-{int(one):02}"
    elif int(two) > 12:
        yield f"{late_year}-{int(one):02}-{int(two):02}"


def meant_dates(written: str) -> list[str]:
    """The dates that a text or a calculation may have been meant to be: `2026-1-5`, `5.1.2026`, `2026-01-05 09:00`."""
    plain = written.strip()
    if _QUOTED_DATE.fullmatch(f'"{plain}"'):
        return [plain.replace(" ", "T")]
    found = _DATE.fullmatch(plain.replace(" ", ""))
    return list(_readings(found)) if found else []


NUMBERS: tuple[Recogniser, ...] = (_separators, _bare_decimal, _currency, _dates, _short_units)
IN_WORDS: tuple[Recogniser, ...] = (_in_words,)
