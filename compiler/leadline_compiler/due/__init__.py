"""When a result changes by time alone: windows that end, decay that takes a step, days that pass.

`moving` says what in a plan moves with time, `instants` at which instants that can matter to a contact, `course` goes
from one to the next, `change` tells those at which the result is another one,
`leaving` the one at which the stage is.
"""

from leadline_compiler.due.change import HORIZON, Changes, NextChange, build_changes, build_next_change
from leadline_compiler.due.course import Courses
from leadline_compiler.due.leaving import Leaving

__all__ = ["HORIZON", "Changes", "Courses", "Leaving", "NextChange", "build_changes", "build_next_change"]
