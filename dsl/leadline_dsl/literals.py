"""Texts, numbers, dates and durations of a statement: read, and refused where the language has no such thing."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from leadline_dsl.diagnostics import Edit
from leadline_dsl.faults import Fault
from leadline_dsl.source import Span
from leadline_dsl.syntax import DateText, Duration, Number, Text, Value
from leadline_dsl.tokens import text_value

LARGEST_NUMBER = Decimal(10) ** 12
_LONGEST_NUMBER = 40


def read_text(written: str, span: Span) -> Text:
    """The text of a quoted literal. Raises Fault for an unknown escape or an empty text."""
    value = text_value(written)
    if not isinstance(value, str):
        at = span.start + 1 + value.start()
        raise Fault(
            f"`{value.group()}` means nothing in a text; a backslash is written `\\\\`",
            Span(at, at + len(value.group())),
            help='double the backslash, or use `\\n`, `\\t`, `\\"`, `\\u{…}`',
            edits=(Edit(Span(at, at), "\\"),),
        )
    if not value:
        raise Fault("a text in quotes is empty", span, help="write what it stands for, or use `is missing`")
    return Text(value, span)


def read_title(written: str, span: Span) -> Text:
    """The name of a rule, a stage or the like. Raises Fault as `read_text` does, and for a name of nothing."""
    if not written.strip('" '):
        raise Fault("a name in quotes is empty", span, help="write the name by which results speak of it")
    return refuse_blank(read_text(written, span))


def read_pattern(written: str, span: Span) -> Text:
    """The pattern after `matches`, in which a backslash stands for itself. Raises Fault where it is empty."""
    if len(written) == 2:
        raise Fault("the pattern after `matches` is empty", span, help='write what to look for: `matches "^vp"`')
    return Text(written[1:-1], span)


def read_date(written: str, span: Span) -> DateText:
    """A day or a moment that the calendar has. Raises Fault for others."""
    try:
        datetime.fromisoformat(written.upper())
    except ValueError:
        raise Fault(f"there is no such date as `{written}`", span, help=_which_dates(written)) from None
    return DateText(written.upper(), span)


def _which_dates(written: str) -> str:
    """What the calendar or the clock has in place of a date that is well written."""
    year, month, day = (int(part) for part in written[:10].split("-"))
    if not 1 <= month <= 12:
        return "write it as YYYY-MM-DD: the months are 01 to 12"
    if year < 1:
        return "the years begin with 0001"
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return f"{_MONTHS[month - 1]} {year} has {days} days"
    return "write the time as HH:MM or HH:MM:SS: hours are 00 to 23, minutes and seconds 00 to 59"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


_Written = TypeVar("_Written", bound=Value)


def refuse_blank(value: _Written) -> _Written:
    """The value itself, unless it is a text of nothing but spaces: such a text can never be met."""
    if isinstance(value, Text) and not value.value.strip():
        raise Fault("a text of nothing but spaces is a missing value", value.span, help="write `is missing` instead")
    return value


def read_number(text: str, span: Span) -> Number:
    """A number within ±10**12, of a length that is of use. Raises Fault for others."""
    if len(text) > _LONGEST_NUMBER:
        raise Fault(f"a number has at most {_LONGEST_NUMBER} digits", span, help="write it shorter")
    if len(text) > 11 and abs(Decimal(text)) > LARGEST_NUMBER:
        raise Fault("numbers go up to 1,000,000,000,000 and no further", span, help="write a smaller number")
    return Number(text, span)


def require_whole(number: Number, what: str, least: int = 1) -> Number:
    """The number itself. Raises Fault unless it is a whole number of at least `least`."""
    if "." in number.text or int(number.text) < least:
        bound = " above 0" if least == 1 else ""
        message = f"{what} needs a whole number{bound}, not `{number.text}`"
        raise Fault(message, number.span, help=f"write {least} or more, without decimals")
    return number


def require_points(number: Number) -> Number:
    """The number itself. Raises Fault where it has more than three decimals."""
    if len(number.text.rpartition(".")[2]) > 3 and "." in number.text:
        raise Fault("points have at most three decimals", number.span, help=f"write `{_rounded(number)}`")
    return number


def _rounded(number: Number) -> str:
    """The nearest points that are not 0, without their sign."""
    least = Decimal("0.001")
    points = max(least, abs(Decimal(number.text)).quantize(least))
    return f"{points:f}".rstrip("0").rstrip(".")


def require_positive(number: Number, what: str) -> Number:
    if Decimal(number.text) <= 0:
        raise Fault(f"{what} needs a number above 0, not `{number.text}`", number.span, help="write 1 or more")
    return number


def require_fixed(duration: Duration) -> Duration:
    """The duration of a decay: above 0, and in units of a fixed length."""
    require_whole(duration.count, "a decay")
    if duration.unit in ("months", "years"):
        days = int(duration.count.text) * (30 if duration.unit == "months" else 365)
        raise Fault(
            f"a decay takes minutes, hours, days or weeks: {duration.unit} differ in length",
            duration.span,
            help=f"write `{days} days`",
            edits=(Edit(duration.span, f"{days} days"),),
        )
    return duration
