"""People signing in: passwords, activation codes, sessions, roles, and the one access hook.

Owns who may enter and where; refuses to know what they learn or what they hold.
"""
