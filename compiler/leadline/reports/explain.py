"""One contact's outcome becomes an explanation."""

from __future__ import annotations

from leadline.reports.explanation import Explanation
from leadline.reports.ledger import find_cuts, find_sums, find_terms
from leadline.reports.moments import say_as_of
from leadline.reports.rules_explained import explain_rule
from leadline.reports.sentence import find_exits, find_reached, find_stages, say_sentence
from leadline.reports.wording import setting_of
from leadline_compiler.outcome import Outcome


def explain_outcome(outcome: Outcome) -> Explanation:
    """Why a contact has its scores: every figure is the outcome's, every condition judged by the interpreter."""
    setting = setting_of(outcome)
    cuts = find_cuts(outcome, setting)
    stages = find_stages(outcome, setting)
    return Explanation(
        outcome=outcome,
        sentence=say_sentence(outcome, stages),
        as_of=say_as_of(setting.now),
        rules=tuple(explain_rule(rule, setting) for rule in outcome.rules),
        cuts=cuts,
        sums=find_sums(outcome, cuts),
        terms=find_terms(outcome),
        reached=find_reached(outcome, setting),
        stages=stages,
        exits=find_exits(outcome, setting),
    )
