"""The operator's desk: the first admin begins here."""

import re

import pytest
import sqlalchemy as sa

from app.accounts import activation, queries
from app.accounts.models import Grant, SignIn
from app.audit.models import AuditEntry
from tests.browser import let_go


@pytest.fixture
def flask(app, cast):
    """`flask("grant", …)` runs `flask accounts grant …` and gives its exit code and output."""

    def run(*words: str):
        let_go()
        result = app.test_cli_runner().invoke(args=["accounts", *words])
        return result.exit_code, result.output

    return run


def test_the_first_admin_gets_a_role_and_a_code(db, cast, flask):
    number = cast.budi.number
    assert flask("grant", number, "hr_admin", "00", "--reason", "SK 12")[0] == 0
    code, said = flask("activation-code", number)
    assert code == 0
    text = re.search(r"\w{4}-\w{4}-\w{2}", said)[0]
    account = activation.activate(number, text, "kuda-lumping-makan-tahu", network="")
    held = queries.grants_of(account.person)
    assert [(one.role, one.reason) for one in held] == [("hr_admin", "SK 12")]
    db.commit()
    assert db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
        "role.granted",
        "activation.issued",
        "account.activated",
    ]


def test_roles_are_listed_and_withdrawn(db, cast, flask):
    assert "Rina Kusuma, S.K.M. · 10 Dinas Kesehatan" in flask("list-roles")[1]
    assert flask("withdraw", cast.rina.number, "unit_admin", "10")[0] == 0
    assert "Rina" not in flask("list-roles")[1]
    assert flask("withdraw", cast.rina.number, "unit_admin", "10")[0] == 1
    assert db.scalar(sa.select(sa.func.count(Grant.id))) == 4


def test_somebody_is_signed_out_of_every_device(db, cast, flask, sign_in):
    browser = sign_in(cast.sari)
    assert "1 sesi diakhiri" in flask("end-sessions", cast.sari.number)[1]
    assert browser.get("/akun").status_code == 303
    assert db.scalar(sa.select(SignIn.ended_at)) is not None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["grant", "123", "host", "00"], "18 angka"),
        (["grant", "199912312024031999", "host", "00"], "Tidak ada pegawai dengan nomor"),
        (["grant", "198503032009022003", "host", "99"], "tidak mempunyai unit dengan kode 99"),
        (["grant", "198503032009022003", "unit_admin", "10"], "sudah diberikan"),
        (["grant", "198503032009022003", "learner", "10"], "'learner' is not one of"),
    ],
)
def test_a_mistake_is_named_and_changes_nothing(db, cast, flask, words, complaint):
    code, said = flask(*words, "--reason", "SK 12")
    assert code != 0
    assert complaint in said
    assert db.scalar(sa.select(sa.func.count(Grant.id))) == 5
