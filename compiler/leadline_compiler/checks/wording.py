"""How the logic checks name things, and the reasons that all their findings share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from leadline_compiler.checks.facts import Facts
from leadline_compiler.conditions import Ago, Before, DateAmount, Since, Within
from leadline_compiler.model import Rule
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Label
from leadline_dsl.tokens import quote_text
from leadline_dsl.walk import walk

if TYPE_CHECKING:
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit

_LONGEST = 70


def name_of(unit: Unit) -> str:
    """`"VP"`, `row `+3 for 2 to 5` of "Visits"`, `stage "MQL"`."""
    if unit.row is not None:
        return f"row `{shorten(unit.row.text)}` of {quote_text(unit.name)}"
    return quote_text(unit.name) if unit.rule is not None else f"`{unit.kind}` {quote_text(unit.name)}"


def signed(points: int) -> str:
    """Thousandths as the margin has them: `+5`, `-2.5`."""
    return f"{'+' if points >= 0 else ''}{write_points(points)}"


def shorten(text: str) -> str:
    """A piece of the rules on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def quoted(text: str) -> str:
    return f"`{shorten(text)}`"


def listed(items: Sequence[str], most: int = 3) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c and 4 more`."""
    shown = [*items[:most], *([f"{len(items) - most} more"] if len(items) > most else [])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def label_of(unit: Unit, message: str) -> Label:
    return Label(message, unit.place.span, unit.place.file)


def reasons(facts: Facts, units: Iterable[Unit], proves: Callable[[Asking], bool]) -> list[str]:
    """What a proof rests on beside the rules: assumptions, and the day where dates or months are spoken of."""
    said = [f"it follows from `assume {shorten(one.text)}`" for one in facts.analysis.asking.needed(proves)]
    if any(speaks_of_dates(_body(unit)) for unit in units):
        day = facts.analysis.model.zone.day(facts.analysis.as_of).isoformat()
        said.append(f"it is so as of {day}")
    return said


def _body(unit: Unit) -> Any:
    return unit.rule.body if isinstance(unit.rule, Rule) else unit.condition


def speaks_of_dates(body: Any) -> bool:
    """Whether days or calendar months take part, so that another as-of may change what is proved."""
    for node, _ in walk(body):
        match node:
            case DateAmount():
                return True
            case Within(duration) | Ago(duration) if not duration.is_fixed:
                return True
            case Since(moment) | Before(moment) if isinstance(moment, int):
                return True
    return False


def joined(*hints: str | list[str]) -> str:
    """Hints as one help text."""
    flat = [hint for item in hints for hint in ([item] if isinstance(item, str) else item) if hint]
    return "; ".join(flat)
