"""Going from finding to finding, putting them right, and laying the text out anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import leadline
from leadline_tui.safe import picture
from leadline_tui.screens import showing
from leadline_tui.session.mending import mend, next_finding
from leadline_tui.session.pipeline import Checked
from leadline_tui.session.session import Session

if TYPE_CHECKING:
    from leadline.rules import Diagnostic
    from leadline_tui.screens.main import MainScreen


class Mender:
    """Changes the text of a screen's editor."""

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self._screen, self._session = screen, session

    def go_to(self, finding: Diagnostic) -> None:
        """Puts the cursor to a finding; of one in an included file only its place can be told."""
        found = next((item for item in self._places() if item[2] is finding), None)
        if found is not None:
            self._screen.action_go("rules")
            self._screen.editor.jump(found[0], found[1])
        elif finding.file not in ("", self._session.name):
            self._screen.notify(f"this stands in {picture(finding.file)}", markup=False)

    def go_on(self, forward: bool) -> None:
        """Goes to the next error or warning, or the one before; what is only worth knowing stays in the list."""
        self._look_now()
        grave = [item for item in self._places() if item[2].severity != "info"]
        found = next_finding(grave, self._screen.editor.cursor_location, forward)
        if found is None:
            self._screen.notify("no problems", timeout=2)
        else:
            self._screen.editor.jump(found[0], found[1])

    def _places(self) -> list[tuple[int, int, Diagnostic]]:
        """The findings in the text with their rows and columns as they are now; each once, where it begins."""
        found: dict[int, tuple[int, int, Diagnostic]] = {}
        for row, marks in sorted(self._screen.editor.marks.items()):
            for mark in marks:
                found.setdefault(id(mark.finding), (row, mark.start, mark.finding))
        return list(found.values())

    def fix(self) -> None:
        """Carries out what the finding at the cursor proposes."""
        if self._session.is_read_only:
            return
        self._look_now()
        editor = self._screen.editor
        marks = editor.marks.get(editor.cursor_location[0], ())
        mark = editor.mark_at_cursor
        if mark is not None and not mark.finding.edits:
            mark = next((item for item in marks if item.finding.edits), mark)
        if mark is None:
            self._screen.notify("there is no problem in this line: F8 goes to the next one", timeout=3)
        elif not mark.finding.edits:
            self._screen.notify("nothing certain can be proposed: F1 tells more", timeout=3)
        else:
            editor.replace_text(mend(self._session.text, mark.finding))

    def fix_all(self) -> None:
        """Carries out everything that findings propose, as one step that can be undone."""
        if self._session.is_read_only:
            return
        from leadline.fixing import fix_text

        fixed = fix_text(self._session.name, self._screen.editor.text, time.time_ns() // 1000)
        self._screen.editor.replace_text(fixed.text)
        count = len(fixed.findings)
        said = f"{count:,} problem{'' if count == 1 else 's'} put right" if count else "nothing certain can be proposed"
        self._screen.notify(said, timeout=3)

    def _look_now(self) -> None:
        """Findings of the text as it is: their edits fit no other."""
        session = self._session
        session.change(self._screen.editor.text)
        if session.findings_version != session.version:
            report = leadline.check(session.text, session.name)
            session.accept(Checked(session.version, report), time.time())
            showing.show_findings(self._screen)

    def reformat(self) -> None:
        """Lays the text out anew; what cannot be read stays as it was written."""
        formatted = leadline.format_rules(self._screen.editor.text, self._session.name)
        if formatted.refused:
            self._screen.notify("left as it is: another layout would have changed the meaning", severity="warning")
            return
        self._screen.editor.replace_text(formatted.text)
        if formatted.diagnostics:
            count = len(formatted.diagnostics)
            said = (
                "1 statement that cannot be read stays"
                if count == 1
                else f"{count} statements that cannot be read stay"
            )
            self._screen.notify(f"{said} as written", timeout=3)
