"""Reports: what people are told about scores. Data first, then its JSON and its text, one file each."""

from leadline.reports.explain import explain_outcome
from leadline.reports.explain_json import explained_rules, explanation_json
from leadline.reports.explain_text import print_explanation
from leadline.reports.explanation import Explanation
from leadline.reports.twigs import Twig, twigs_of

__all__ = [
    "Explanation",
    "Twig",
    "explain_outcome",
    "explained_rules",
    "explanation_json",
    "print_explanation",
    "twigs_of",
]
