"""Webinar companions: one question at a time, thousands of phones, nobody lost.

The database is the only truth: a deadline is a column, a command is a compare-and-swap on a
version, an answer counts when its row is committed, and phones ask again instead of being told.
Refuses to know of connections, of who is "online", and of what a person chose beyond her own phone:
hosts and projectors see numbers.
"""
