"""When a result changes by time alone: windows that end, decay that takes a step, days that pass.

`moving` says what in a plan moves with time, `instants` at which instants that can matter to a contact, `course` goes
from one to the next, `change` tells those at which the result is another one.
"""

from leadline_compiler.due.change import HORIZON, Changes, NextChange, build_changes, build_next_change

__all__ = ["HORIZON", "Changes", "NextChange", "build_changes", "build_next_change"]
