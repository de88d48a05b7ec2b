"""Values of contacts as sample files have them, which people read and readers take back as they were."""

from __future__ import annotations

import re

from leadline_compiler.contacts import Value
from leadline_compiler.numbers import write_number
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.zones import Zone

_PLAIN = re.compile(r"[^\W_][\w ./@+$-]*|[/$][\w./@+$-]*")
_NOT_PLAIN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def write_value(value: Value, type_: ValueType, zone: Zone) -> str:
    """A value in YAML; dates as short as they can be."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(write_scalar, value))}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return write_moment(value, zone) if type_.kind is Kind.DATE else write_number(value)
    return write_scalar(value or "")


def write_moment(moment: int, zone: Zone) -> str:
    """As short as it can be written: a day for a midnight, no seconds where there are none, no offset where the zone's
    wall time says it all."""
    if moment == zone.midnight(zone.day(moment)):
        return zone.day(moment).isoformat()
    wall = zone.wall(moment).replace(tzinfo=None)
    if zone.moment(wall) != moment:
        return zone.write(moment)
    return wall.isoformat(timespec="auto" if wall.second or wall.microsecond else "minutes")


def write_scalar(text: str) -> str:
    """A text as YAML reads it back, in quotes unless it is plain."""
    if text.isprintable() and _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN and not text.endswith(" "):
        return text
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in body) + '"'
