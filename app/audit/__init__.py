"""Who did what, when: append-only, hash-chained, in the deed's own transaction.

Knows people and things only as ids; refuses to know what any of them means.
"""
