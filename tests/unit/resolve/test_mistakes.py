"""What newcomers type wrongly, told with all that is declared in view.

`mistakes.txt` holds a block for each: what was written (⏎ is a line break), the one message, the help, and what the
edits make of it; `-` where only the user can say what is meant. A repaired statement has no fault left.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline.rules import check_source
from leadline_dsl.diagnostics import Diagnostic, Severity, apply_edits
from leadline_dsl.source import Source

_DECLARED = """model "M"
contact
  id: text
  email: text
  country: text
  job_role: one of "CEO", "CMO", "Engineer"
  lifecycle: text
  employees: number
  revenue: number
  ok: yes/no
  opted_out: yes/no
  interests: list of text
  signed_up: date
  renewal: date
events
  page_view with path: text, seconds: number, bot: yes/no
  email_open with campaign: text, machine_open: yes/no
list free_mail = "gmail.com", "outlook.com"
list partners = "example.com"
define executive = job_role is one of "CEO", "CMO"
score fit
"""


def _read() -> list[tuple[str, str, str, str]]:
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    blocks = [block.strip("\n").split("\n    ") for block in text.split("\n\n") if not block.startswith("==")]
    return [(written, message, help, becomes) for written, message, help, becomes in blocks]


_KNOWN = _read()


def _errors(text: str) -> list[Diagnostic]:
    found = check_source(Source("a.lead", _DECLARED + text), 0).diagnostics
    return [item for item in found if item.severity is not Severity.INFO]


def _fixed(text: str, fault: Diagnostic) -> str:
    whole = apply_edits(_DECLARED + text, fault.edits)
    assert whole.startswith(_DECLARED), "an edit stays in its statement"
    return whole.removeprefix(_DECLARED)


@pytest.mark.parametrize(("written", "message", "help", "becomes"), _KNOWN, ids=[case[0] for case in _KNOWN])
def test_a_mistake_gets_one_message_a_help_and_where_it_is_sure_a_repair(
    written: str, message: str, help: str, becomes: str
) -> None:
    text = written.replace("⏎", "\n")
    faults = _errors(text)
    assert [fault.message for fault in faults] == [message]
    assert faults[0].help == help
    if becomes == "-":
        assert not faults[0].edits
    else:
        fixed = _fixed(text, faults[0])
        assert fixed == becomes.replace("⏎", "\n")
        assert _errors(fixed) == []


_RIGHT = [
    '+5 "X" when country is one of "US", "UK" and ok',
    '+5 "X" when has page_view where path is "/a" and ok',
    '+5 "X" when count of page_view where (bot) >= 2',
    '+5 "X" when employees is one of 1, 200',
    '+5 "X" when employees > 5 or 3 < revenue',
    'points "P" by employees\n+5 for 1,200\n+0 otherwise',
]


@pytest.mark.parametrize("text", _RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert _errors(text) == []


def test_a_comment_between_values_survives_the_repair() -> None:
    text = '+5 "X" when country is "US" # home\n  or "UK" # since May\n'
    (fault,) = _errors(text)
    fixed = _fixed(text, fault)
    assert fixed == '+5 "X" when country is one of "US", # home\n  "UK" # since May\n'
    assert _errors(fixed) == []


def test_a_list_of_values_keeps_its_place_among_other_conditions() -> None:
    for text, right in [
        ('ok and country is "US" or "UK"', 'ok and country is one of "US", "UK"'),
        ('country is "US" or "UK" and ok', 'country is one of "US", "UK" and ok'),
        ('(country is "US" or "UK") and ok', '(country is one of "US", "UK") and ok'),
        ('not email contains "a" or "b"', 'not email contains any of "a", "b"'),
    ]:
        (fault,) = _errors(f'+5 "X" when {text}')
        assert _fixed(f'+5 "X" when {text}', fault) == f'+5 "X" when {right}'


def test_windows_move_behind_the_parentheses_that_a_repair_adds() -> None:
    text = '+5 "X" when has page_view where bot in the last 30 days and seconds > 5'
    (fault,) = _errors(text)
    fixed = _fixed(text, fault)
    assert fixed == '+5 "X" when has page_view where (bot and seconds > 5) in the last 30 days'
    assert _errors(fixed) == []


def test_a_very_long_chain_of_loose_values_is_told_without_delay() -> None:
    values = " or ".join(f'"{number}"' for number in range(2000))
    assert _errors(f'+5 "X" when country is {values}')
