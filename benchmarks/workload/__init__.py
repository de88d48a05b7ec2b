"""The workload of the benchmarks: rules in a realistic mix, contacts, and the same rules written by hand."""
