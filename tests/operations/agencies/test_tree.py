"""Units begin, change, move, merge and end on a day; what was true before stays written."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.agencies import aliases, closing, moves, operations, queries, timeline, tree
from app.agencies.models import Person, Placement, Unit, UnitLine
from app.agencies.scope import Scope
from app.agencies.tree import Said
from app.agencies.unit_kinds import UnitKind
from app.audit import verifying
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound
from tests.people import BEGAN

TODAY = clock.today()
MONTH_AGO = TODAY - timedelta(days=30)
LATER = TODAY + timedelta(days=40)


def is_told_truly(db, agency) -> bool:
    """Whether the present lines say what the rows of the open units say, and nothing of others."""
    db.flush()
    db.expire_all()
    units = {unit.id: unit for unit in queries.tree_of(agency)}
    present = db.scalars(
        sa.select(UnitLine).where(UnitLine.agency_id == agency.id, UnitLine.until.is_(None))
    )
    lines = {line.unit_id: line for line in present}
    return lines.keys() == units.keys() and all(
        getattr(lines[id], name) == getattr(unit, name)
        for id, unit in units.items()
        for name in timeline.TOLD
    )


def told(unit) -> list[tuple[str, date, date | None]]:
    return [(line.name, line.since, line.until) for line in timeline.lines_of(unit)]


def said(unit, **other) -> Said:
    return Said(
        **{"name": unit.name, "kind": unit.kind, "is_reporting": unit.is_reporting, **other}
    )


def test_a_new_unit_stands_in_the_tree_since_its_day(db, cast):
    added = tree.add_unit(
        cast.health, "10.2", Said("Puskesmas Mawar", UnitKind.HEALTH_CENTRE, False), MONTH_AGO,
        cast.dewi,
    )  # fmt: skip
    assert added.path == f"{cast.health.path}{added.id}/"
    assert told(added) == [("Puskesmas Mawar", MONTH_AGO, None)]
    assert is_told_truly(db, cast.agency)
    with pytest.raises(tree.CodeTaken):
        tree.add_unit(cast.root, "10.2", said(added), TODAY, None)


def test_another_name_begins_another_line_and_the_same_name_none(db, cast):
    assert not tree.change_unit(cast.health, said(cast.health), TODAY, cast.dewi)
    assert tree.change_unit(
        cast.health, said(cast.health, name="Dinas Kesehatan dan KB"), MONTH_AGO, cast.dewi
    )
    assert told(cast.health) == [
        ("Dinas Kesehatan dan KB", MONTH_AGO, None), ("Dinas Kesehatan", BEGAN, MONTH_AGO),
    ]  # fmt: skip
    assert is_told_truly(db, cast.agency)
    tree.change_unit(cast.health, said(cast.health, name="Dinkes"), MONTH_AGO, None)
    assert told(cast.health)[0] == ("Dinkes", MONTH_AGO, None)
    with pytest.raises(timeline.TooEarly, match="paling awal"):
        tree.change_unit(cast.health, said(cast.health, name="Lain"), BEGAN, None)
    with pytest.raises(timeline.TooLate):
        tree.change_unit(cast.health, said(cast.health, name="Lain"), LATER, None)


def test_a_branch_moves_with_all_below_it_and_never_under_itself(db, cast):
    tree.move_unit(cast.health, cast.education, MONTH_AGO, cast.dewi)
    assert cast.clinic.path == f"{cast.education.path}{cast.health.id}/{cast.clinic.id}/"
    assert is_told_truly(db, cast.agency)
    for unit, parent, error in (
        (cast.health, cast.clinic, tree.UnderItself),
        (cast.health, cast.health, tree.UnderItself),
        (cast.clinic, cast.health, tree.SameParent),
        (cast.root, cast.health, tree.IsRoot),
        (cast.health, cast.stranger.unit, tree.OtherTree),
    ):
        with pytest.raises(error):
            tree.move_unit(unit, parent, TODAY, None)


def test_nothing_moves_back_behind_what_has_left_it_since(db, cast):
    """Else the unit that left would have stood under two on one day."""
    tree.move_unit(cast.clinic, cast.education, TODAY - timedelta(days=5), None)
    with pytest.raises(timeline.TooEarly):
        tree.move_unit(cast.health, cast.education, MONTH_AGO, None)
    tree.move_unit(cast.health, cast.education, TODAY - timedelta(days=5), None)


def test_a_tree_has_a_deepest_branch(db, cast, monkeypatch):
    monkeypatch.setattr(tree, "DEEPEST", 3)
    with pytest.raises(tree.TooDeep):
        tree.add_unit(cast.clinic, "x", said(cast.clinic), TODAY, None)
    with pytest.raises(tree.TooDeep):
        tree.move_unit(cast.health, cast.education, TODAY, None)
    tree.move_unit(cast.clinic, cast.education, TODAY, None)


def test_a_merged_unit_leaves_its_people_its_units_its_name_and_its_code(db, cast):
    moves.move_person(cast.rina, cast.education, None, since=LATER)
    moved = closing.merge_unit(cast.education, cast.health, MONTH_AGO, cast.dewi)
    assert (moved, cast.budi.unit, cast.education.closed_on) == (1, cast.health, MONTH_AGO)
    assert [(line.unit_id, line.since, line.until) for line in queries.history_of(cast.budi)] == [
        (cast.health.id, MONTH_AGO, None), (cast.education.id, BEGAN, MONTH_AGO),
    ]  # fmt: skip
    assert queries.aliases_of(cast.agency) == {cast.health.id: ("20", "Dinas Pendidikan")}
    assert moves.planned_for(cast.rina).unit == cast.health
    assert cast.education not in queries.units_in(Scope((cast.root.path,)))
    assert is_told_truly(db, cast.agency)
    db.commit()
    assert verifying.first_fault() is None


def test_units_below_a_merged_one_go_with_it(db, cast):
    closing.merge_unit(cast.health, cast.education, TODAY, None)
    assert cast.clinic.parent == cast.education
    assert is_told_truly(db, cast.agency)
    with pytest.raises(tree.UnderItself):
        closing.merge_unit(cast.education, cast.clinic, TODAY, None)


def test_a_unit_with_people_or_units_is_not_closed_and_says_how_many(db, cast):
    with pytest.raises(closing.NotEmpty, match="1 unit"):
        closing.close_unit(cast.health, TODAY, None)
    with pytest.raises(closing.NotEmpty, match="1 orang"):
        closing.close_unit(cast.clinic, TODAY, None)
    db.rollback()
    closing.close_unit(cast.clinic, TODAY, cast.dewi, heir=cast.health)
    closing.close_unit(cast.health, TODAY, cast.dewi, heir=cast.education)
    assert cast.sari.unit == cast.rina.unit == cast.education
    assert is_told_truly(db, cast.agency)
    with pytest.raises(tree.AlreadyClosed):
        closing.close_unit(cast.health, TODAY, None)


def test_nobody_comes_to_a_closed_unit_and_who_left_it_returns_above(db, cast):
    operations.deactivate(cast.sari, "Pensiun", None)
    closing.close_unit(cast.clinic, TODAY, None)
    for deed in (
        lambda: moves.move_person(cast.budi, cast.clinic, None),
        lambda: operations.add_person(
            cast.clinic, "199503032022212001", operations.Details("Ani", cast.budi.status), None
        ),
    ):
        with pytest.raises(operations.placing.UnitClosed):
            deed()
    operations.reactivate(cast.sari, None)
    assert cast.sari.unit == cast.health
    assert not db.scalar(sa.select(sa.func.count(Person.id)).where(Person.unit == cast.clinic))


def test_a_unit_does_not_end_before_somebody_left_it(db, cast):
    moves.move_person(cast.sari, cast.health, None, since=TODAY - timedelta(days=3))
    with pytest.raises(timeline.TooEarly):
        closing.close_unit(cast.clinic, MONTH_AGO, None)
    moves.move_person(cast.sari, cast.clinic, None)
    with pytest.raises(closing.CameLater, match="1 orang"):
        closing.close_unit(cast.clinic, TODAY - timedelta(days=3), None, heir=cast.health)


def test_an_alias_means_one_unit_however_it_is_written(db, cast):
    added = aliases.add_alias(cast.health, "Dinkes", cast.dewi)
    for text, unit in (("DINKES.", cast.education), ("Dinas  Pendidikan", cast.health)):
        with pytest.raises(aliases.AliasTaken):
            aliases.add_alias(unit, text, None)
    with pytest.raises(aliases.AliasEmpty):
        aliases.add_alias(cast.health, " ’ ", None)
    with pytest.raises(NotFound):
        aliases.drop_alias(cast.education, added.id, None)
    assert aliases.drop_alias(cast.health, added.id, cast.dewi) == "Dinkes"
    assert queries.aliases_of(cast.agency) == {}


def test_every_deed_is_in_the_trail(db, cast):
    mawar = tree.add_unit(
        cast.health, "10.2", Said("Mawar", UnitKind.OTHER, False), TODAY, cast.dewi
    )
    tree.change_unit(mawar, said(mawar, is_reporting=True), TODAY, cast.dewi)
    tree.move_unit(mawar, cast.root, TODAY, cast.dewi)
    closing.close_unit(mawar, TODAY, cast.dewi)
    db.commit()
    entries = list(db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)))
    assert [entry.action for entry in entries] == [
        "unit.added", "unit.changed", "unit.moved", "unit.closed",
    ]  # fmt: skip
    assert {entry.actor_id for entry in entries} == {cast.dewi.id}


def test_a_move_in_the_past_holds_since_its_day_but_not_before_her_line(db, cast):
    moves.move_person(cast.sari, cast.education, cast.dewi, since=MONTH_AGO)
    assert [(line.since, line.until) for line in queries.history_of(cast.sari)] == [
        (MONTH_AGO, None), (BEGAN, MONTH_AGO),
    ]  # fmt: skip
    with pytest.raises(timeline.TooEarly):
        moves.move_person(cast.sari, cast.health, None, since=MONTH_AGO - timedelta(days=1))


def test_a_planned_move_waits_for_its_day_and_is_made_once(db, cast):
    moves.move_person(cast.sari, cast.education, cast.dewi, position="Guru UKS", since=LATER)
    assert (cast.sari.unit, moves.due()) == (cast.clinic, [])
    with pytest.raises(moves.TooFar):
        moves.move_person(cast.sari, cast.health, None, since=TODAY + timedelta(days=400))
    clock.shift(timedelta(days=41))
    assert moves.due() == [cast.sari.id]
    assert moves.carry_out(cast.sari.id)
    assert not moves.carry_out(cast.sari.id)
    line = queries.history_of(cast.sari)[0]
    assert (line.unit, line.since, line.position) == (cast.education, LATER, "Guru UKS")
    assert moves.due() == []


def test_a_plan_that_can_no_longer_be_is_dropped_and_one_may_be_taken_back(db, cast):
    moves.move_person(cast.sari, cast.education, None, since=LATER)
    moves.drop_plan(cast.sari, cast.dewi)
    with pytest.raises(moves.NothingPlanned):
        moves.drop_plan(cast.sari, None)
    moves.move_person(cast.sari, cast.education, None, since=LATER)
    moves.move_person(cast.sari, cast.health, None)
    assert moves.planned_for(cast.sari) is None
    moves.move_person(cast.sari, cast.education, None, since=LATER)
    clock.shift(timedelta(days=41))
    db.execute(sa.update(Person).where(Person.id == cast.sari.id).values(is_active=False))
    db.refresh(cast.sari)
    assert moves.carry_out(cast.sari.id)
    assert (moves.planned_for(cast.sari), cast.sari.unit) == (None, cast.health)
    db.commit()
    last = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()
    assert last == "person.move_dropped"


def test_whoever_leaves_has_no_plans(db, cast):
    moves.move_person(cast.sari, cast.education, None, since=LATER)
    operations.deactivate(cast.sari, "Pensiun", None)
    assert moves.planned_for(cast.sari) is None


def test_another_position_may_hold_since_a_day_that_has_come(db, cast):
    details = operations.Details(cast.sari.name, cast.sari.status, position="Perawat")
    operations.correct_person(cast.sari, details, None, since=MONTH_AGO)
    lines = db.scalars(sa.select(Placement).order_by(Placement.since.desc())).all()
    assert (lines[0].position, lines[0].since) == ("Perawat", MONTH_AGO)
    other = operations.Details(cast.sari.name, cast.sari.status, position="Bidan")
    with pytest.raises(timeline.TooLate):
        operations.correct_person(cast.sari, other, None, since=LATER)


def test_what_was_there_before_the_history_has_one_line_each(db, cast):
    """As the migration writes it, and as everything that makes units does."""
    assert is_told_truly(db, cast.agency)
    db.execute(sa.update(Unit).where(Unit.id == cast.health.id).values(name="Lain"))  # control
    assert not is_told_truly(db, cast.agency)
