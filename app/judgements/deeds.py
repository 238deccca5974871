"""Once a day the judgements of the days before are counted, before anything is forgotten. The
first time, all that is there."""

from app.core.db import Json, start_writing
from app.jobs.deeds import Deed, Work
from app.judgements import operations
from app.judgements.models import Source


def _count(work: Work) -> Json:
    """Each month of a source in a transaction of its own: `advance` commits."""
    counted: Json = {}
    for place, source in enumerate(Source, start=1):
        start_writing()
        windows = operations.left_of(source, operations.settled())
        counted[source.value] = 0
        for window in windows:
            start_writing()
            counted[source.value] += operations.count(source, window)
            work.advance(place - 1, len(Source))
        work.advance(place, len(Source))
    return counted


COUNT = Deed(
    "judgements.count", "hitung jawaban pertama per unit, tanpa nama", _count, is_daily=True
)
