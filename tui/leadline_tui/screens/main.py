"""The main screen: the rules, and beside them what they do to contacts."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea
from textual.worker import Worker, WorkerState

from leadline_tui.crash import say_fault
from leadline_tui.editor import LeadEditor
from leadline_tui.messages import Found, GoToRule, Told
from leadline_tui.screens import showing
from leadline_tui.screens.checking import Checker
from leadline_tui.screens.dialogs import TextScreen
from leadline_tui.screens.explaining import Explained, Explainer
from leadline_tui.screens.following import Came, Follower
from leadline_tui.screens.going import offer_places
from leadline_tui.screens.help import write_help
from leadline_tui.screens.keeping import Keeper
from leadline_tui.screens.keys import place_of
from leadline_tui.screens.layout import BESIDE, has_room_for_problems, lay_out
from leadline_tui.screens.mending import Mender
from leadline_tui.screens.picking import PickScreen
from leadline_tui.screens.seeking import Seeker
from leadline_tui.screens.supposing import Supposer
from leadline_tui.session.pipeline import Checked, Faults, FirstScores, Pipeline, Request
from leadline_tui.session.session import Session
from leadline_tui.widgets.completion_popup import CompletionPopup
from leadline_tui.widgets.contacts_pane import ContactsPane
from leadline_tui.widgets.contacts_table import ContactsTable
from leadline_tui.widgets.effect_pane import EffectPane
from leadline_tui.widgets.find_bar import FindBar
from leadline_tui.widgets.key_line import KeyLine
from leadline_tui.widgets.message_line import MessageLine
from leadline_tui.widgets.pinned_strip import PinnedStrip
from leadline_tui.widgets.problem_list import ProblemList
from leadline_tui.widgets.time_pane import TimePane
from leadline_tui.widgets.top_line import TopLine
from leadline_tui.widgets.what_if_bar import WhatIfBar
from leadline_tui.widgets.why_pane import WhyPane

_FIRST_LOOK = 0.02
"""Seconds."""


class MainScreen(Screen[None]):
    """Puts the parts together and hands on what they say; what is shown is made in `showing`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "explain", "Help on where you are", show=False, id="help"),
        Binding("f2", "go('rules')", "Rules", show=False, id="go.rules"),
        Binding("f3", "go('contacts')", "Contacts", show=False, id="go.contacts"),
        Binding("f4", "why", "Why, and once more: over time", show=False, id="go.why"),
        Binding("f5", "go('effect')", "Effect", show=False, id="go.effect"),
        Binding("f6", "problems", "Problems", show=False, id="problems"),
        Binding("f7", "fix", "Put the problem right", show=False, id="fix"),
        Binding("f8", "next_problem(1)", "Next problem", show=False, id="problem.next"),
        Binding("shift+f8,f20", "next_problem(-1)", "Previous problem", show=False, id="problem.previous"),
        Binding("f9", "compile", "Compile for a service", show=False, id="compile"),
        Binding("ctrl+t", "suppose", "What if: change the pinned contact", show=False, id="what_if"),
        Binding("ctrl+s", "save", "Save", show=False, id="save"),
        Binding("ctrl+f", "find", "Find and replace", show=False, id="find"),
        Binding("ctrl+g", "go_to", "Go to a line or a rule", show=False, id="go_to"),
        Binding("ctrl+r", "reformat", "Lay the rules out anew", show=False, id="reformat"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(classes="-at-contacts")
        self.session = session
        self.pane = "rules"
        self._wants_problems: bool | None = None
        self.pipeline = Pipeline()
        self.checker = Checker(self, self.pipeline, self._request)
        self.keeper = Keeper(self, session, self, self._saved)
        self.mender = Mender(self, session)
        self.supposer = Supposer(self, session)
        turn = threading.Lock()
        self.explainer = Explainer(self, session, turn)
        self.follower = Follower(self, session, turn)

    def compose(self) -> ComposeResult:
        lay_out(self, self.app.size, self.pane, False)
        yield TopLine()
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield LeadEditor(self.session.text, read_only=self.session.is_read_only, id="rules")
                yield FindBar()
                yield ProblemList()
            with Vertical(id="right"):
                yield ContactsPane()
                yield WhyPane()
                yield TimePane()
                yield EffectPane()
        yield MessageLine()
        yield WhatIfBar(self.session.propose_change)
        yield PinnedStrip()
        yield KeyLine()
        yield CompletionPopup()

    def on_mount(self) -> None:
        self.editor.popup = self.query_one(CompletionPopup)
        self.editor.proposer = self.session.complete
        self.seeker = Seeker(self.editor, self.query_one(FindBar))
        self.editor.focus()
        showing.show_all(self)
        # What takes long is loaded and worked out once the text is on the screen.
        self.set_timer(_FIRST_LOOK, self.checker.check_now)
        self.call_after_refresh(self.keeper.offer_kept)

    @property
    def editor(self) -> LeadEditor:
        return self.query_one("#rules", LeadEditor)

    def _request(self) -> Request:
        pinned = self.session.pinned_place
        visible = self.query_one(ContactsTable).visible_places
        return self.session.request((*((pinned,) if pinned is not None else ()), *visible))

    # ---- the text

    @on(TextArea.Changed, "#rules")
    def _text_changed(self) -> None:
        self.session.change(self.editor.text)
        self.seeker.look_again()
        self.follower.stop()
        self.checker.check_soon()
        self.keeper.keep_soon()
        showing.show_head(self)

    @on(TextArea.SelectionChanged, "#rules")
    def _cursor_moved(self) -> None:
        showing.show_message(self)

    @on(CompletionPopup.Taken)
    def _proposal_clicked(self) -> None:
        self.editor.take_proposal(only_if_chosen=False)

    @on(CompletionPopup.Turned)
    def _proposals_turned(self) -> None:
        showing.show_keys(self)

    @on(Found)
    def _found(self, found: Found) -> None:
        if not self.session.accept(found.news, time.time()):
            return
        if isinstance(found.news, Faults):
            showing.show_faults(self, found.news.faults)
        elif isinstance(found.news, Checked):
            showing.show_findings(self)
        elif isinstance(found.news, FirstScores):
            showing.show_first_scores(self, found.news.standings)
        else:
            showing.show_scores(self)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.notify(say_fault(event.worker.error), severity="error", markup=False, timeout=10)
        showing.show_head(self)

    def take(self) -> str:
        """The text as it is now."""
        return self.editor.text

    def put(self, text: str) -> None:
        """Puts another text in its place, as a step that can be undone."""
        self.editor.replace_text(text)

    def _saved(self) -> None:
        self.notify("saved", timeout=2)
        self.checker.check_now()
        showing.show_all(self)

    # ---- panes

    def on_resize(self, event: events.Resize) -> None:
        self.lay_out()
        showing.show_all(self)

    def lay_out(self) -> None:
        """Shows what there is room for."""
        lay_out(self, self.size, self.pane, self.shows_problems)

    @property
    def shows_problems(self) -> bool:
        if self._wants_problems is not None:
            return self._wants_problems
        return has_room_for_problems(self.size) and bool(self.session.findings)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        above = {node.id for node in event.widget.ancestors_with_self}
        pane = next((pane for pane in BESIDE if pane in above), "rules")
        # What is supposed of a contact is asked from where one is.
        if pane != self.pane and "what-if" not in above:
            self._set_pane(pane)
        showing.show_keys(self)

    def _set_pane(self, pane: str) -> None:
        self.pane = pane
        if pane in BESIDE:
            for name in BESIDE:
                self.set_class(name == pane, f"-at-{name}")
        self.lay_out()
        showing.show_head(self)
        showing.show_message(self)
        showing.show_scores(self)

    @on(TopLine.Chosen)
    def _pane_clicked(self, event: TopLine.Chosen) -> None:
        if event.pane == "problems":
            self.action_problems()
        else:
            self.action_go(event.pane)

    def action_go(self, pane: str) -> None:
        """Goes to a pane."""
        self._set_pane(pane)
        targets: dict[str, type[Widget]] = {"contacts": ContactsTable, "why": WhyPane, "effect": EffectPane}
        target = self.query_one(targets[pane]) if pane in targets else self.editor
        (self.query_one(TimePane).turns if pane == "time" else target).focus()

    def action_why(self) -> None:
        """Goes to the reasons; from there to the score over time, and back."""
        self.action_go("time" if self.pane == "why" else "why")

    @on(Explained)
    def _explained(self, explained: Explained) -> None:
        self.explainer.take(explained)
        if self.pane == "rules":
            showing.show_message(self)

    @on(Came)
    def _came(self, came: Came) -> None:
        self.follower.take(came)

    # ---- problems

    def action_problems(self) -> None:
        """Opens the list of problems and goes there, or closes it."""
        problems = self.query_one(ProblemList)
        is_open = self.shows_problems
        if is_open and (problems.has_focus or not problems.option_count):
            self._wants_problems = False
            self.editor.focus()
        else:
            self._wants_problems = True
            problems.focus()
        self.action_go("rules") if not self.shows_problems else self.lay_out()

    @on(ProblemList.Chosen)
    def _problem_chosen(self, event: ProblemList.Chosen) -> None:
        self.mender.go_to(event.finding)
        if event.is_to_be_fixed:
            self.mender.fix()

    def action_next_problem(self, step: int) -> None:
        self.action_go("rules")
        self.mender.go_on(forward=step > 0)

    def action_fix(self) -> None:
        self.mender.fix()

    def action_fix_all(self) -> None:
        """Puts every problem right whose finding proposes how."""
        self.action_go("rules")
        self.mender.fix_all()

    # ---- contacts

    @on(ContactsTable.Pinned)
    def _contact_pinned(self, event: ContactsTable.Pinned) -> None:
        if self.session.scored is not None:
            self.session.pinned = self.session.scored.standings[event.place].id
            showing.show_scores(self)

    @on(Told)
    def _told(self, event: Told) -> None:
        self.query_one(MessageLine).tell(event.said)

    @on(GoToRule)
    def _go_to_rule(self, event: GoToRule) -> None:
        place = self.session.place_of_rule(event.rule) if event.rule else None
        line, file = place or (event.line or 1, self.session.name)
        if file != self.session.name:
            self.notify(f"this rule stands in {file}, line {line}", markup=False)
            return
        self.action_go("rules")
        self.editor.jump(line - 1)

    def action_filter_contacts(self) -> None:
        """Goes to the contacts, to show some of them."""
        self._set_pane("contacts")
        self.query_one(ContactsPane).action_filter()

    def action_sort_contacts(self) -> None:
        """Goes to the contacts, in another order."""
        self.action_go("contacts")
        self.query_one(ContactsPane).action_sort()

    # ---- what if

    def action_suppose(self) -> None:
        """Opens the field for a change of the pinned contact."""
        self.supposer.open()

    def action_unsuppose(self) -> None:
        """Takes the last change of the pinned contact back."""
        self.supposer.take_back()

    def action_clear_supposed(self) -> None:
        """Takes every change of the pinned contact back."""
        self.supposer.clear()

    def action_keep(self) -> None:
        """Keeps the pinned contact as an expectation in a sample file."""
        self.supposer.keep()

    @on(WhyPane.ChangeBegun)
    def _change_begun(self, event: WhyPane.ChangeBegun) -> None:
        self.supposer.open(event.text)

    @on(WhatIfBar.Supposed)
    def _supposed(self, event: WhatIfBar.Supposed) -> None:
        self.supposer.suppose(event.text)

    @on(WhatIfBar.Closed)
    def _what_if_closed(self) -> None:
        self.action_go(self.pane)
        showing.show_scores(self)

    # ---- find, go to, lay out anew, save, help

    def action_find(self) -> None:
        self.action_go("rules")
        self.seeker.open()

    @on(FindBar.Sought)
    def _sought(self, event: FindBar.Sought) -> None:
        self.seeker.seek(event.wanted)

    @on(FindBar.Stepped)
    def _stepped(self, event: FindBar.Stepped) -> None:
        self.seeker.step(event.step)

    def action_go_to(self) -> None:
        """Asks for a line or a rule."""

        def chosen(line: int | None) -> None:
            if line is not None:
                self.action_go("rules")
                self.editor.jump(line - 1)

        offer = partial(offer_places, self.session.outline())
        self.app.push_screen(PickScreen("Go to", "a line's number, or part of a rule's name", offer), chosen)

    def action_reformat(self) -> None:
        """Lays the rules out anew, as one step that can be undone."""
        if not self.session.is_read_only:
            self.mender.reformat()

    def action_save(self) -> None:
        self.keeper.save()

    def action_save_as(self) -> None:
        self.keeper.save_as()

    def action_compile(self) -> None:
        """Compiles for a service what stands on disk."""
        from leadline_tui.screens.compiling import ask_to_compile

        ask_to_compile(self)

    def action_read_contacts(self) -> None:
        """Reads the contacts anew, after their file has changed."""
        self.session.sources = self.session.sources.read_anew()
        self.checker.check_now()

    def action_explain(self) -> None:
        """Tells what can be done here, and what the finding at the cursor means."""
        mark = self.editor.mark_at_cursor if self.pane == "rules" else None
        title, text = write_help(self, place_of(self, self.pane), mark.finding if mark is not None else None)
        self.app.push_screen(TextScreen(title, text))
