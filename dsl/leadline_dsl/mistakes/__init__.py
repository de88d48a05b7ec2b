"""What a user is told about a statement that cannot be read.

Recognisers know what people write by nature and propose the right form; a proposal is made only if the
statement can be read further with it. Where none applies, the user hears what was expected.
"""

from __future__ import annotations

from leadline_dsl.mistakes.explain import MOST_READ, explain_failure
from leadline_dsl.mistakes.finding import Failure
from leadline_dsl.mistakes.unknown import explain_unknown, meant_word

__all__ = ["MOST_READ", "Failure", "explain_failure", "explain_unknown", "meant_word"]
