"""From what the grammar found to the syntax tree: one method for each rule or alternative of `leadline.lark`.

Each method is handed all children of its rule, signs and words included, so that spans are exact.
"""

from leadline_dsl.builder.statements import Builder

__all__ = ["Builder"]
