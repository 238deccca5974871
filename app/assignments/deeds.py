"""The worker's part: each day the cycles that are due are opened."""

import sqlalchemy as sa

from app import catalog
from app.assignments import operations
from app.assignments.models import Assignment
from app.core import clock
from app.core.db import Json, db, start_writing
from app.jobs.deeds import Deed, Work


def _open(work: Work) -> Json:
    start_writing()
    courses, opened = catalog.current().courses, 0
    query = sa.select(Assignment).where(Assignment.ended_at.is_(None)).order_by(Assignment.id)
    for assignment in db.session.scalars(query).all():
        course = courses.get(assignment.course)
        if course is None:
            continue  # it is taught no longer; what was signed stays
        today = clock.today(assignment.agency.zone)
        begun = operations.phase_days(assignment)
        opened += operations.open_next_cycle(assignment, course, today, begun) is not None
    return {"opened": opened}


OPEN_CYCLES = Deed("assignments.cycles", "buka siklus penugasan", _open, is_daily=True)
