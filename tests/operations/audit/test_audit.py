"""The trail cannot be changed unseen, and no deed goes without its entry."""

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead


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
            db.execute(sa.text(f"DROP TRIGGER audit_entries_{name}"))
    for statement in statements:
        db.execute(sa.text(statement))


def test_an_untouched_chain_holds(db):
    three_deeds(db)
    assert trail.first_fault() is None
    assert db.scalar(sa.select(sa.func.count(AuditEntry.id))) == 3


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2", "catatan 2 pernah diubah"),
        ("UPDATE audit_entries SET actor_id = 7 WHERE id = 1", "catatan 1 pernah diubah"),
        ("DELETE FROM audit_entries WHERE id = 2", "catatan 2 hilang"),
        ("DELETE FROM audit_entries WHERE id = 3", "catatan 3 hilang"),
    ],
)
def test_every_tampering_is_named(db, statement, fault):
    three_deeds(db)
    damage(db, statement)
    assert fault in trail.first_fault()
    db.rollback()


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
    assert trail.first_fault() is None
