"""Messages that more than one part sends or hears; the others stand with the widget that sends them."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from leadline_tui.session.pipeline import News


@dataclass
class Found(Message):
    """The pipeline has found something; sent from its thread."""

    news: News


@dataclass
class GoToRule(Message):
    """Somebody wants to see the line of a rule, or another line (from 1)."""

    rule: str | None
    line: int | None = None


@dataclass
class Told(Message):
    """Another line was marked somewhere; `said` is all of it."""

    said: str
