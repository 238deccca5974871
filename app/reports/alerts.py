"""Early warning for a part of the tree: what the rules find in today's counts."""

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from app.agencies.models import Unit
from app.agencies.scope import Scope
from app.assignments import queries as assignments
from app.catalog.terms import Phase
from app.core.db import db
from app.elections.calendars import Election
from app.elections.queries import elections_of
from app.judgements.models import FirstJudgements, Source
from app.reports import early_warning as rules
from app.reports.early_warning import Plan, Warning
from app.reports.misread import columns_in
from app.reports.understanding import Cell


def warnings_for(scope: Scope, on: date, agency_id: int) -> list[Warning]:
    """The most pressing first. Two queries for each assignment that runs, and four besides."""
    homes, columns = columns_in(scope)
    names = {column.key: column.name for column in columns}
    found: list[Warning | None] = []
    for assignment, cycle in assignments.running(agency_id, on):
        plan = Plan(assignment.asked_by, cycle.opens_on, cycle.due_on)
        sums: dict[str, list[int]] = {}
        for unit_id, counts in assignments.counts_by_unit(assignment, on, scope).items():
            if home := homes.get(unit_id):
                total = sums.setdefault(home, [0, 0])
                total[0] += counts.people
                total[1] += counts.signed
        found += [
            rules.behind_plan(int(key), names[key], plan, people, signed, on)
            for key, (people, signed) in sums.items()
        ]
        found += [
            rules.head_unsigned(head.unit_id, head.unit_name, plan, on)
            for head in assignments.heads_of(assignment, on)
            if str(head.unit_id) in names and head.signed_at is None
        ]
    found += [
        rules.mastery_falling(int(key), names[key], before, now)
        for key, (before, now) in _mastery(scope, homes, on, agency_id).items()
    ]
    return rules.in_order([one for one in found if one is not None])


def _mastery(
    scope: Scope, homes: Mapping[object, str], on: date, agency_id: int
) -> dict[str, tuple[Cell, Cell]]:
    """Judgements in lessons of rules that apply: until the month before last, and since."""
    judged = [now for now in elections_of(agency_id, on) if now.election is not Election.VILLAGE]
    phase = Phase.AFTER if any(now.is_fixed for now in judged) else Phase.BEFORE
    since = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    counted = FirstJudgements
    keys = (counted.unit_id, counted.scenario, counted.phase, counted.month >= since)
    query = (
        sa.select(*keys, sa.func.sum(counted.people), sa.func.sum(counted.right))
        .join(Unit, Unit.id == counted.unit_id)
        .where(
            counted.source == Source.LESSON,
            counted.phase.in_((phase, Phase.ALWAYS)),
            scope.of_agency(counted.agency_id),
            scope.condition(),
        )
        .group_by(*keys)
    )
    found: dict[str, tuple[Cell, Cell]] = {}
    for unit_id, scenario, of, is_new, people, right in db.session.execute(query):
        cells = found.setdefault(homes[unit_id], (Cell(), Cell()))
        cells[bool(is_new)].add(f"{scenario}@{of}", people, right)
    return found
