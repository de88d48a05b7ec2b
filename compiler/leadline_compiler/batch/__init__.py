"""The operations of a plan on columns: many contacts at once, to the same thousandth as one by one."""
