"""Bolehkah?: from a question as people type it to the cases that are nearest. Pure, in memory.

Built once over the published bank. Finds cases; refuses to know what is right: a verdict is only
ever read from the case that was found, and where nothing is near, nothing is answered. What counts
and what stems is loaded with `answers`, not with this name: most of a start needs neither.
"""

#: Characters of a question that are read; a longer one has said enough by then.
LONGEST = 600
