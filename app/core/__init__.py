"""Ground floor: database access, clock, errors, identifiers, dates, web plumbing.

Owns no table and knows no feature. Refuses to know who is signed in or what is taught.
"""
