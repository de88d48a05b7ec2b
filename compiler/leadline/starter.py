"""The model that `leadline init` writes where there is no data yet: small, honest, and a first lesson."""

STARTER_RULES = """\
# What a contact is worth to us. Every rule is one line: the points, a name, and when they are given.
# Try it:  leadline test rules.lead

model "Our leads", time zone "UTC"

# The fields of a contact, and what they hold. `from` names the column where the data calls it otherwise.
contact identified by email
  email:     text
  job_role:  one of "Owner", "Manager", "Specialist", "Student"
  employees: number from "Number of employees"

# What contacts do, with what is known about each event.
events
  page_view with path: text
  form_submit with form: text

list free_mail = "gmail.com", "outlook.com", "yahoo.com"

# Who they are: this only changes when what you know about them changes.
score fit
  +10  "Decides"          when job_role is one of "Owner", "Manager"
  +10  "25 or more staff" when employees >= 25
  -10  "Private address"  when domain of email is in free_mail
                          because "companies rarely write from a private address"

# What they do: interest fades, so every rule here has a window.
score interest
  +5   "Looked at prices" for each page_view where path starts with "/pricing" in the last 30 days,
                          up to 15 points
  +30  "Asked for a demo" when has form_submit where form is "demo" in the last 90 days

# The total is the sum of both scores. Whoever reaches the line goes to sales.
stage "MQL" when total >= 40
"""

STARTER_SAMPLES = """\
# Contacts whose score you know. `leadline test` says which of them no longer get what you expect.
as of: 2026-11-21
contacts:
  - email: kim@harbour-works.example
    job_role: Manager
    employees: 40
    events:
      - {page_view: {path: /pricing}, at: 2026-11-18T09:00}
      - {page_view: {path: /pricing/teams}, at: 2026-11-19T16:30}
      - {form_submit: {form: demo}, at: 2026-11-19T16:40}
    expect:
      total: 60                   # 10 + 10, twice 5, and 30
      stage: MQL

  - email: sam@gmail.com          # much interest, but who is it?
    events:
      - {page_view: {path: /pricing}, at: 2026-11-20T21:00}
      - {form_submit: {form: demo}, at: 2026-11-20T21:05}
    expect:
      total: 25
      rules: {Private address: -10, Looked at prices: 5, Asked for a demo: 30}
      stage: null

  - email: lee@old-mill.example   # the visit is too long ago to count
    job_role: Specialist
    employees: 8
    events:
      - {page_view: {path: /pricing}, at: 2026-09-01T10:00}
    expect:
      total: 0
      stage: null
"""
