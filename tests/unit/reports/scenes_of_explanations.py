"""Models with contacts whose explanations show one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadline.readers import convert_contact
from leadline.reports import Explanation, explain_outcome
from leadline_compiler.interpreter import interpret
from leadline_compiler.resolve import Unreadable, resolve
from leadline_compiler.zones import parse_as_of
from leadline_dsl.diagnostics import Severity
from leadline_dsl.source import Source


@dataclass(frozen=True, slots=True)
class Scene:
    """A rules file and one contact."""

    rules: str
    contact: dict[str, Any]
    as_of: str = "2026-11-21"


def explained(scene: Scene) -> Explanation:
    """The explanation of a scene's contact."""
    resolution = resolve(Source("x.lead", scene.rules), lambda base, path: Unreadable("does not exist"))
    assert [found for found in resolution.diagnostics if found.severity is Severity.ERROR] == []
    model = resolution.model
    as_of = parse_as_of(scene.as_of, model.zone)
    assert as_of is not None
    contact, problems = convert_contact(model.schema, scene.contact, as_of=as_of)
    assert problems == ()
    return explain_outcome(interpret(model, contact, as_of))


def events(name: str, *times: str, **properties: Any) -> list[dict[str, Any]]:
    """Events of one kind, alike but for when they were."""
    return [{"event": name, "at": at, **properties} for at in times]


B2B = """model "B2B SaaS", time zone "Asia/Tokyo"
contact identified by record_id
  record_id:      text from "Record ID"
  email:          text from "Email"
  job_role:       one of "CEO", "CMO", "Engineer", "Student", "Other"
  employees:      number from "Number of Employees"
  country:        text
  decision_maker: yes/no
  lifecycle:      text
events
  page_view with path: text, seconds: number
  email_open with campaign: text, machine_open: yes/no
  email_click with campaign: text
  form_submit with form: text
list free_mail = "gmail.com", "yahoo.co.jp", "outlook.com"
define executive = job_role is one of "CEO", "CMO"
ignore email_open where machine_open

score fit between 0 and 50
  +5   "Executive"        when executive
  +10  "25 or more staff" when employees >= 25
  +10  "Decides"          when decision_maker
  -20  "Free mail"        when domain of email is in free_mail because "9 of 10 deals come from a company address"
  points "Country" by country
    +5  for "US", "UK"
    +2  for "JP"
    -1  for missing
    +0  otherwise

score engagement
  group "Email" at most 20
    +1   "Opened"         for each email_open in the last 30 days, at most 1 time per day
    +3   "Clicked"        for each email_click in the last 90 days, at most 1 time per campaign, halving every 30 days
  group "Site"
    +5   "Read pricing"   for each page_view where (path starts with "/pricing" and seconds >= 10)
                          in the last 60 days, up to 25 points
    -10  "Job hunter"     when count of page_view where path starts with "/careers" >= 2
    +70  "Asked for demo" when has form_submit where form is "demo" in the last 90 days
    points "Visits" by count of page_view in the last 90 days
      +3  for 2 to 5
      +6  for 6 or more
    points "Gone quiet" by days since last any event
      -15 for 30 to 59
      -30 for 60 to 89
      -50 for 90 or more

total = fit + engagement

grade fit
  "A" from 40
  "B" from 25
  "C" from 10
  "D" otherwise

disqualify "Student"    when job_role is "Student"
exclude    "Customer"   when lifecycle is "customer"
exclude    "Free plan"  when lifecycle is one of "customer", "free"
stage "MQL" when total >= 35
stage "SQL" when total >= 65 and grade of fit is one of "A", "B"
"""

_WALK_IN = {
    "record_id": "dealer-walk-in",
    "job_role": "CEO",
    "employees": 40,
    "events": [
        *events("page_view", "2026-11-20T09:00", path="/pricing", seconds=35),
        *events("email_open", "2026-11-18T23:00"),
    ],
}

_BUSY = {
    "record_id": "busy-bee",
    "email": "bee@gmail.com",
    "job_role": "CMO",
    "employees": 12,
    "country": "JP",
    "decision_maker": True,
    "events": [
        *events("email_open", *(f"2026-11-{day:02}T08:30" for day in range(1, 22)), campaign="news"),
        *events("email_open", "2026-11-20T10:00", "2026-11-20T11:00", campaign="news"),
        *events("email_open", "2026-11-20T12:00", campaign="news", machine_open=True),
        *events("email_click", "2026-11-19T08:31", "2026-11-18T08:31", campaign="autumn"),
        *events("email_click", "2026-09-19T08:31", campaign="summer"),
        *events(
            "page_view", *(f"2026-11-{day:02}T14:05" for day in range(10, 17)), path="/pricing/teams", seconds=61.5
        ),
        *events("page_view", "2026-11-02T14:05", "2025-12-24T20:00", path="/careers", seconds=5),
        *events("form_submit", "2026-07-24T00:00", form="demo"),
    ],
}

_EVERY_LIMIT = """model "Every limit"
contact
  id: text
  hours: number
  created: date
events
  call with minutes: number, on: date, kind: text
  reply
score activity between 0 and 100, losing 25% of what is left every 10 days without any of (call, reply)
  group "Calls" at least -5
    +4    "Called"      for each call, after the first 2, at most 2 times per day, at most 3 times
    -20   "Complaint"   for each call where kind is "complaint"
  +60     "Fresh"       for each reply, fading to 0 over 4 weeks
  +0.125  "Hours"       for every 2.5 of hours, up to 1 points
  +60     "Talker"      when sum of minutes of call > 30 and days since created >= 10
  +0      "Tells apart" when highest on of call >= 2026-01-01
  -3      "Short calls" for every 10 of average minutes of call - hours
score base at least 10
  -2      "Always"      when id is known
total = 0.333 * activity - 0.5 * base at most 20
grade total
  "hot" from 20
  "cold" otherwise
stage "Seen" when base >= 10
stage "Warm" when base >= 10 and activity >= 90.5
"""

