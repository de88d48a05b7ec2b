"""Random models with contacts: valid rules files that use the whole language, and data that is hard to read.

Property tests and comparisons of backends draw from here. Everything depends on the `random.Random` handed in alone.
"""

from .constructs import CONSTRUCTS
from .model import DrawnModel, draw_model

__all__ = ["CONSTRUCTS", "DrawnModel", "draw_model"]
