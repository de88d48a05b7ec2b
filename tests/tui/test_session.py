"""The editor's state: results that come late, files that others write, texts that are not lost."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import leadline
from leadline.reports import explain_outcome, twigs_of
from leadline.sources import RulesError
from leadline_tui.session import recovery
from leadline_tui.session.contacts import Sources, load_contacts
from leadline_tui.session.files import OnDisk, SaveError, read_rules, write_rules
from leadline_tui.session.following import follow
from leadline_tui.session.opening import open_session
from leadline_tui.session.pipeline import AllScores, FirstScores, News, NoContacts, Pipeline
from leadline_tui.session.session import Opened, Reasons, Session

RULES = """model "M", time zone "Asia/Tokyo"
contact
  id: text
  employees: number
  job: one of "CEO", "Student"
  interests: list of text
  signed_up: date
  decides: yes/no
events
  visit with path: text, seconds: number
score fit
  +10 "Many" when employees >= 12.5
  +3  "CEO" when job is "CEO" and decides
  +2  "CRM" when interests includes "crm"
  +1  "New" when days since signed_up < 30
  +5  "Prices" for each visit where (path starts with "/p" and seconds >= 2.5) in the last 30 days,
                at most 1 time per day
grade fit
  "A" from 15
  "B" otherwise
