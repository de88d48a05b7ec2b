"""The styles that widgets name for parts of themselves."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """The style of a part as it is to be laid over text: its colours as they look on the widget's background, and
    no background where it has none of its own."""
    own = widget.get_component_rich_style(name, partial=True)
    seen = widget.get_component_rich_style(name)
    return own + Style(color=seen.color, bgcolor=seen.bgcolor if own.bgcolor is not None else None)
