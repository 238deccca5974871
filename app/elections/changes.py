"""How often a calendar was changed in this process: whoever keeps a stage looks here first."""

from itertools import count

import sqlalchemy as sa

from app.core.db import db

_counted = count(1)
_seen = 0


def seen() -> int:
    """A number that grows with every change that this process has committed."""
    return _seen


def will_be_seen() -> None:
    """Count a change once the transaction at hand is committed, and not before: whoever read
    meanwhile has read what was there before."""
    sa.event.listen(db.session(), "after_commit", _count, once=True)


def _count(_session: object) -> None:
    global _seen
    _seen = next(_counted)