_CALLER = {
    "id": "caller",
    "hours": 40,
    "created": "2026-10-12T08:00",
    "events": [
        *events("call", "2026-11-01T09:00", "2026-11-01T10:00", "2026-11-01T11:00", minutes=10, on="2026-10-31"),
        *events("call", "2026-10-20T09:00", "2026-10-19T09:00", "2026-10-18T09:00", minutes=7.25, kind="complaint"),
        *events("reply", "2026-11-03T09:00", "2026-11-09T18:30"),
    ],
}

_WHY_NOT = """model "Why not"
contact
  id: text
  country: text
  email: text
  tags: list of text
  opted_out: yes/no
  employees: number
  revenue: number
  created: date
  renewal: date
events
  visit with page: text, seconds: number
  trial
list banned = "spam.example"
define large = employees >= 500 or revenue >= 1000000
define wanted = large and country is one of "US", "UK" and email is known
define pace = employees / revenue
score points
  +1  "Wanted"        when wanted
  +2  "Wanted too"    when not wanted and (tags includes "vip" or not opted_out)
  +3  "Quiet"         when no visit in the last 30 days
  +4  "Renews"        when renewal between 2026-12-01 and 2026-12-31
  +5  "Pace"          when pace > 2
  +6  "Long read"     when has visit where (page is "/docs" and seconds >= 60)
  +7  "Tried"         for each trial in the last 30 days
  +8  "Third visit"   for each visit, after the first 2
  +9  "Allowed"       when domain of email is not in banned and email does not contain "test"
  +1.5 "Staff"        for every 100 of employees
  -1  "Unlike"        when email matches "^info@"
  -2  "Old"           when days since created > 365
  +2  "Days left"     when days until renewal < 30 and tags includes all of "a", "b"
  points "Size" by employees
    -9  for below 10
    +9  for above 1000
  points "Land" by country
    +1  for "US"
stage "Good" when wanted and points >= 10
"""

_LACKING = {
    "id": "lacking",
    "country": "Österreich",
    "email": "test@SPAM.example",
    "tags": ["vip ", "a"],
    "opted_out": True,
    "employees": 80,
    "revenue": 1000,
    "renewal": "2027-01-15",
    "created": "2026-01-02",
    "events": [
        *events("visit", "2026-11-20T10:00", page="/docs", seconds=20),
        *events("visit", "2026-11-21T10:00", page="/", seconds=3),
        *events("trial", "2026-05-01T10:00"),
    ],
}

_JAPANESE = """model "会計ソフトの見込み客", time zone "Asia/Tokyo"
contact identified by 顧客番号
  顧客番号:    text
  役職:        one of "社長", "部長"
  従業員数:    number
events
  ページ閲覧    with パス: text, 秒数: number
  資料請求      with 資料名: text
score 属性
  points "役職" by 役職
    +15  for "社長"
    +10  for "部長"
  +10  "従業員が二十五名以上の会社で、決裁権を持っている人が問い合わせをしてきた" when 従業員数 >= 25
score 行動
  +10  "料金を読んだ"  for each ページ閲覧 where (パス starts with "/料金" and 秒数 >= 10) in the last 60 days
  +5   "資料請求"      for each 資料請求 in the last 90 days, at most 1 time per 資料名, up to 15 points
stage "見込み客" when total >= 35
stage "商談へ"   when total >= 65
"""

_HOSTILE = """model "[red]\\u{1b}[31mM[/red]"
contact
  id: text
  note: text
events
  visit with page: text
score s
  +1 "[bold]\\u{202e}r" when note is known
  +2 "Each" for each visit where page is known
stage "[/]" when total >= 9
"""

SCENES = {
    "dealer-walk-in": Scene(B2B, _WALK_IN),
    "busy-bee": Scene(B2B, _BUSY),
    "excluded": Scene(B2B, {**_WALK_IN, "lifecycle": "Customer"}),
    "disqualified": Scene(B2B, {**_BUSY, "record_id": "student", "job_role": "student"}),
    "in-the-last-stage": Scene(
        B2B.replace('one of "A", "B"', '"C"'),
        {
            **_WALK_IN,
            "email": "a@b.example",
            "events": events("form_submit", "2026-11-21T23:59:30", form="Demo"),
        },
    ),
    "nothing-known": Scene(B2B, {"record_id": "new"}, "2026-11-21T09:00"),
    "every-limit": Scene(_EVERY_LIMIT, _CALLER),
    "why-not": Scene(_WHY_NOT, _LACKING),
    "japanese": Scene(
        _JAPANESE,
        {
            "顧客番号": "株式会社サンプル会計事務所東京本社営業部第一課",
            "役職": "部長",
            "従業員数": 25,
            "events": [
                *events("ページ閲覧", "2026-11-20T09:00", "2026-11-19T09:00", パス="/料金/法人プランのご案内", 秒数=30),
                *events("資料請求", "2026-11-12T09:00", 資料名="導入事例集"),
            ],
        },
    ),
    "hostile": Scene(
        _HOSTILE,
        {
            "id": "[blink]\x1b]0;x\x07",
            "note": "\x9b2J\u2028",
            "events": events("visit", "2026-11-20T09:00", page="[link=x]\x1b[2J\r\n"),
        },
    ),
}
