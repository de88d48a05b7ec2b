"""Queries for many rules: rows instead of columns.

An event is of a cell, the events of its kind with the same properties; what its cell means is found once for each cell.
What a contact's events come to is counted in rows (contact, feature), never in a column for each feature, and the
points of a feature are rows of a table. Rules that look at one column of the contacts are reckoned once for each of
its values. Only what remains is written out rule by rule.
"""
