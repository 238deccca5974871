"""What happens to a session that nobody ends: once a day, the house does."""

from app.core.db import Json, start_writing
from app.jobs.deeds import Deed, Work
from app.live import operations


def _end(_work: Work) -> Json:
    start_writing()
    return {"ended": operations.end_forgotten()}


END = Deed("live.end", "akhiri webinar yang lupa diakhiri", _end, is_daily=True)
