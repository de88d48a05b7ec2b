"""What if: a contact with another value, an event more or less, or on another day. Nothing of it reaches the data.

case = case_of(contact, as_of)
case = change_case(case, "job_role = CEO", schema)
case = change_case(case, "+page_view path=/pricing 2d", schema)
case = change_case(case, "today = +14d", schema)
outcome = interpret(model, case.contact, case.as_of)
"""

from leadline.what_if.case import Case, case_of, events_of, replay
from leadline.what_if.change import ChangeError, change_case
from leadline.what_if.proposal import propose_change

__all__ = ["Case", "ChangeError", "case_of", "change_case", "events_of", "propose_change", "replay"]
