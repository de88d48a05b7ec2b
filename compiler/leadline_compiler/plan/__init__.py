"""The plan: what is run and what every target is emitted from."""

from leadline_compiler.plan.lower import lower
from leadline_compiler.plan.plan import PLAN_VERSION, Plan

__all__ = ["PLAN_VERSION", "Plan", "lower"]
