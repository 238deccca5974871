"""How long the door remembers: sign-ins, and who knocked too often."""

import sqlalchemy as sa

from app.accounts.models import Brake, SignIn
from app.accounts.operations import KEPT
from app.accounts.throttle import STALE
from app.core import clock
from app.core.db import changed
from app.jobs.retention import Rule


def forget_sign_ins() -> int:
    """Those of people who never came back, too: signing in only tidies one's own."""
    return changed(sa.delete(SignIn).where(SignIn.created_at < clock.now() - KEPT))


def forget_brakes() -> int:
    """Those that have nothing to say any more."""
    return changed(sa.delete(Brake).where(Brake.updated_at < clock.now() - STALE))


RULES = (
    Rule("sign-ins", f"catatan perangkat masuk ({KEPT.days} hari)", forget_sign_ins),
    Rule("brakes", f"catatan rem ({STALE.days} hari)", forget_brakes),
)
