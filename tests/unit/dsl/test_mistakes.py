"""What is said about statements that cannot be read, and what becomes of them once the proposed edits are made.

`mistakes.txt` holds the mistakes that are known by name: what was written, the message, what the edits make of
it (⏎ is a line break).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leadline_dsl.diagnostics import Diagnostic, apply_edits
from leadline_dsl.parser import parse
from leadline_dsl.source import Source


def _known() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    blocks = [block.split("\n    ") for block in text.split("\n\n") if not block.startswith("==")]
    return [(written.strip("\n"), message, becomes.rstrip("\n")) for written, message, becomes in blocks]


_KNOWN = _known()


def _faults(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("a.lead", text)).diagnostics


def _only(text: str) -> Diagnostic:
    (fault,) = _faults(text)
    return fault


@pytest.mark.parametrize(("written", "message", "becomes"), _KNOWN, ids=[case[0] for case in _KNOWN])
def test_a_known_mistake_is_named_and_its_fix_makes_the_statement_readable(
    written: str, message: str, becomes: str
) -> None:
    text = written.replace("⏎", "\n")
    fault = _only(text)
    fixed = apply_edits(text, fault.edits)
    assert fault.message == message
    assert fixed == becomes.replace("⏎", "\n")
    assert _faults(fixed) == ()


_EXPECTED = [
    ('+5 "X" when', "expected a condition, but the statement ends here"),
    ('+5 "X" when a is', "expected a value, `in`, `known` or `missing`, but the statement ends here"),
    ('+5 "X" when a >', "expected an amount, but the statement ends here"),
    ('+5 "X" when a between 3', "expected `and`, but the statement ends here"),
    ('+5 "X" when (a is "b", c)', "expected `and`, `or` or `)`, but here stands `,`"),
    ('+5 "X"', "expected `for` or `when`, but the statement ends here"),
    ("+5", "expected a text in double quotes, but the statement ends here"),
    ('+5 "X" for each', "expected an event, but the statement ends here"),
    ('+5 "X" for each page_view where', "expected a test of the event's properties, but the statement ends here"),
    ('+5 "X" for each page_view in the last', "expected a number, but the statement ends here"),
    ('+5 "X" for each page_view in the last 30', "expected a unit such as `days`, but the statement ends here"),
    ("score", "expected a name, but the statement ends here"),
    ("score fit at most", "expected a number, but the statement ends here"),
    ("define x", "expected `=`, but the statement ends here"),
    ("list x", "expected `=` or `from`, but the statement ends here"),
    ('model "x" "y"', 'expected `,`, but here stands `"y"`'),
    ('when a is "b"', "a rule begins with its points"),
    ("wenn a", "no statement begins with `wenn`"),
    ('"Executive"', 'no statement begins with `"Executive"`'),
]


@pytest.mark.parametrize(("written", "message"), _EXPECTED, ids=[case[0] for case in _EXPECTED])
def test_where_nothing_is_known_the_user_hears_what_was_expected(written: str, message: str) -> None:
    fault = _only(written)
    assert fault.message == message
    assert fault.help
    assert not fault.edits


_ONLY_NAME = "only the name stands in double quotes, and what follows it behind them"
_CAPS = ["max 20", "capped at 20", "up to 20 points", "bis 20", "höchstens 20", "<= 20", "≤ 20", "20", "0 to 20"]

_NAMED = [
    ('+5 "X" when signed_up > 30 days ago', "`signed_up > 30 days ago` can be read in two ways"),
    ('+5 "X" when signed_up is in the last 3 months', "is not the way to ask for the age of a date"),
    ('+5 "X" when has page_view, email_open', "`has` takes one event, and here stand 2"),
    ('+5 "X" when email like "a%b"', "`like` with `%` is said in words here"),
    ('+5 "X" when SUM(seconds) > 3', "the language has no functions such as `SUM()`"),
    ('+5 "X" when sum of seconds > 3', "`sum of seconds` does not say of which event"),
    ('+5 "X" when a, country is "US"', "conditions are joined by `and` or `or`, not by `,`"),
    ("total = fit + 10", "a total is a sum of scores, to which no number is added"),
    ("+5 for 2026-01-01 to 2026-02-01", "a row takes texts, numbers, yes or no, but no dates"),
    ("decides: +5", "points stand first, and not behind a colon"),
    *((f"group Web {cap}", _ONLY_NAME) for cap in _CAPS),
    *((f"+5 Web {cap} for each page_view", _ONLY_NAME) for cap in _CAPS),
    ("stage Hot >= 5", _ONLY_NAME),
    ("stage Hot 5", _ONLY_NAME),
    ("stage Hot fit >= 5", _ONLY_NAME),
    ("exclude Customer employees", _ONLY_NAME),
    ("points Size max 20 by employees", _ONLY_NAME),
    ('group "Web" at 20', "`at 20` can be a cap or a floor"),
    ("score fit at -20", "`at -20` can be a cap or a floor"),
    ("total = fit at 20", "`at 20` can be a cap or a floor"),
    ("score fit\nMQL >= 30", "no statement begins with `MQL`, and the one above does not go on so"),
]


@pytest.mark.parametrize(("written", "message"), _NAMED, ids=[case[0] for case in _NAMED])
def test_a_mistake_whose_repair_only_the_user_knows_is_named_and_left_alone(written: str, message: str) -> None:
    fault = _only(written)
    assert fault.message.endswith(message)
    assert fault.help
    assert not fault.edits


_HELPS = [
    *(
        (text, "write `2500` if the comma sets off thousands, `2.5` if it sets off decimals")
        for text in ('+5 "X" when revenue >= 2,500', "score fit at most 2,500", '+2,500 "X" when a')
    ),
    ('+5 "X" when revenue > 1,000', "write `1000` if the comma sets off thousands, `1` if it sets off decimals"),
    (
        '-50 "X" when has page_view, at most 20 points',
        "take `, at most 20 points` away, or give the points `for each` event",
    ),
    (
        '-50 "X" when has page_view at most 20 points',
        "take `at most 20 points` away, or give the points `for each` event",
    ),
    ('+5 "X" when a b > 3', "write `and` if both must hold, `or` if one suffices"),
    ('+5 "X" when signed_up is 2026-02-30', "February 2026 has 28 days"),
    ('+5 "X" when signed_up is 2024-02-30', "February 2024 has 29 days"),
    ('+5 "X" when signed_up is 2026-13-01', "write it as YYYY-MM-DD: the months are 01 to 12"),
    (
        '+5 "X" when signed_up is 2026-02-20T25:00',
        "write the time as HH:MM or HH:MM:SS: hours are 00 to 23, minutes and seconds 00 to 59",
    ),
    ('+5 "X" when has page_view in the last 30', "write `30 days`, or another unit such as `hours` or `weeks`"),
    ('+5 "X" when employees >= 30 seconds', "take `seconds` away if that is what is counted"),
]


@pytest.mark.parametrize(("written", "help"), _HELPS, ids=[case[0] for case in _HELPS])
def test_what_only_the_user_knows_is_told_with_what_to_write(written: str, help: str) -> None:
    fault = _only(written)
    assert fault.help == help
    assert not fault.edits


_SEVERAL = [
    ("+5 \"Executive\" if job_role = 'CEO'", '+5 "Executive" when job_role is "CEO"'),
    ("stage Sales qualified if total => 65 AND fit > 20", 'stage "Sales qualified" when total >= 65 and fit > 20'),
    (
        "+1 Opened for every email_open in last 30d at most once a day",
        '+1 "Opened" for each email_open in the last 30 days, at most 1 time per day',
    ),
    (
        '+5 "X" when job_role is not one of CEO, CMO && phone is not empty',
        '+5 "X" when job_role is none of "CEO", "CMO" and phone is known',
    ),
    ("stage Sales qualified total >= 65 and fit > 20", 'stage "Sales qualified" when total >= 65 and fit > 20'),
    ("stage Tier 1 when total >= 65", 'stage "Tier 1" when total >= 65'),
    ("stage Over the line when total >= 65", 'stage "Over the line" when total >= 65'),
    ("exclude Do not contact when opted_out", 'exclude "Do not contact" when opted_out'),
    ("group Up and under", 'group "Up and under"'),
    ("group Web at most 20", 'group "Web" at most 20'),
    ("group Web (max 20)", 'group "Web" at most 20'),
    ("score Web visits max 20", "score `Web visits` at most 20"),
    (
        "points Size by employees\n+5 for 5 or less\n+2 for 6-10\n+3 for 11+\notherwise 0",
        'points "Size" by employees\n+5 for below 5, 5\n+2 for 6 to 10\n+3 for 11 or more\n+0 otherwise',
    ),
]


@pytest.mark.parametrize(("written", "becomes"), _SEVERAL, ids=[case[0] for case in _SEVERAL])
def test_fix_after_fix_leads_to_a_readable_statement(written: str, becomes: str) -> None:
    text = written
    for _ in range(10):
        faults = _faults(text)
        if not faults:
            break
        text = apply_edits(text, faults[0].edits)
    assert text == becomes


def test_what_could_be_a_cap_or_a_floor_is_told_with_both_forms() -> None:
    for text in ("group Web max 20", 'group "Web" at 20', "total = fit at 20"):
        fault = _only(text)
        assert "at most 20" in fault.help
        assert "at least 20" in fault.help


def test_messages_are_one_clause_in_the_words_of_the_user() -> None:
    for written, *_ in _KNOWN + [(case[0],) for case in _EXPECTED]:
        fault = _only(written.replace("⏎", "\n"))
        assert re.fullmatch(r"[a-z`][^\n]*[^.\s]", fault.message), fault.message
        outside_quotes = re.sub(r"`[^`]*`", "", fault.message)
        assert not re.search(r"[A-Z]{2,}|_|invalid|token|parse|syntax", outside_quotes), fault.message
        assert fault.help, fault.message


def test_the_span_covers_what_is_wrong() -> None:
    for text, wrong in [
        ('+5 "X" when job_role is not one of "CEO", "CMO"', "is not one of"),
        ('+5 "X" when phone is empty and a', "is empty"),
        ('+5 "X" for each page_view, at most once a day', "at most once a"),
        ("email: string", "string"),
        ("scor fit", "scor"),
        ('+5 "X" when (a or b', "("),
    ]:
        span = _only(text).span
        assert text[span.start : span.end] == wrong


def test_one_faulty_line_hides_none_of_the_others() -> None:
    text = 'score fit\n+5 "A" if a\n+5 "B" when b\nstage MQL when fit > 3\nstage "SQL" when fit => 5\n'
    assert [fault.message for fault in _faults(text)] == [
        "`if` is written `when`",
        'a text stands in double quotes: `"MQL"`',
        "`=>` is written `>=`",
    ]


def test_comments_of_other_languages_are_mended_all_at_once_also_above_everything_else() -> None:
    for text in (
        '// Scoring\n// of 2026\nmodel "M"\n',
        '-- Scoring\nmodel "M"\n',
        '/* Scoring\n   of 2026 */\nmodel "M"\n',
        'score fit\n  // the rules\n  -- by Ops\n  +5 "X" when a\n',
        '+5 "// no comment" when path is "//a" // a comment\n',
    ):
        fault = _only(text)
        assert fault.message == "a comment begins with `#`"
        fixed = apply_edits(text, fault.edits)
        assert _faults(fixed) == ()
        assert '"// no comment"' in fixed or "//" not in fixed


def test_a_line_that_begins_nothing_is_not_blamed_on_the_statement_above() -> None:
    text = 'score fit\n+5 "A" when a\n1. +5 "B" when b\n'
    fault = _only(text)
    assert text[fault.span.start : fault.span.end] == "1"
    assert "no statement begins with `1`" in fault.message


def test_a_misspelt_block_still_holds_its_lines() -> None:
    assert len(_faults("evnts = \npage_view\nemail_open with campaign: text\n")) == 1
    assert len(_faults('grde fit\n"A" from 40\n"B" otherwise\n')) == 1


def test_a_day_and_month_that_could_be_either_are_not_guessed() -> None:
    fault = _only('+5 "X" for each page_view since 03/04/2026')
    assert "a date such as 2026-03-31" in fault.message
    assert not fault.edits


def test_wordings_with_two_meanings_name_both() -> None:
    help = _only('+5 "X" when page_view in the last 30 days').help
    assert "`has page_view in the last 30 days`" in help
    assert "`days since page_view between 0 and 29`" in help
    assert "of the original" in _only('+5 "X" for each page_view, losing 25% every 30 days').help


def test_a_mistake_in_a_very_long_statement_is_named_all_the_same() -> None:
    values = ", ".join(f'"value {number}"' for number in range(8000))
    fault = _only(f'+5 "X" when job_role is one of {values} oops 5')
    assert fault.message == "expected `and`, `or`, `because` or `,`, but here stands `oops`"
