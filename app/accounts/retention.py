"""How long the door remembers: who knocked too often, and sessions, codes and roles that are over.

What is one person's goes after some time, or for its owner (`rights`).
"""

from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from app.accounts.models import (
    Account,
    ActivationCode,
    Brake,
    Grant,
    PasswordRequest,
    SignIn,
    SlipFile,
)
from app.accounts.settings import current as settings
from app.accounts.throttle import is_stale
from app.agencies.models import Person
from app.agencies.queries import of_unrestricted
from app.config import Config
from app.core import clock
from app.core.db import changed, in_bulk
from app.jobs.retention import Rule


def forget_brakes() -> int:
    """Those that have nothing to say any more."""
    return changed(sa.delete(Brake).where(is_stale(clock.now())))


def forget_sessions(before: datetime, owner: Person | None) -> int:
    """Forget sessions that ended before a moment, by signing out or by their longest life."""
    outlived = clock.now() - settings().longest_session
    is_over = sa.or_(SignIn.ended_at < before, SignIn.created_at < min(before, outlived))
    accounts = sa.select(Account.id).where(of_unrestricted(Account.person_id, owner))
    return in_bulk(sa.delete(SignIn).where(is_over, SignIn.account_id.in_(accounts)))


def forget_codes(before: datetime, owner: Person | None) -> int:
    """Forget codes that were used, withdrawn or too old before a moment."""
    ended = sa.func.coalesce(
        ActivationCode.used_at, ActivationCode.withdrawn_at, ActivationCode.expires_at
    )
    whose = of_unrestricted(ActivationCode.person_id, owner)
    return in_bulk(sa.delete(ActivationCode).where(ended < before, whose))


def forget_roles(before: datetime, owner: Person | None) -> int:
    """Forget roles that ran out before a moment."""
    whose = of_unrestricted(Grant.person_id, owner)
    return in_bulk(sa.delete(Grant).where(Grant.expires_at < before, whose))


def forget_password_requests(before: datetime, owner: Person | None) -> int:
    """Forget what was asked at the door before a moment, also for numbers that nobody carries."""
    whose = PasswordRequest.person_id == owner.id if owner else sa.true()
    return in_bulk(sa.delete(PasswordRequest).where(PasswordRequest.asked_at < before, whose))


def forget_slips(kept: timedelta) -> int:
    """Files with codes in them. The codes stay good, and are printed anew from their rows."""
    return changed(sa.delete(SlipFile).where(SlipFile.made_at < clock.now() - kept))


def rules(config: Config) -> list[Rule]:
    """What is nobody's, so that no owner can ask for it."""
    slips = timedelta(days=config.KEEP_SLIPS)
    return [
        Rule("brakes", f"catatan rem ({config.KEEP_BRAKES} hari)", forget_brakes),
        Rule("slips", f"berkas slip ({config.KEEP_SLIPS} hari)", partial(forget_slips, slips)),
    ]
