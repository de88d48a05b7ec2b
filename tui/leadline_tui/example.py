"""What the editor opens with when it is given no file: a small model that is a first lesson, and contacts for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AS_OF = "2026-11-21"

EXAMPLE_RULES = """\
# A first lesson. Change something, and watch the bottom line.
#
# 1. The ▲ below is a warning: F8 goes there, F7 puts it right.
# 2. Make +10 a +20: the pinned contact's score moves with it.
# 3. F3 shows all contacts, Enter pins one. F4 tells why it has
#    its points; Enter there goes to the rule.
# 4. Write a rule: a sign and points, a name in quotes, `when`,
#    and what must hold. Proposals come; Tab takes one.
# 5. Ctrl+S saves, F1 helps, Ctrl+P has everything, Ctrl+Q quits.

model "First lesson", time zone "UTC"

contact identified by email
  email:     text
  job_role:  one of "Owner", "Manager", "Specialist", "Student"
  employees: number
  country:   text

events
  page_view with path: text
  form_submit with form: text

score fit
  +10  "Decides"          when job_role is one of "Owner", "Manager"
  +10  "25 or more staff" when employees >= 25
  +5   "Near us"          when country is "JP" or country is "KR" and employees >= 10
  -20  "Student"          when job_role is "Student"

score interest
  +5   "Looked at prices" for each page_view where path starts with "/pricing" in the last 30 days, up to 15 points
  +30  "Asked for a demo" when has form_submit where form is "demo" in the last 90 days

grade fit
  "A" from 20
  "B" from 10
  "C" otherwise

stage "Interested" when total >= 15
stage "MQL"        when total >= 40
"""


def _event(name: str, at: str, **properties: str) -> Mapping[str, Any]:
    return {"event": name, "at": at, **properties}


EXAMPLE_CONTACTS: tuple[Mapping[str, Any], ...] = (
    {
        "email": "kim@harbour-works.example",
        "job_role": "Manager",
        "employees": 40,
        "country": "KR",
        "events": [
            _event("page_view", "2026-11-18T09:00", path="/pricing"),
            _event("page_view", "2026-11-19T16:30", path="/pricing/teams"),
            _event("page_view", "2026-09-01T10:00", path="/pricing"),
            _event("form_submit", "2026-11-19T16:40", form="demo"),
        ],
    },
    {
        "email": "sato@minato.example",
        "job_role": "Owner",
        "employees": 8,
        "country": "JP",
        "events": [_event("page_view", "2026-11-20T21:00", path="/pricing")],
    },
    {"email": "lee@old-mill.example", "job_role": "Specialist", "employees": 120, "country": "UK"},
    {
        "email": "ana@campus.example",
        "job_role": "Student",
        "country": "PT",
        "events": [_event("page_view", f"2026-11-{day:02}T08:00", path="/pricing") for day in (12, 14, 15, 16, 17)],
    },
    {
        "email": "mori@studio-nine.example",
        "job_role": "Manager",
        "employees": 12,
        "country": "JP",
        "events": [_event("form_submit", "2026-10-02T11:00", form="demo")],
    },
)
