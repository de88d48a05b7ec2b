"""Hostile input: rules, contacts, events and samples that no one would write, and commands that have to live with it.

Everything depends on a seed and a number alone, so that a case which breaks something can be made again.
"""
