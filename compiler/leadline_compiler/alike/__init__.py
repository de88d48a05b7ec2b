"""Whether two models score every contact alike, without data: the proof, or the smallest contact that shows it is not.

    old, new ──analyse──▶ one constraint model of both ──search──▶ none: alike, which is proved
                               │                              └──▶ the smallest solution ──interpret──▶ a contact
                               └ what both have, and rules that mean the same, earn the same

Two results are alike where status, stage, total, and the scores and grades that both models have are the same. A
contact is small by its events first and then by its known fields. Without the solver, contacts are tried that the
rules tell apart: one that is found shows that the models differ; that none is found shows nothing.
"""

from leadline_compiler.alike.find import compare_scoring
from leadline_compiler.alike.likeness import Difference, Likeness, Limits, Standing, differ

__all__ = ["Difference", "Likeness", "Limits", "Standing", "compare_scoring", "differ"]
