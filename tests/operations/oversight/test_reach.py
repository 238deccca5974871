"""The index of the trail leads every reader to what she sees without it, and to nothing else."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Role
from app.audit import trail
from app.audit.actions import Action
from app.core.db import start_writing
from app.oversight import queries, reach, watching
from app.oversight.models import NOBODYS, Reach
from app.oversight.queries import Filters
from tests import people

ALL = 100


@pytest.fixture
def deeds(db, cast):
    """Deeds of and on people of two instansi, of the operator and of strangers, mixed."""
    for _ in range(2):
        trail.record(Action.SIGNED_IN, cast.sari, cast.sari)
        trail.record(Action.SIGNED_IN, cast.stranger, cast.stranger)
        trail.record(Action.PERSON_CHANGED, cast.sari)  # the operator's
        trail.record(Action.PERSON_CHANGED, cast.stranger)
        trail.record(Action.CODE_VIEWED, cast.budi, cast.stranger_admin)  # across
        trail.record(Action.REFUSED, "networks:203.0.113.0/24", network="203.0.113.0/24")
        trail.record(Action.LIST_VIEWED, cast.health, cast.dewi)
        trail.record(Action.AGENCY_CREATED, "agencies:arunika")
        trail.record(Action.SIGNED_IN, "accounts:999")  # of nobody any more
    db.commit()


def seen(viewer, role, before=None, limit=ALL, **filters) -> list[int]:
    found = queries.entries(people.scope_of(viewer, role), Filters(**filters), before, limit)
    return [entry.id for entry in found]


def every_view(cast) -> list[list[int]]:
    """What each of them sees: all, a page further on, and narrowed."""
    both = ((cast.auditor, Role.AUDITOR), (cast.stranger_admin, Role.HR_ADMIN))
    return [
        seen(viewer, role, **asked)
        for viewer, role in both
        for asked in (
            {},
            {"before": 9, "limit": 3},
            {"action": Action.SIGNED_IN},
            {"person": "Sari"},
            {"network": "203.0.113.0/24"},
        )
    ]


def test_everybody_sees_the_same_before_the_index_has_caught_up_meanwhile_and_after(
    db, cast, deeds, monkeypatch
):
    before = every_view(cast)
    assert before[0] != before[5]
    assert all(before[:2])
    monkeypatch.setattr(reach, "BATCH", 7)
    while reach.catch_up():
        assert every_view(cast) == before
    assert reach.catch_up() == 0
    assert reach.first_left_out() is None
    trail.record(Action.SIGNED_IN, cast.sari, cast.sari)
    db.commit()
    assert len(seen(cast.auditor, Role.AUDITOR)) == len(before[0]) + 1  # not indexed yet


def test_of_another_instansi_no_entry_is_gone_through(db, cast, deeds):
    """What is indexed for one holds nothing that is the other's alone."""
    watching.round_of_watching(None)
    rows = db.execute(sa.select(Reach.agency_id, Reach.entry_id)).all()
    of = {id: {entry for agency, entry in rows if agency == id} for id in (
        cast.agency.id, cast.elsewhere.id, NOBODYS)}  # fmt: skip
    across = of[cast.agency.id] & of[cast.elsewhere.id]
    assert len(across) == 2  # the two deeds across
    assert set(seen(cast.auditor, Role.AUDITOR)) <= of[cast.agency.id] | of[NOBODYS]


def test_narrowed_to_a_deed_only_its_entries_are_asked_for(db, cast, deeds):
    reach.catch_up()
    agency_id, deed = cast.agency.id, Action.PERSON_CHANGED.value
    ids = reach.ids_of(agency_id, deed, None, ALL)
    assert len(ids) == 2
    assert set(ids) < set(reach.ids_of(agency_id, None, None, ALL))
    assert reach.ids_of(agency_id, deed, ids[0], ALL) == ids[1:]


@pytest.mark.parametrize("wrong", [{"agency_id": 99}, {"action": Action.SIGNED_OUT.value}])
def test_an_index_that_hides_an_entry_is_named_and_made_anew(app, db, cast, deeds, wrong):
    def narrowed() -> list[int]:
        return seen(cast.auditor, Role.AUDITOR, action=Action.PERSON_CHANGED)

    reach.catch_up()
    hidden = narrowed()[0]
    start_writing()
    db.execute(sa.update(Reach).where(Reach.entry_id == hidden).values(**wrong))
    db.commit()
    assert hidden not in narrowed()
    db.rollback()
    run = app.test_cli_runner().invoke
    answer = run(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"menyembunyikan catatan {hidden} " in answer.output
    assert "disusun ulang dari" in run(args=["audit", "reindex"]).output
    assert hidden in narrowed()
    db.rollback()
    assert run(args=["audit", "verify"]).exit_code == 0
