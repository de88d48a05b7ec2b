"""What may be written at a place in a rules file, as far as the language knows: words, and what kind of name or value.

Which names there are is the compiler's to say, and which values the data's.
"""

from leadline_dsl.completion.context import Context, Opening, find_context
from leadline_dsl.completion.roles import NameRole

__all__ = ["Context", "NameRole", "Opening", "find_context"]
