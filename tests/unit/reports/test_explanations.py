"""What a sales person reads about one contact's score."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from leadline.reports import Explanation, explained_rules, explanation_json, print_explanation
from unit.reports.scenes_of_explanations import B2B, SCENES, Scene, explained


def printed(explanation: Explanation, width: int = 80, nearest: int | None = 10) -> str:
    stream = io.StringIO()
    print_explanation(explanation, Console(file=stream, width=width, _environ={}), nearest=nearest)
    return stream.getvalue()


@pytest.mark.parametrize("scene", SCENES)
def test_an_explanation_reads_well_at_80_columns(scene: str, golden: Callable[[str, str], None]) -> None:
    golden(f"explain/{scene}.txt", printed(explained(SCENES[scene])))


@pytest.mark.parametrize(("scene", "width"), [("dealer-walk-in", 60), ("busy-bee", 60), ("japanese", 40)])
def test_a_narrow_terminal_gets_the_same_in_fewer_columns(
    scene: str, width: int, golden: Callable[[str, str], None]
) -> None:
    text = printed(explained(SCENES[scene]), width)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    golden(f"explain/{scene}-{width}.txt", text)


def test_plus_is_green_and_minus_red_on_a_terminal(golden: Callable[[str, str], None]) -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=80, _environ={}, force_terminal=True, color_system="standard")
    print_explanation(explained(SCENES["busy-bee"]), console)
    golden("explain/busy-bee-colours.txt", stream.getvalue().replace("\x1b", "␛"))


def test_nothing_of_the_data_is_read_as_markup_or_steers_the_terminal() -> None:
    text = printed(explained(SCENES["hostile"]))
    assert "[blink]␛]0;x␇ has 3 points" in text
    assert "[bold]<U+202E>r" in text
    assert {unicodedata.category(char) for char in text if char != "\n"}.isdisjoint({"Cc", "Cf", "Cs"})


@pytest.mark.parametrize("scene", SCENES)
def test_every_printed_sum_is_right(scene: str) -> None:
    explanation = explained(SCENES[scene])
    _, _, sums = printed(explanation, 120).partition("\nAdds up\n")
    names = {score.score for score in explanation.sums}
    checked = 0
    for line in sums.partition("\n\n")[0].split("\n"):
        total, name, *terms = line.partition(", grade")[0].split()
        if name in names and terms[0] == "=":
            assert sum(map(Decimal, "".join(terms[1:]).replace("-", " -").replace("+", " ").split())) == Decimal(total)
            checked += 1
    assert checked == sum(bool(score.lines) for score in explanation.sums)


LONG = "they told us so at the fair in Leipzig, and then again on the telephone, and in a letter that nobody answered"


def test_why_a_contact_is_out_is_told_with_the_words_of_the_rules() -> None:
    out = f'exclude "Ours" when id is "x" because "{LONG}"'
    rules = f'model "m"\ncontact\n  id: text\nscore s\n  +1 "R" when id is known\n{out}\n'
    explanation = explained(Scene(rules, {"id": "x"}))
    text = printed(explanation)
    assert f'out Ours id is "x"; because {LONG}' in " ".join(text.split())
    [exit_] = explanation_json(explanation)["exits"]
    assert exit_["because"] == LONG


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_word_of_a_because_is_lost_at_any_width(width: int) -> None:
    becauses = [f"{number}: {LONG} {LONG}" for number in range(5)]
    lines = "".join(f'  +{9 - n} "R{n}" when id is "x" because "{why}"\n' for n, why in enumerate(becauses))
    stage = f'stage "In" when total >= 1 because "stage: {LONG}"'
    text = printed(explained(Scene(f'model "m"\ncontact\n  id: text\nscore s\n{lines}{stage}\n', {"id": "x"})), width)
    words = " ".join(text.split())
    assert all(why in words for why in (*becauses, f"stage: {LONG}"))
    assert "…" not in words


def test_what_is_said_in_few_words_first_stands_in_full_below() -> None:
    text = printed(explained(SCENES["busy-bee"]))
    head, _, full = text.partition("\nIn full\n")
    assert "and 6 more" in head
    assert "(16 Nov 14:05)" not in head.partition("Decides")[0]
    assert "(16 Nov 14:05)" in full
    assert "In full" not in printed(explained(SCENES["dealer-walk-in"]))


def test_beyond_the_nearest_rules_only_names_are_told() -> None:
    explanation = explained(SCENES["nothing-known"])
    text = printed(explanation, nearest=2)
    assert "(+70)  Asked for demo" in text
    assert "and 6 more: 25 or more staff, Decides, Executive, Read pricing, Clicked, Opened" in " ".join(text.split())
    assert "and 2 more: Gone quiet, Free mail" in text
    assert "and 6 more" not in printed(explanation, nearest=None)


SENTENCES = {
    "alone": ("", {"n": 1}, "x has 1 point."),
    "below": ('stage "A" when total >= 3.5', {"n": 1}, "x has 1 point: no stage yet, 2.5 short of A."),
    "reached": ('stage "A" when total >= 1', {"n": 1}, "x is A with 1 point."),
    "between": (
        'stage "A" when total >= 1\nstage "B" when total >= 2\nstage "C" when total >= 3',
        {"n": 1},
        "x is A with 1 point; 1 short of B.",
    ),
    "skipped": ('stage "A" when total >= 9\nstage "B" when n > 0', {"n": 1}, "x is B with 1 point."),
    "in a score": ('stage "A" when s >= 2 and n > 0', {"n": 1}, "x has 1 point: no stage yet, 1 short of A in s."),
    "points and more": (
        'stage "A" when total >= 2 and (n > 5 and flag)',
        {"n": 9},
        "x has 1 point: no stage yet, 1 short of A, which also needs flag.",
    ),
    "points and much more": (
        'stage "A" when total >= 2 and n > 5 and flag',
        {"n": 1},
        "x has 1 point: no stage yet, 1 short of A, which needs 2 other things too.",
    ),
    "no points": ('stage "A" when flag', {"n": 1}, "x has 1 point: no stage yet, for A, flag is missing, needs yes."),
    "above": (
        'stage "A" when total > 1',
        {"n": 1},
        "x has 1 point: no stage yet, for A, total is 1, needs > 1.",
    ),
    "out": ('disqualify "No" when n > 0', {"n": 1}, 'x is disqualified ("No"), whatever the 1 point say.'),
    "out for good": (
        'disqualify "No" when n > 0\nexclude "Never" when n > 0\nexclude "Ever" when n > 0',
        {"n": -1},
        "x has 0 points.",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_the_sentence_says_what_has_come_out(case: str) -> None:
    statements, contact, sentence = SENTENCES[case]
    rules = f'model "m"\ncontact\n  id: text\n  n: number\n  flag: yes/no\nscore s\n  +1 "R" when n > 0\n{statements}\n'
    assert explained(Scene(rules, {"id": "x", **contact})).sentence == sentence


def test_what_an_ignored_or_a_late_event_would_have_been_is_told() -> None:
    rules = (
        'model "m"\ncontact\n  id: text\nevents\n  mail with robot: yes/no\nignore mail where robot\n'
        'score s\n  +1 "Mail" for each mail\n  +2 "New mail" when has mail in the last 3 days\n'
    )
    ignored = explained(Scene(rules, {"id": "x", "events": [{"event": "mail", "at": "2026-11-20", "robot": True}]}))
    old = explained(Scene(rules, {"id": "x", "events": [{"event": "mail", "at": "2026-11-10"}]}))
    assert [line.said for line in ignored.missed] == [
        "no mail in the last 3 days (ignored: 1 day ago (20 Nov))",
        "no mail (ignored: 1 day ago (20 Nov))",
    ]
    assert [line.said for line in old.missed] == ["no mail in the last 3 days (last one: 11 days ago (10 Nov))"]
    assert [line.reason for line in old.missed[0].left_out] == ["outside of the window"]


def test_the_json_holds_all_that_is_told(golden: Callable[[str, str], None]) -> None:
    for scene in ("busy-bee", "every-limit"):
        told = json.dumps(explanation_json(explained(SCENES[scene])), ensure_ascii=False, indent=1)
        golden(f"explain/{scene}.json", told + "\n")


def test_a_rule_of_the_json_says_what_counted_what_did_not_and_what_a_cap_took() -> None:
    by_name = {entry["rule"]: entry["why"] for entry in explained_rules(explained(SCENES["busy-bee"]))}
    clicked = by_name["Clicked"]
    assert [(event["properties"]["campaign"], event["ago"], event["points"]) for event in clicked["events"]] == [
        ("autumn", "2 days ago", 3),
        ("summer", "63 days ago", 0.75),
    ]
    assert [(left["reason"], left["times"]) for left in clicked["not_counted"]] == [("at most 1 time per campaign", 1)]
    assert [(cut["kind"], cut["before"], cut["after"]) for cut in clicked["cuts"]] == [
        ("limit", None, None),
        ("decay", 6, 3.75),
        ("group", 24.75, 20),
    ]
    assert by_name["25 or more staff"]["tests"] == [
        {"test": "employees >= 25", "holds": False, "said": "employees is 12, needs >= 25"}
    ]
    assert ("ignored", 1) in [(left["reason"], left["times"]) for left in by_name["Opened"]["not_counted"]]


def test_defines_that_use_one_another_many_times_are_explained_once() -> None:
    chain = "\n".join(f"define d{n} = d{n - 1} and (d{n - 1} or not d{n - 1})" for n in range(1, 26))
    rules = (
        f'model "m"\ncontact\n  id: text\n  n: number\ndefine d0 = n > 5\n{chain}\n'
        'score s\n  +1 "R" when d25\n  +1 "S" when not d25\n'
    )
    explanation = explained(Scene(rules, {"id": "x", "n": 1}))
    [fired], [missed] = explanation.reasons, explanation.missed
    assert fired.said == "n is 1"
    assert [part.said for part in missed.parts] == ["n is 1, needs > 5"]


def test_the_model_of_the_language_page_needs_no_more_than_a_screen() -> None:
    scene = Scene(B2B, SCENES["dealer-walk-in"].contact)
    assert printed(explained(scene)).count("\n") <= 40