stage "MQL" when total >= 15
"""
CONTACTS: list[dict[str, Any]] = [
    {"id": "a", "employees": 13, "job": "CEO", "decides": "yes", "interests": ["crm", "x"], "signed_up": "2026-11-20"},
    {
        "id": "b",
        "employees": 12.5,
        "events": [{"event": "visit", "at": "2026-11-20T09:00", "path": "/pricing", "seconds": 2.5}],
    },
    {"id": "c", "employees": 12.4, "job": "Student"},
    {"id": "d"},
]


@pytest.fixture
def contacts(tmp_path: Path) -> str:
    path = tmp_path / "contacts.json"
    path.write_text(json.dumps({"as of": "2026-11-21", "contacts": CONTACTS}), encoding="utf-8")
    return str(path)


def news_of(pipeline: Pipeline, session: Session) -> list[News]:
    found: list[News] = []
    pipeline.run(session.request(), found.append, lambda: True)
    return found


def accept_all(pipeline: Pipeline, session: Session) -> None:
    for news in news_of(pipeline, session):
        session.accept(news, 0.0)


def session_with(contacts: str, text: str = RULES) -> Session:
    return Session(Opened("", OnDisk(text), Sources(contacts)))


def test_contacts_have_the_scores_that_the_command_line_gives_them(contacts: str) -> None:
    session = session_with(contacts)
    accept_all(Pipeline(), session)
    model = leadline.check(RULES).model
    assert model is not None
    assert session.scored is not None
    expected = [leadline.score(model, contact, "2026-11-21") for contact in CONTACTS]
    found = [(item.id, item.total, item.stage) for item in session.scored.standings]
    assert found == [(item["id"], item["total"] * 1000, item["stage"]) for item in expected]
    assert [item.total for item in session.scored.standings] == [16000, 15000, 0, 0]
    assert [item.grade for item in session.scored.standings] == ["A", "A", "B", "B"]


def test_the_explanation_of_a_contact_is_that_of_the_same_scores(contacts: str) -> None:
    session = session_with(contacts)
    accept_all(Pipeline(), session)
    assert session.scored is not None
    found = explain_outcome(session.scored.scorer.explain(*session.subject(1)))
    session.accept_reasons(session.reasons_key(1), Reasons(found, twigs_of(found)))
    assert session.reasons(0) is None
    reasons = session.reasons(1)
    model = leadline.check(RULES).model
    assert reasons is not None
    assert model is not None
    assert reasons.explanation == explain_outcome(leadline.outcome(model, CONTACTS[1], "2026-11-21"))


def test_a_result_for_an_older_text_is_dropped(contacts: str) -> None:
    session, pipeline = session_with(contacts), Pipeline()
    late = news_of(pipeline, session)
    session.change(RULES.replace("+10", "+20"))
    assert not any(session.accept(news, 0.0) for news in late)
    assert session.scored is None
    assert session.findings == ()


def test_changes_are_told_from_the_saved_rules(contacts: str) -> None:
    session, pipeline = session_with(contacts), Pipeline()
    accept_all(pipeline, session)
    session.change(RULES.replace("+10", "+20"))
    accept_all(pipeline, session)
    before = session.standing_before(0)
    assert session.scored is not None
    assert before is not None
    assert (before.total, session.scored.standings[0].total) == (16000, 26000)


def test_while_the_text_has_errors_the_last_scores_stay_and_are_told_to_be_old(contacts: str) -> None:
    session, pipeline = session_with(contacts), Pipeline()
    accept_all(pipeline, session)
    session.change(RULES.replace("employees >=", "staff >="))
    accept_all(pipeline, session)
    assert session.errors == 1
    assert session.has_old_scores
    assert session.scored is not None
    assert session.scored.standings[0].total == 16000
    session.change(RULES)
    accept_all(pipeline, session)
    assert not session.has_old_scores


def test_changes_are_told_also_where_the_saved_rules_were_not_scored_the_first_time(contacts: str) -> None:
    session, pipeline = session_with(contacts), Pipeline()
    session.change(RULES.replace("+10", "+20"))
    for allowed in range(12):
        asked: list[bool] = []

        def is_wanted(allowed: int = allowed, asked: list[bool] = asked) -> bool:
            asked.append(True)
            return len(asked) <= allowed

        pipeline.run(session.request(), lambda news: None, is_wanted)
    accept_all(pipeline, session)
    before = session.standing_before(0)
    assert before is not None
    assert before.total == 16000


def test_a_change_of_a_type_reads_the_contacts_anew(contacts: str) -> None:
    session, pipeline = session_with(contacts), Pipeline()
    accept_all(pipeline, session)
    session.change(RULES.replace("employees: number", "employees: text").replace(">= 12.5", 'is "13"'))
    accept_all(pipeline, session)
    assert session.scored is not None
    assert [item.total for item in session.scored.standings] == [16000, 5000, 0, 0]


def test_contacts_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    found = news_of(Pipeline(), session_with(str(tmp_path / "none.csv")))
    assert isinstance(found[-1], NoContacts)
    assert "none.csv" in found[-1].message


def test_the_contacts_on_the_screen_are_scored_first(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps([{"id": str(number), "employees": number} for number in range(400)]), encoding="utf-8")
    session, pipeline = session_with(str(path)), Pipeline(soon=-1)
    found: list[News] = []
    pipeline.run(session.request(first=(7, 399)), found.append, lambda: True)
    first, last = found[-2:]
    assert isinstance(first, FirstScores)
    assert isinstance(last, AllScores)
    assert {index: item.id for index, item in first.standings.items()} == {7: "7", 399: "399"}
    assert [item.id for item in last.scored.standings] == [str(number) for number in range(400)]


def test_what_is_not_wanted_any_more_is_not_worked_out(contacts: str) -> None:
    found: list[News] = []
    Pipeline().run(session_with(contacts).request(), found.append, lambda: not found)
    assert [type(item).__name__ for item in found] == ["Faults", "Checked"]


def test_values_of_the_data_are_proposed(contacts: str) -> None:
    session = session_with(contacts, RULES.replace('job: one of "CEO", "Student"', "job: text"))
    accept_all(Pipeline(), session)
    text = RULES.replace('job: one of "CEO", "Student"', "job: text").replace('job is "CEO"', 'job is "')
    offset = text.index('job is "') + len('job is "')
    assert {item.text for item in session.complete(text, offset).items} == {'CEO"', 'Student"'}


# ---- files


@pytest.mark.parametrize("raw", [b"a\r\nb\n\xe4\xbc\x9a", b"\xef\xbb\xbfa\n", "a\r\n会".encode("utf-16")])
def test_a_file_that_is_saved_unchanged_keeps_every_byte(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "r.lead"
    path.write_bytes(raw)
    disk = read_rules(str(path))
    write_rules(str(path), disk.text, disk)
    assert path.read_bytes() == raw


def test_saving_keeps_the_mode_and_the_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.lead", tmp_path / "link.lead"
    real.write_text("a", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_rules(str(link), "b", read_rules(str(link)))
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "b"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(item.name for item in tmp_path.iterdir()) == ["link.lead", "real.lead"]


def test_a_new_file_gets_the_mode_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_rules(str(tmp_path / "new.lead"), "a", OnDisk())
    assert (tmp_path / "new.lead").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="does not exist"):
        write_rules(str(tmp_path / "none" / "r.lead"), "a", OnDisk())


def test_a_change_from_outside_is_seen_by_its_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.lead"
    path.write_text("a", encoding="utf-8")
    session = Session(Opened(str(path), read_rules(str(path)), Sources()))
    os.utime(path, (1, 1))
    assert not session.is_changed_outside
    path.write_text("b", encoding="utf-8")
    assert session.is_changed_outside
    path.unlink()
    assert session.is_changed_outside


# ---- what was not saved


def test_an_unsaved_text_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "r.lead"
    path.write_text("a", encoding="utf-8")
    session = Session(Opened(str(path), read_rules(str(path)), Sources()))
    session.change("a changed 会 \ud800")
    assert session.keep(12.0)
    kept = recovery.find(str(path))
    assert kept is not None
    assert (kept.text, kept.base, kept.at, kept.is_open_elsewhere) == (session.text, session.disk.digest, 12.0, False)
    assert stat.S_IMODE(recovery.path_of(str(path)).stat().st_mode) == 0o600
    session.change("a")
    session.keep(13.0)
    assert recovery.find(str(path)) is None


def test_it_is_told_whether_another_program_still_has_the_text_open(tmp_path: Path) -> None:
    path = str(tmp_path / "r.lead")
    recovery.keep(path, "a", "", 0.0)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        kept = json.loads(recovery.path_of(path).read_text())
        recovery.path_of(path).write_text(json.dumps({**kept, "pid": other.pid}))
        found = recovery.find(path)
        assert found is not None
        assert found.is_open_elsewhere
    finally:
        other.communicate(b"\n")
    found = recovery.find(path)
    assert found is not None
    assert not found.is_open_elsewhere


@pytest.mark.parametrize("content", ["", "{", "[]", '{"text": 1}', '{"text":"a","base":"","at":"x","pid":1,"host":""}'])
def test_a_kept_text_that_is_damaged_is_passed_over(content: str, tmp_path: Path) -> None:
    path = str(tmp_path / "r.lead")
    recovery.path_of(path).write_text(content)
    assert recovery.find(path) is None


def test_a_text_that_is_saved_is_not_kept_any_more(tmp_path: Path) -> None:
    path = tmp_path / "r.lead"
    session = Session(Opened(str(path), OnDisk(), Sources()))
    session.change("a")
    session.keep(1.0)
    session.save()
    assert path.read_text() == "a"
    assert recovery.find(str(path)) is None
    assert not session.is_changed


def test_contacts_beyond_ten_thousand_are_left_out_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("id\n" + "\n".join(map(str, range(10_001))) + "\n", encoding="utf-8")
    model = leadline.check(RULES).model
    assert model is not None
    contacts = load_contacts(model.schema, Sources(str(path)))
    assert len(contacts.typed) == 10_000
    assert contacts.is_cut


def test_following_a_contact_that_is_not_wanted_any_more_stops_at_once(contacts: str) -> None:
    session = session_with(contacts)
    accept_all(Pipeline(), session)
    assert session.scored is not None
    raw, as_of = session.subject(0)
    asked: list[bool] = []

    def is_wanted() -> bool:
        asked.append(True)
        return False

    assert follow(session.scored.scorer, raw, as_of, is_wanted) is None
    assert len(asked) < 5
    assert follow(session.scored.scorer, raw, as_of) is not None


@pytest.mark.parametrize("rules", [None, "rules.lead"])
def test_a_day_that_is_none_is_told_by_the_name_of_its_option(rules: str | None) -> None:
    with pytest.raises(RulesError, match="--as-of: `soon` is no date: write it as"):
        open_session(rules, None, None, "soon", 0)


def test_a_score_that_fades_every_minute_is_followed_beyond_today(contacts: str) -> None:
    fading = '  +8 "Seen" for each visit, losing 0.1% of what is left every 1 minute\n'
    text = RULES.replace("score fit\n", f"score fit\n{fading}", 1)
    session = session_with(contacts, text)
    accept_all(Pipeline(), session)
    assert session.scored is not None
    schema = session.scored.contacts.schema
    as_of = session.scored.contacts.as_of
    event = {"event": "visit", "at": as_of - 20 * 86_400_000_000}
    late = {"event": "visit", "at": as_of - 3_600_000_000}
    raw = {schema.identifier: "x", "events": [event, late]}
    followed = follow(session.scored.scorer, raw, as_of)
    assert followed is not None
    assert followed.turns[-1].is_ahead
    assert any(not turn.is_ahead for turn in followed.turns)
