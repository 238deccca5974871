"""Bolehkah?: from a question as people type it to the cases that are nearest. Pure, in memory.

Built once over the published bank. Finds cases; refuses to know what is right: a verdict is only
ever read from the case that was found, and where nothing is near, nothing is answered.
"""

from app.asking.search.answers import Answer, Finder
from app.asking.search.words import LONGEST

__all__ = ["LONGEST", "Answer", "Finder"]
