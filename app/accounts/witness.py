"""What somebody looked at, as an entry of the trail: codes, slips, lists of people.

Called when the page is made and before it is sent: what cannot be recorded is not shown.
"""

from datetime import timedelta

from app.accounts.access import current_person
from app.accounts.sessions import network
from app.audit import queries, trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import db, start_writing

#: Whoever turns the pages of one list leaves one entry in this long.
ONE_LOOK = timedelta(minutes=15)


def saw(action: Action, subject: str, **data: object) -> None:
    """Record a look. Commits, so it is the last thing that a view does."""
    start_writing()
    trail.record(action, subject, current_person(), network=network(), **data)
    db.session.commit()


def saw_list(what: str, subject: str, people: int, **data: object) -> None:
    """Record a look at a list of people, unless the same reader has looked at it just now."""
    since = clock.now() - ONE_LOOK
    if not queries.is_recorded(Action.LIST_VIEWED, subject, current_person().id, since):
        saw(Action.LIST_VIEWED, subject, what=what, people=people, **data)
