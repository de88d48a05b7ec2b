"""The text editor: everything that leans on the inside of the widget it is made from stands in this package."""

from leadline_tui.editor.lead_editor import LeadEditor

__all__ = ["LeadEditor"]
