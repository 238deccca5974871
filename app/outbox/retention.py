"""Messages that ended long ago go."""

from datetime import timedelta
from functools import partial

from app.config import Config
from app.core import clock
from app.jobs.retention import Rule
from app.outbox import operations


def rules(config: Config) -> list[Rule]:
    age = timedelta(days=config.KEEP_MESSAGES)
    return [Rule("messages", f"pengingat ({config.KEEP_MESSAGES} hari)", partial(_forget, age))]


def _forget(age: timedelta) -> int:
    return operations.forget(clock.now() - age)
