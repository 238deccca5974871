"""/laporan/penugasan: an assignment's coverage, its units opened down to people, and its line."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import current_person, current_scope, open_to
from app.accounts.witness import saw_list
from app.agencies.scope import Scope
from app.assignments import queries as assignments
from app.assignments.models import Assignment
from app.assignments.words import whom
from app.core import clock
from app.reports import queries, sheets
from app.reports.asked import asked_when
from app.reports.assigned_rows import coverage_of, opened, tallies
from app.reports.coverage import total
from app.reports.deeds import READERS
from app.reports.progress_line import Line, days_of, line_of
from app.reports.views import bp


@bp.get("/laporan/penugasan/<int:assignment_id>")
@open_to(*READERS)
def assignment(assignment_id: int) -> ResponseReturnValue:
    scope, on = current_scope(*READERS), _day()
    asked = assignments.assignment_seen(scope, assignment_id)
    direct = tallies(assignments.counts_by_unit(asked, on, scope))
    everybody = total(direct.values())
    return render_template(
        "reports/assignment.html",
        rows=coverage_of(asked.unit, queries.nodes_ever_in(scope), direct),
        total=everybody,
        line=_line(asked, on, scope, everybody.people),
        heads=_heads_pending(asked, on, scope),
        **_frame(asked, on),
    )


@bp.get("/laporan/penugasan/<int:assignment_id>/unit/<int:unit_id>")
@open_to(*READERS)
def assignment_unit(assignment_id: int, unit_id: int) -> ResponseReturnValue:
    scope, on = current_scope(*READERS), _day()
    asked = assignments.assignment_seen(scope, assignment_id)
    node = queries.node_in(scope, unit_id)
    inside = queries.counted_below(node)
    direct = tallies(assignments.counts_by_unit(asked, on, inside))
    people = assignments.standings(asked, on, scope, unit_id)
    page = render_template(
        "reports/assignment_unit.html",
        unit=node,
        parents=queries.parents_of(node, scope),
        rows=opened(node, queries.nodes_ever_in(inside), direct),
        total=total(direct.values()),
        people=people,
        **_frame(asked, on),
    )
    if people:
        saw_list("laporan penugasan", f"units:{unit_id}", len(people))
    return page


def _day() -> date:
    """The day in ?per=, or today."""
    return asked_when().day or clock.today(current_person().agency.zone)


def _line(asked: Assignment, on: date, scope: Scope, people: int) -> Line:
    cycle = asked.cycle_on(on)
    days = days_of(cycle.opens_on, on)
    signed = assignments.signed_until(asked, on, days, scope)
    return line_of(cycle.opens_on, cycle.due_on, people, days, signed)


def _heads_pending(asked: Assignment, on: date, scope: Scope) -> list[assignments.Head]:
    """Chiefs whom their units wait for, or waited for until the day came."""
    if not asked.leader_first:
        return []
    return [
        head
        for head in assignments.heads_of(asked, on)
        if head.signed_at is None and head.unit_path.startswith(scope.paths)
    ]


def _frame(asked: Assignment, on: date) -> dict[str, object]:
    """What both pages show around their tables."""
    course = catalog.current().courses.get(asked.course)
    return {
        "asked": asked,
        "cycle": asked.cycle_on(on),
        "title": course.title if course else asked.course,
        "whom": whom(asked),
        "on": on,
        "per": on.isoformat() if asked_when().day else None,
        "zone": asked.agency.zone,
        "row_name": sheets.row_name,
    }


__all__ = ["assignment", "assignment_unit", "bp"]
