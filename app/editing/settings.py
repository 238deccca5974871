"""For how long what strangers sent is kept here, for rules that do not know the web. Told once, at
boot."""

from datetime import date, timedelta

from app.config import Config
from app.core import clock

_days: int | None = None


def tell(config: Config) -> None:
    """Take over the settings of an app.config.Config."""
    global _days
    _days = config.KEEP_QUESTIONS


def kept_days() -> int:
    """Days after which a question or a count is gone, whatever became of it."""
    if _days is None:
        raise RuntimeError("editing.settings.tell() was never called; create_app does it")
    return _days


def gone_by() -> date:
    """What was sent or counted on this day or before is over."""
    return clock.today() - timedelta(days=kept_days())
