"""Reads across features, writes nothing: who has learned, passed and signed, per reporting unit.

Knows status only. Refuses to know what anybody answered.
"""
