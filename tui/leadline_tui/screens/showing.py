"""What the parts of the main screen are told whenever the session has changed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leadline.points import write_change
from leadline_tui.screens.keys import KEYS, place_of
from leadline_tui.session.marks import Mark, make_marks
from leadline_tui.session.scoring import Standing
from leadline_tui.widgets.contacts_pane import ContactsPane
from leadline_tui.widgets.effect_pane import EffectPane
from leadline_tui.widgets.key_line import KeyLine
from leadline_tui.widgets.message_line import MessageLine
from leadline_tui.widgets.pinned_strip import PinnedStrip, Strip
from leadline_tui.widgets.problem_list import Problem, ProblemList
from leadline_tui.widgets.top_line import Head, TopLine

if TYPE_CHECKING:
    from leadline.readers import DataReport
    from leadline.rules import Diagnostic
    from leadline_tui.screens.main import MainScreen

_NO_CONTACTS = "no contacts: start with --contacts FILE to see what the rules do"
_READING = "reading contacts …"
_MOST_STAGES = 3


def show_all(screen: MainScreen) -> None:
    """Everything, after the terminal has another size or another text was taken."""
    show_head(screen)
    show_message(screen)
    show_scores(screen)
    show_keys(screen)


def show_head(screen: MainScreen) -> None:
    session = screen.session
    name = "example" if session.is_example else Path(session.path).name if session.path else "new rules"
    head = Head(
        name,
        session.is_changed,
        screen.pane,
        session.errors,
        session.warnings,
        screen.checker.is_busy and session.findings_version != session.version,
        session.is_read_only,
    )
    screen.query_one(TopLine).tell(head)


# ---- findings


def show_faults(screen: MainScreen, faults: Sequence[Diagnostic]) -> None:
    """What cannot be read, at once; findings of other kinds stay where they are until all is known."""
    editor = screen.editor
    own = [fault for fault in faults if fault.file in ("", screen.session.name)]
    marks = make_marks(own, editor.document.lines, len(editor.document.newline))
    for row, old in editor.marks.items():
        kept = tuple(mark for mark in old if mark.finding.name != "syntax")
        if kept and row not in marks:
            marks[row] = kept
    _set_marks(screen, marks)


def show_findings(screen: MainScreen) -> None:
    """All findings."""
    editor, session = screen.editor, screen.session
    _set_marks(screen, make_marks(session.own_findings, editor.document.lines, len(editor.document.newline)))
    # Where there is a model, new scores are on their way.
    if session.report is None or session.report.model is None or session.sources.is_empty:
        show_scores(screen)


def _set_marks(screen: MainScreen, marks: dict[int, tuple[Mark, ...]]) -> None:
    screen.editor.set_marks(marks)
    placed: dict[int, Problem] = {}
    for row, found in sorted(marks.items()):
        for mark in found:
            placed.setdefault(id(mark.finding), Problem(mark.finding, f"{row + 1}:{mark.start + 1}"))
    others = [
        Problem(finding, Path(finding.file).name)
        for finding in screen.session.findings
        if finding.file not in ("", screen.session.name)
    ]
    screen.query_one(ProblemList).tell([*placed.values(), *others])
    screen.lay_out()
    show_head(screen)
    show_message(screen)


def show_message(screen: MainScreen) -> None:
    """The finding at the cursor, else where the cursor is; nothing where one is elsewhere."""
    editor, line = screen.editor, screen.query_one(MessageLine)
    if screen.pane != "rules":
        line.tell("")
        return
    mark = editor.mark_at_cursor
    row, column = editor.cursor_location
    if mark is not None:
        line.tell_finding(mark.finding, (row, mark.start))
        return
    place = f"line {row + 1} of {editor.document.line_count:,}, column {column + 1}"
    reason = screen.session.reason_at(row + 1)
    if reason is None:
        line.tell("", place)
    else:
        points = write_change(reason.points) if reason.fired else f"({write_change(reason.worth)})"
        line.tell_rule(points, reason.rule, reason.said, f"for {screen.session.pinned_id} · {place}")


# ---- scores


def show_scores(screen: MainScreen) -> None:
    """Contacts, the pinned one, why, and the effect; of the panes that are to be seen."""
    session = screen.session
    show_strip(screen)
    if screen.pane == "rules":
        show_message(screen)
    contacts = screen.query_one(ContactsPane)
    otherwise = _why_none(screen)
    if session.scored is None or not session.scored.standings:
        contacts.tell_none(otherwise)
        screen.explainer.show(otherwise)
        screen.query_one(EffectPane).tell(None, otherwise)
        screen.follower.show(otherwise)
        return
    contacts.tell(session.listing, session.pinned_place)
    contacts.note(_note(screen))
    screen.explainer.show(otherwise)
    effect = screen.query_one(EffectPane)
    if effect.display:
        effect.tell(session.effect, spread=session.spread)
    screen.follower.show(otherwise)


def show_first_scores(screen: MainScreen, standings: Mapping[int, Standing]) -> None:
    """The contacts that are to be seen; what is told of all of them waits for the others."""
    screen.query_one(ContactsPane).tell_some(standings)
    show_strip(screen)


def _why_none(screen: MainScreen) -> str:
    session = screen.session
    if session.sources.is_empty:
        return _NO_CONTACTS
    if session.data_error:
        return session.data_error
    if session.report is not None and session.report.model is None:
        return "no scores yet: the rules have errors (F8 goes to the first)"
    return _READING if session.scored is None else _say_nobody(session.scored.contacts.report)


def _say_nobody(report: DataReport) -> str:
    """Why a file that was read has no contact: what is wrong with its first row."""
    first = next((problem for problem in report.problems if problem.name == "bad-row"), None)
    if first is None:
        return "no contact: the file has only its head, or nothing"
    place = "a row" if first.line is None else f"line {first.line}"
    more = f" (and {report.bad_rows - 1:,} more)" if report.bad_rows > 1 else ""
    return f"no contact could be read: {place}: {first.said}{more}"


def _note(screen: MainScreen) -> str:
    session = screen.session
    if session.scored is None:
        return ""
    contacts = session.scored.contacts
    if session.has_old_scores:
        return _old(screen)
    if contacts.is_cut:
        return "the first 10,000"
    unread = contacts.report.bad_values + contacts.report.bad_rows
    return f"{unread:,} bad values and rows" if unread else ""


def _old(screen: MainScreen) -> str:
    session = screen.session
    if not session.has_old_scores:
        return ""
    when = time.strftime("%H:%M", time.localtime(session.scored_at))
    return f"scores of {when}, {session.errors} error{'' if session.errors == 1 else 's'}"


def show_strip(screen: MainScreen) -> None:
    """The pinned contact, and how many are in each stage."""
    session, strip = screen.session, screen.query_one(PinnedStrip)
    place, effect = session.pinned_place, session.effect
    if session.scored is None or place is None or effect is None:
        strip.tell(None, _why_none(screen))
        return
    stages = [count for count in effect.counts if count.name in session.scored.stages][:_MOST_STAGES]
    counts = tuple((count.name, count.before, count.now) for count in stages)
    standing, before = session.scored.standings[place], session.standing_before(place)
    supposed = session.supposed(place)
    if supposed is not None:
        standing, before = supposed.standing, standing
    strip.tell(Strip(standing, before, counts, effect.contacts, _old(screen), supposed is not None))
    screen.supposer.show()


def show_keys(screen: MainScreen) -> None:
    """The keys of where one is."""
    screen.query_one(KeyLine).tell(KEYS[place_of(screen, screen.pane)])
