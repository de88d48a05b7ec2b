"""Writes a rules file of any size, in the mix of rules that real models have. The same seed gives the same file."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable

_HEAD = """model "Benchmark", time zone "Europe/Berlin"

contact identified by record_id
  record_id: text
  email: text
  title: text
  country: text
  industry: one of "software", "retail", "health", "banking", "other"
  employees: number
  revenue: number
  opted_out: yes/no
  interests: list of text
  signed_up: date

events
  page_view with path: text, seconds: number
  email_open with campaign: text
  email_click with campaign: text
  form_submit with form: text
  call

list free_mail = "gmail.com", "yahoo.co.jp", "outlook.com"

score fit
"""

_WORDS = ("sales", "chief", "head", "vp", "engineer", "student", "owner", "buyer", "data", "growth", "people", "ops")


def _rule(number: int, draw: random.Random) -> str:
    word, other = draw.sample(_WORDS, 2)
    days = draw.choice((7, 14, 30, 60, 90))
    shapes: tuple[Callable[[], str], ...] = (
        lambda: f'when country is "{word.upper()}{number % 50}"',
        lambda: f'when country is one of "{word}", "{other}", "US", "JP"',
        lambda: f"when employees between {number % 900} and {number % 900 + 50}",
        lambda: f'when title contains "{word} {number % 70}"',
        lambda: f'when domain of email is in free_mail and title contains "{word}"',
        lambda: (
            f'when industry is "software" and employees >= {number % 1000} and has form_submit where form is "{other}"'
        ),
        lambda: (
            f'for each page_view where (path starts with "/{word}/{number % 80}" and seconds >= 10)'
            f"\n       in the last {days} days, up to 25 points"
        ),
        lambda: (
            f'for each email_click where campaign is "{word}" in the last {days} days, at most 1 time per day,'
            " halving every 30 days"
        ),
        lambda: (
            f'when count of page_view where path starts with "/{other}" in the last {days} days >= {number % 6 + 1}'
        ),
        lambda: f"when no event in the last {days} days",
    )
    points = draw.choice((-20, -10, -5, 1, 2, 3, 5, 10, 15))
    return f'  {points:+d} "Rule {number}" {draw.choice(shapes)()}\n'


def make_rules(rules: int, seed: int = 1) -> str:
    """The text of a rules file with so many rules."""
    draw = random.Random(seed)
    body = "".join(_rule(number, draw) for number in range(rules))
    return f'{_HEAD}{body}\nstage "MQL" when total >= 35\nstage "SQL" when total >= 65\n'


def main() -> None:
    """Writes the file to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write(make_rules(options.rules, options.seed))


if __name__ == "__main__":
    main()
