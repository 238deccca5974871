"""Two nodes behind the shipped nginx on one PostgreSQL, each with an instance folder of its own and
nothing in common but a folder of keys: one person's whole way through both, with a node killed in
the middle of her quiz, and another in the middle of her signing and of somebody's import.

`make bench NAME=nodes` does it again and again, with many people.
"""

import hashlib
import re

import pytest

from app import config as settings
from app import create_app
from app.audit import verifying
from app.core.db import db
from tests import databases, people
from tests.nodes import (
    BROKEN,
    again,
    apply,
    begin_quiz,
    document,
    enter,
    look_at,
    newcomers,
    nodes,
    save,
    sign,
    study,
    take_in,
)
from tests.servers import empty_database, wait_until

SARI, DEWI = "199001012015032001", "198004042005012004"


@pytest.fixture
def database(postgres_url):
    return empty_database(postgres_url)


@pytest.fixture
def app(warm_instance, database):
    """To prepare the database, and to look at it: another process than any node's."""
    from flask_migrate import upgrade

    environ = warm_instance("looker")
    environ |= {"RAMBU_DATABASE": database, "RAMBU_TRAIL_KEY": databases.TRAIL_SECRET}
    app = create_app(settings.from_environment(environ))
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def sari(app):
    """Her id. Dewi, who takes lists in, has an account and a second factor."""
    with app.app_context():
        cast = people.enter(db.session)
        people.account_with_password(db.session, cast.sari.id)
        account = people.account_with_password(db.session, cast.dewi.id)
        people.give_factor(db.session, account)
        db.session.commit()
        return cast.sari.id  # the session goes with its context


def test_nothing_acknowledged_is_lost_or_doubled_while_nodes_are_killed(
    app, sari, database, warm_instance, tmp_path
):
    environs = [warm_instance(name) for name in ("one", "two")]
    with nodes(tmp_path, database, environs) as them:
        learner, officer = them.visitor(), them.visitor()
        enter(learner, SARI)
        study(learner, them, sari)
        attempt, right = begin_quiz(learner, them)
        _answer(them, learner, attempt, right)
        _sign_while_a_list_is_taken_in(them, learner, officer)
        _verify(them, learner)
        _one_worker_makes_the_rounds(them)
    with app.app_context():
        assert verifying.first_fault() is None


def _answer(them, learner, attempt, right):
    """The node that has the sixth answer in hand is killed; the other goes on until it is back."""
    for number in range(1, 6):
        assert save(learner, attempt, number, right[number - 1]) == 303
    node, answers = them.killed_in_the_middle(
        f"SELECT 1 FROM attempt_answers WHERE attempt_id = {attempt} AND position = 6 FOR UPDATE",
        lambda: save(learner, attempt, 6, right[5]),
    )
    assert answers == [BROKEN], "nobody was told that it was kept"
    saved = "SELECT position, choice, revision FROM attempt_answers WHERE attempt_id = %s"
    kept = "AND choice IS NOT NULL ORDER BY position"
    assert [row[0] for row in them.rows(f"{saved} {kept}", attempt)] == [1, 2, 3, 4, 5]
    node.start()
    for number in range(6, len(right) + 1):
        assert save(learner, attempt, number, right[number - 1]) == 303
    expected = [(number, choice, 1) for number, choice in enumerate(right, 1)]
    assert them.rows(f"{saved} {kept}", attempt) == expected
    them.rows("UPDATE attempts SET started_at = started_at - interval '1 hour'")
    assert learner.send(f"/percobaan/{attempt}/tinjau", f"/percobaan/{attempt}/kirim")[0] == 303
    assert them.one("SELECT score_percent FROM attempts") == 100
    node.wait()


def _sign_while_a_list_is_taken_in(them, learner, officer):
    """Both have everything written but the commit when a node is killed that has one or both."""
    enter(officer, DEWI)
    people_before, roster = them.one("SELECT count(*) FROM people"), newcomers(40)
    upload = look_at(officer, roster)
    node, (signed, asked) = them.killed_in_the_middle(
        "SELECT 1 FROM audit_head FOR UPDATE",
        lambda: sign(learner),
        lambda: apply(officer, upload)[0],
    )
    assert signed in (BROKEN, 303)
    assert asked == 303, "it was written down before anybody began with it"
    assert them.one("SELECT count(*) FROM credentials") == (2 if signed == 303 else 0)
    node.start()  # its worker takes up what it had in hand when it died
    applied = "SELECT count(*) FROM roster_uploads WHERE applied_at IS NOT NULL"
    wait_until(lambda: them.one(applied) == 1)
    for _ in range(2):  # sent twice, done once
        assert again(lambda: sign(learner)) == 303
        assert again(lambda: take_in(officer, roster)) == 200
    assert them.rows("SELECT kind, sequence FROM credentials ORDER BY kind") == [
        ("certificate", 1),
        ("pledge", 1),
    ]
    assert them.one("SELECT count(*) FROM people") == people_before + 40
    imports = "SELECT count(*) FROM audit_parts WHERE action = 'person.added'"
    assert them.one(imports) == 40


def _verify(them, learner):
    """Her file comes from the node that is left, and anybody finds it authentic."""
    _, _, page = learner.ask("GET", "/dokumen")
    stranger = them.visitor()
    for path in sorted(set(re.findall(r'href="(/dokumen/\w+\.pdf)"', page))):
        content = document(learner, path)
        assert content.startswith(b"%PDF-")
        assert document(learner, path) == content
        shown = stranger.ask("GET", f"/verifikasi/berkas/{hashlib.sha256(content).hexdigest()}")
        assert (shown[0], "Asli" in shown[2] or "asli" in shown[2]) == (200, True)
    assert them.one("SELECT count(*) FROM credential_files") == 2
    code = them.one("SELECT code FROM credentials WHERE kind = 'pledge'")
    assert "Berlaku" in stranger.ask("GET", f"/verifikasi/{code}")[2]


def _one_worker_makes_the_rounds(them):
    """However many nodes there are: the day's deeds are asked for once, and done once."""
    held = "SELECT count(*) FROM job_lease"
    wait_until(lambda: them.one(held) == 1)  # whoever made them may have died with its node
    twice = "SELECT kind, subject FROM jobs GROUP BY kind, subject HAVING count(*) > 1"
    assert them.rows(twice) == []
    assert them.one("SELECT count(*) FROM jobs WHERE kind = 'audit.checkpoint'") == 1
