"""The fictional region, whole: its people, its units, and a past, so that reports can speak.

Owns an invented kabupaten. Refuses to be mistaken for a real one: it is loaded only into an empty
database, refused on a public address, and taken away whole. Nobody imports it but the command line.
"""

from app.demo.past import DEWI, PASSWORD, SARI, is_loaded, load, welcome

__all__ = ["DEWI", "PASSWORD", "SARI", "is_loaded", "load", "welcome"]
