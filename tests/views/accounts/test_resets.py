"""A reset code is named as that of whoever issued it: in the trail, to the owner, on the pledge."""

import json

import pytest
import sqlalchemy as sa

from app.accounts import activation
from app.audit.models import AuditEntry
from app.credentials.models import Credential, Kind
from app.printing.facts import Stamp
from app.printing.rendering import engine, pledge_values
from tests import learners
from tests.people import account_with_password

NEW = "kuda-lumping-makan-tahu"
SAID = "dengan kode dari Rina Kusuma, S.K.M."


@pytest.fixture
def reset(db, cast, client):
    """`reset(cast.rina)`: Sari forgot her password, and made a new one with that person's code."""
    account_with_password(db, cast.sari.id)
    db.commit()

    def go(by) -> None:
        code = activation.code_text(activation.issue_reset(cast.sari, by))
        number = cast.sari.number
        db.commit()
        data = {"number": number, "code": code, "new": NEW, "repeat": NEW}
        assert client.post("/aktivasi", data=data).status_code == 303

    return go


def entered(app, number: str):
    """The first page after signing in by hand."""
    browser = app.test_client()
    data = {"number": number, "password": NEW}
    return browser, browser.post("/masuk", data=data, follow_redirects=True).text


def deeds(db) -> list[tuple[str, int | None]]:
    """Each deed with whose code it names, "-" where it names none."""
    rows = db.execute(sa.select(AuditEntry.action, AuditEntry.data).order_by(AuditEntry.id))
    found = [(action, json.loads(data).get("code_issued_by", "-")) for action, data in rows]
    db.rollback()
    return found


def test_every_later_step_names_whose_code_it_was(app, db, cast, reset, wait):
    rina, number = cast.rina.id, cast.sari.number
    reset(cast.rina)
    entered(app, number)
    assert deeds(db) == [
        ("activation.issued", "-"),  # its actor is Rina
        ("account.password_changed", rina),
        ("account.signed_in", rina),
        ("account.signed_in", rina),
    ]
    wait(days=1, minutes=1)
    entered(app, number)
    assert deeds(db)[-1] == ("account.signed_in", "-")


def test_the_owner_is_told_at_each_sign_in_for_a_week_and_can_look_it_up(app, cast, reset, wait):
    number = cast.sari.number
    reset(cast.rina)
    for _ in range(2):
        assert SAID in entered(app, number)[1]
    wait(days=8)
    browser, page = entered(app, number)
    assert SAID not in page
    assert SAID in browser.get("/akun").text


def test_the_operator_is_named_as_such(app, db, cast, reset):
    number = cast.sari.number
    reset(None)
    assert "dengan kode dari pengelola server" in entered(app, number)[1]
    assert deeds(db)[1] == ("account.password_changed", None)


def test_a_first_code_is_no_reset(app, db, cast, client):
    """Everybody begins with one; what stands everywhere would say nothing."""
    (code,) = activation.issue_codes([cast.sari], cast.rina)
    data = {"number": cast.sari.number, "code": activation.code_text(code)}
    db.commit()
    assert client.post("/aktivasi", data={**data, "new": NEW, "repeat": NEW}).status_code == 303
    assert SAID not in entered(app, data["number"])[1]
    assert {named for _, named in deeds(db)} == {"-"}


@pytest.mark.parametrize(("hours", "is_named"), [(23, True), (25, False)])
def test_a_pledge_signed_within_a_day_says_so(app, db, cast, reset, wait, hours, is_named):
    reset(cast.rina)
    wait(hours=hours)
    learners.signed(app, cast.sari)
    db.commit()
    facts = db.scalars(sa.select(Credential).filter_by(kind=Kind.PLEDGE)).one().stated
    assert (facts.code_from, bool(facts.code_used_at)) == (
        ("Rina Kusuma, S.K.M.", True) if is_named else ("", False)
    )
    (named,) = [named for action, named in deeds(db) if action == "pledge.signed"]
    assert named == (cast.rina.id if is_named else "-")
    assert (SAID in _evidence(facts)) == is_named


def _evidence(facts) -> str:
    """The document before it is typeset."""
    stamp = Stamp("A" * 26, "1", facts.signed_at, "http://127.0.0.1:8000/VERIFIKASI/A")
    values = pledge_values(facts, stamp) | {"size": 11}
    return engine().templates.get_template("pledge.html").render(values)
