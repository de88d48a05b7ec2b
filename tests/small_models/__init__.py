"""Models small enough to try every contact: few fields, few values, few events.

The values are chosen by hand around the literals that conditions are drawn from, so that whatever can be told apart
by them is among the contacts. They know nothing of how the proofs cut the world into pieces.
"""

from .draw import SmallModel, draw_small_model
from .mixed import MixedModel, draw_mixed_model
from .scored import ScoredModel, draw_scored_model

__all__ = ["MixedModel", "ScoredModel", "SmallModel", "draw_mixed_model", "draw_scored_model", "draw_small_model"]
