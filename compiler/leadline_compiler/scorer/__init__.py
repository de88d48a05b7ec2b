"""The scorer: one contact at a time, by look-ups, with a cost that follows what the contact holds."""

from leadline_compiler.scorer.core import PlanScorer
from leadline_compiler.scorer.reading import ContactLayout, EventLayout, Key, RawEvent, Reading
from leadline_compiler.scorer.score import Score

__all__ = ["ContactLayout", "EventLayout", "Key", "PlanScorer", "RawEvent", "Reading", "Score"]
