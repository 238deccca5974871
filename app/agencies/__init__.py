"""An instansi, its tree of units, and its people: who works where, since when.

Owns NIP rules and history. Refuses to know about spreadsheets, elections, passwords, courses or
documents.
"""
