"""Columns from values that have been read one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.columns import Coded, Column, Distinct, Numbers
from leadline_compiler.contacts import Value
from leadline_compiler.schema import ValueType


def column_of(values: Sequence[Value], type_: ValueType, distinct: Distinct) -> Column:
    """The column of some values of a type; texts and lists get their codes among those that are distinct."""
    if is_coded(type_.kind):
        return Coded(distinct.code_all(values), distinct)
    known = np.fromiter((value is not None for value in values), np.bool_, len(values))
    numbers = np.fromiter((0 if value is None else value for value in values), np.int64, len(values))
    return Numbers(numbers, known)
