"""Where a session is on the web: for what is answered before Flask, which has no map of addresses,
and for documents that name an address and are made without a request. Pure.
"""

import re

AREA = "/webinar"
_CODE = r"([0-9A-Za-z-]{1,12})"
#: The one document that all phones read.
STATE = re.compile(rf"{AREA}/{_CODE}/keadaan")
#: Where phones' messages go.
MESSAGES = re.compile(rf"{AREA}/{_CODE}/jawaban")


def question(code: str, run_id: int, mark: str) -> str:
    """The face of a question: one address for one content, so it may be kept for long."""
    return f"{AREA}/{code}/soal/{run_id}.{mark}"


def result(code: str, run_id: int, mark: str) -> str:
    """What a run came to, likewise."""
    return f"{AREA}/{code}/hasil/{run_id}.{mark}"
