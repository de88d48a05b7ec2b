"""What has changed between two models, in words: rule by rule, and whatever else a score depends on."""

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.compare import compare_models

__all__ = ["Change", "Detail", "compare_models"]
