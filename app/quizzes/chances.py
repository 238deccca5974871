"""How often the quiz may be tried, when again, and how soon it may be sent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: The least that reading a question takes.
LEAST_A_QUESTION = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Sitting:
    """As much of an attempt as this rule needs. `passed` is None while it is open."""

    id: int
    number: int
    submitted_at: datetime | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Chances:
    """Where somebody stands with the quiz."""

    taken: int
    allowed: int
    open_id: int | None
    last_id: int | None
    #: Not before this moment; None when nothing has to be waited for.
    retry_at: datetime | None

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.taken)

    @property
    def is_exhausted(self) -> bool:
        return self.open_id is None and self.left == 0

    @property
    def may_start(self) -> bool:
        """Whether a new attempt may begin now."""
        return self.open_id is None and self.left > 0 and self.retry_at is None


def chances(
    sittings: Sequence[Sitting],
    *,
    max_attempts: int,
    extra: int,
    cool_down_minutes: int,
    now: datetime,
) -> Chances:
    """Count the chances. A failed attempt is followed by a pause, also before an extra chance."""
    in_order = sorted(sittings, key=lambda sitting: sitting.number)
    last = in_order[-1] if in_order else None
    retry_at = None
    if last is not None and last.passed is False:
        assert last.submitted_at is not None, "it is graded when it is submitted"
        pause = timedelta(minutes=cool_down_minutes)
        cooled_at = last.submitted_at + pause
        # Longer than the pause is left only where a clock has jumped: nobody waits for that.
        retry_at = cooled_at if now < cooled_at <= now + pause else None
    return Chances(
        taken=len(in_order),
        allowed=max_attempts + extra,
        open_id=last.id if last is not None and last.submitted_at is None else None,
        last_id=last.id if last is not None else None,
        retry_at=retry_at,
    )


def may_send_at(started_at: datetime, questions: int, now: datetime) -> datetime | None:
    """When a paper may be sent, if it may not yet."""
    least = questions * LEAST_A_QUESTION
    until = started_at + least
    return until if now < until <= now + least else None  # nobody waits for a clock that jumped
