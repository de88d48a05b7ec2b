"""Plans on disk: rules compiled to JSON, read back and checked."""

from __future__ import annotations

import json

from leadline.sources import RulesError, read_plan_source
from leadline_compiler.plan.json_form import PlanError, plan_from_json
from leadline_compiler.plan.plan import Plan


def read_plan(path: str) -> Plan:
    """The plan of a JSON file. Raises RulesError where there is none."""
    try:
        return plan_from_json(json.loads(read_plan_source(path).text))
    except ValueError as error:
        raise RulesError(f"{path} is not JSON: {error}") from None
    except RecursionError:
        raise RulesError(f"{path} is nested too deep for a plan") from None
    except PlanError as error:
        raise RulesError(f"{path}: {error.message}") from None
