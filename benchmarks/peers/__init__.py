"""Other engines, each given the rules of the workload over facts in the form that suits it best.

A peer's module has `build(lines)`: a function from the facts to the sums of the groups, in thousandths of a point.
"""
