"""The desk of who runs a unit or the HR office: people, rosters, activation slips.

Screens over other rooms' operations: it owns no table and no rule of theirs. It shows how far
somebody has come, and refuses to show what anybody answered.
"""
