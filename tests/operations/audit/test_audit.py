"""The trail cannot be changed unseen, and no deed goes without its entry."""

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.audit import keys, trail, verifying
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from tests.databases import TRAIL_SECRET


@pytest.fixture
def other_key(app):
    """`other_key("…")` is what a server would have whose key was lost, or what an intruder has."""
    yield lambda: keys.tell("another-key-0123456789-abcdefghij")
    keys.tell(TRAIL_SECRET)


def three_deeds(db) -> None:
    for number in range(3):
        trail.record(Action.SIGNED_IN, f"accounts:{number}", network="10.0.0.0/24")
    db.commit()


def damage(db, *statements: str) -> None:
    """What an intruder with the database's password could do: the triggers go first."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("SET LOCAL session_replication_role = replica"))
    else:
        for name in ("no_update", "no_delete"):
            db.execute(sa.text(f"DROP TRIGGER IF EXISTS audit_entries_{name}"))
    for statement in statements:
        db.execute(sa.text(statement))


def rewrite(db, *statements: str) -> None:
    """The same by somebody thorough: every hash from there on, and the head, are made to fit."""
    damage(db, *statements)
    last_id, last_hash = 0, trail.GENESIS
    for row in db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all():
        digest = trail.link(last_hash, verifying._content(row))
        values = {"previous_hash": last_hash, "hash": digest}
        if row.mark is not None and row.hash != digest:
            values["mark"] = keys.current().mark(digest)
        db.execute(sa.update(AuditEntry).where(AuditEntry.id == row.id).values(values))
        last_id, last_hash = row.id, digest
    db.execute(sa.update(AuditHead).values(last_id=last_id, last_hash=last_hash))
    db.expire_all()


def as_before_the_key(db) -> None:
    """The trail as a Rambu without a key has left it."""
    damage(db, "UPDATE audit_entries SET mark = NULL", "UPDATE audit_head SET key_id = NULL")
    db.expire_all()


def actions(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_an_untouched_chain_holds(db):
    three_deeds(db)
    assert verifying.first_fault() is None
    assert actions(db) == ["account.signed_in"] * 3


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2", "catatan 2 pernah diubah"),
        ("UPDATE audit_entries SET actor_id = 7 WHERE id = 1", "catatan 1 pernah diubah"),
        ("DELETE FROM audit_entries WHERE id = 2", "catatan 2 hilang"),
        ("DELETE FROM audit_entries WHERE id = 3", "catatan 3 hilang"),
        ("UPDATE audit_head SET last_id = 2", "catatan 3 hilang: ujung rantai"),
        ("DELETE FROM audit_head", "ujung rantai hilang"),
    ],
)
def test_every_tampering_is_named(db, statement, fault):
    three_deeds(db)
    damage(db, statement)
    assert fault in verifying.first_fault()
    db.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2",
        "UPDATE audit_entries SET subject = 'accounts:9', mark = NULL WHERE id >= 2",
    ],
)
def test_a_chain_made_anew_without_the_key_is_named(db, other_key, statement):
    three_deeds(db)
    other_key()
    rewrite(db, statement)
    keys.tell(TRAIL_SECRET)
    assert verifying.first_fault() == "catatan 2 tidak dibuat dengan kunci jejak"
    db.rollback()


def test_only_the_key_tells_a_chain_made_anew(db):
    """The control: with the key the same rewriting holds. That is what checkpoints are for."""
    three_deeds(db)
    rewrite(db, "UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2")
    assert verifying.first_fault() is None
    db.rollback()


def test_older_entries_stay_as_they_are_and_an_entry_says_where_the_marks_begin(db):
    three_deeds(db)
    as_before_the_key(db)
    entries = sa.select(AuditEntry.id, AuditEntry.hash, AuditEntry.mark).order_by(AuditEntry.id)
    before = db.execute(entries).all()

    trail.record(Action.SIGNED_OUT, "accounts:1")
    db.flush()
    trail._chain(db())

    after = db.execute(entries).all()
    assert after[:3] == before
    assert actions(db)[3:] == ["trail.keyed", "account.signed_out"]
    assert all(mark for _, _, mark in after[3:])
    walk = verifying.walk()
    assert (walk.fault, walk.older) == (None, 3)
    db.rollback()


def test_an_older_trail_that_nobody_has_adopted_is_not_vouched_for(db):
    three_deeds(db)
    as_before_the_key(db)
    assert verifying.first_fault() == "catatan 1 tidak dibuat dengan kunci jejak"
    db.rollback()


def test_an_older_entry_cannot_be_changed_after_the_marks_have_begun(db, other_key):
    three_deeds(db)
    as_before_the_key(db)
    trail.adopt()
    trail._chain(db())
    other_key()
    rewrite(db, "UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2")
    keys.tell(TRAIL_SECRET)
    assert verifying.first_fault() == "catatan 1 tidak dibuat dengan kunci jejak"
    db.rollback()


def test_nothing_is_recorded_under_another_key(db, other_key):
    three_deeds(db)
    other_key()
    trail.record(Action.SIGNED_OUT, "accounts:1")
    with pytest.raises(trail.OtherKey):
        db.commit()
    db.rollback()
    with pytest.raises(trail.OtherKey):
        trail.adopt()
    assert len(actions(db)) == 3


def test_a_lost_key_is_replaced_in_the_open(app, db, other_key):
    three_deeds(db)
    db.rollback()
    run = app.test_cli_runner().invoke
    assert "tidak berganti" in run(args=["audit", "rekey", "--reason", "coba"]).output
    other_key()
    assert run(args=["prepare"]).exit_code == 1
    assert run(args=["audit", "rekey", "--reason", "server terbakar"]).exit_code == 0
    entry = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.action == "trail.keyed"
    assert "server terbakar" in entry.data
    walk = verifying.walk()
    assert (walk.fault, walk.older) == (None, 3)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET subject = 'x'", "DELETE FROM audit_entries"]
)
def test_the_database_itself_refuses_changes(db, statement):
    three_deeds(db)
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(sa.text(statement))


def test_a_deed_that_is_undone_leaves_no_entry(db):
    trail.record(Action.SIGNED_IN, "accounts:1")
    db.rollback()
    db.commit()
    assert db.get(AuditHead, 1).last_id == 0


def test_thirty_two_deeds_at_once_make_one_chain(app, db):
    db.rollback()
    from app.core.db import db as database

    def deed(number: int) -> None:
        with app.app_context():
            trail.record(Action.SIGNED_IN, f"accounts:{number}")
            database.session.commit()

    threads = [threading.Thread(target=deed, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.scalar(sa.select(sa.func.count(AuditEntry.id))) == 32
    assert verifying.first_fault() is None
