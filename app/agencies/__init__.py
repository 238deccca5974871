"""An instansi, its tree of units, and its roster: who works where, since when.

Owns NIP rules, imports and history. Refuses to know about passwords, courses or documents.
"""
