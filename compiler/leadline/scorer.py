"""The prepared scorer: one contact after the other, as fast as look-ups go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from leadline.readers.columns import Dates, Place, Reader, column_reader, order_said
from leadline.readers.contact_rows import EVENTS, read_id
from leadline.readers.event_layout import EventLayouts, EventOrigin
from leadline.readers.event_names import EventNames
from leadline.readers.event_rows import EventReader
from leadline.readers.headings import Wanted, match_headings, normalise_heading
from leadline.readers.problems import Tally
from leadline.readers.records import record_row
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.single import convert_contact
from leadline_compiler.contacts import Contact
from leadline_compiler.model import Model
from leadline_compiler.plan import Plan, lower
from leadline_compiler.schema import Schema
from leadline_compiler.scorer import ContactLayout, EventLayout, Key, PlanScorer, RawEvent, Score
from leadline_compiler.zones import parse_as_of
