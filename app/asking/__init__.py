"""Ask, read and look up: /bolehkah, /periksa, /aturan and /bantuan, open to anybody.

Owns the search, how a case is laid out for a reader, and what a calendar makes of it today.
Refuses to keep anything: what is asked or pasted is neither stored nor logged. Knows of a reader
only of what kind she is and which elections her instansi goes through.
"""
