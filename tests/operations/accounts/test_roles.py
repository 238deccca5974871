"""Roles: given within scope and rank, for a year at most, with who gave them and why."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import queries, roles
from app.accounts.models import Grant, Role
from app.audit.models import AuditEntry
from app.core import clock
from tests.people import held

WHY = "Surat tugas 800/12"


def give(person, role, unit, by, **more):
    return roles.grant(person, role, unit, by, reason=WHY, **more)


def test_a_role_carries_who_gave_it_why_and_until_when(db, cast):
    until = clock.today() + timedelta(days=30)
    given = give(cast.budi, Role.UNIT_ADMIN, cast.education, cast.dewi, until=until)
    db.commit()
    assert (given.granted_by, given.reason, roles.last_day(given)) == (cast.dewi, WHY, until)
    entry = db.scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.actor_id) == ("role.granted", cast.dewi.id)
    assert until.isoformat() in entry.data
    assert WHY in entry.data


def test_a_role_ends_with_its_last_day(db, cast, wait):
    give(cast.budi, Role.UNIT_ADMIN, cast.education, None, until=clock.today())
    db.commit()
    assert queries.grants_of(cast.budi)
    assert queries.with_roles([cast.budi])
    wait(days=1)
    assert not queries.grants_of(cast.budi)
    assert not queries.with_roles([cast.budi])
    assert not roles.withdraw(cast.budi, Role.UNIT_ADMIN, cast.education, None)


@pytest.mark.parametrize("days", [-1, roles.LONGEST + 1])
def test_a_role_holds_for_a_year_at_most_and_never_for_the_past(db, cast, days):
    give(cast.budi, Role.HOST, cast.education, None)  # control: as long as may be
    with pytest.raises(roles.BadTerm):
        give(cast.sari, Role.HOST, cast.health, None, until=clock.today() + timedelta(days=days))
    db.rollback()


def test_a_role_is_prolonged_and_one_that_ran_out_is_given_anew(db, cast, wait):
    until = clock.today() + timedelta(days=7)
    give(cast.budi, Role.HOST, cast.education, cast.dewi, until=until)
    with pytest.raises(roles.RoleHeldAlready):
        give(cast.budi, Role.HOST, cast.education, cast.dewi, until=until)
    longer = give(cast.budi, Role.HOST, cast.education, None, until=until + timedelta(days=1))
    db.commit()
    assert (roles.last_day(longer), longer.granted_by) == (until + timedelta(days=1), None)
    wait(days=20)
    give(cast.budi, Role.HOST, cast.education, cast.dewi)
    db.commit()
    assert db.scalar(sa.select(sa.func.count()).where(Grant.person_id == cast.budi.id)) == 1
    assert len(queries.grants_of(cast.budi)) == 1


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 201])
def test_a_role_without_a_reason_is_not_given(db, cast, reason):
    with pytest.raises(roles.ReasonMissing):
        roles.grant(cast.budi, Role.HOST, cast.education, cast.dewi, reason=reason)


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.HR_ADMIN, Role.HOST])
def test_dewi_gives_and_takes_what_is_below_her(db, cast, role):
    give(cast.budi, role, cast.education, cast.dewi)
    assert roles.withdraw(cast.budi, role, cast.education, cast.dewi)
    db.rollback()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR])
def test_who_watches_her_and_who_edits_for_all_are_the_operators(db, cast, role):
    with pytest.raises(roles.RoleNotYours):
        give(cast.budi, role, cast.education, cast.dewi)
    with pytest.raises(roles.RoleNotYours):
        roles.withdraw(cast.auditor, Role.AUDITOR, cast.root, cast.dewi)
    assert give(cast.budi, role, cast.education, None)  # control
    db.rollback()


def test_nobody_raises_or_prolongs_herself(db, cast):
    for role in roles.OF_HR:
        with pytest.raises(roles.NotYourOwnRole):
            give(cast.dewi, role, cast.root, cast.dewi)
    with pytest.raises(roles.NotYourOwnRole):
        roles.withdraw(cast.dewi, Role.HR_ADMIN, cast.root, cast.dewi)


@pytest.mark.parametrize("unit", ["root", "education"])
def test_nobody_gives_beyond_her_own_units(db, cast, unit):
    """Rina administers personnel of one OPD, and a unit elsewhere besides."""
    db.add_all([held(cast.rina, Role.HR_ADMIN, cast.health)])
    db.add_all([held(cast.rina, Role.UNIT_ADMIN, cast.education)])
    db.commit()
    with pytest.raises(roles.RoleNotYours):
        give(cast.sari, Role.UNIT_ADMIN, getattr(cast, unit), cast.rina)
    assert give(cast.sari, Role.UNIT_ADMIN, cast.clinic, cast.rina)  # control
    db.rollback()


def test_a_role_that_ran_out_gives_nothing_on(db, cast, wait):
    db.add(held(cast.rina, Role.HR_ADMIN, cast.health))
    db.commit()
    wait(days=roles.LONGEST + 1)
    with pytest.raises(roles.RoleNotYours):
        give(cast.sari, Role.UNIT_ADMIN, cast.clinic, cast.rina)
