"""Codes that admins hand out: once, for one person, and never more than was meant."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import activation, operations, passwords, roles, throttle
from app.accounts.models import Account, ActivationCode, Role, SignIn
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.audit.models import AuditEntry
from app.core.db import db as database
from app.core.ids import READABLE
from tests.people import account_with_password, held

NETWORK = "10.1.2.0/24"
NEW = "kuda-lumping-makan-tahu"


def issue(db, person, by=None) -> tuple[str, str]:
    """(number, code) as they stand on the slip."""
    (code,) = activation.issue_codes([person], by)
    slip = person.number, activation.code_text(code)
    db.commit()
    return slip


def use(number: str, text: str, password: str = NEW, network: str = NETWORK) -> Account:
    return activation.activate(number, text, password, network=network)


def actions(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_code_opens_an_account_once(db, cast):
    slip = issue(db, cast.sari, cast.rina)
    account = use(*slip)
    db.commit()
    assert account.person_id == cast.sari.id
    assert passwords.matches(account.password_hash, NEW)
    assert actions(db) == ["activation.issued", "account.activated"]
    with pytest.raises(activation.ActivationRefused):
        use(*slip)
    db.rollback()


def test_a_code_is_ten_readable_signs_in_groups(db, cast):
    (code,) = activation.issue_codes([cast.sari], None)
    text = activation.code_text(code)
    assert [len(group) for group in text.split("-")] == [4, 4, 2]
    assert set(text) <= {*READABLE, "-"}
    assert text == activation.code_text(code)


def test_the_code_is_nowhere_in_the_database(db, cast):
    _, text = issue(db, cast.sari)
    bare = text.replace("-", "")
    for table in database.metadata.sorted_tables:
        for row in db.execute(sa.select(table)):
            assert text not in repr(row)
            assert bare not in repr(row)


@pytest.mark.parametrize("write", [str.lower, lambda text: text.replace("-", " "), " {} ".format])
def test_a_code_may_be_typed_as_people_type(db, cast, write):
    number, text = issue(db, cast.sari)
    assert use(number, write(text))
    db.rollback()


def test_a_code_is_good_for_its_person_only(db, cast):
    _, text = issue(db, cast.sari)
    issue(db, cast.budi)
    with pytest.raises(activation.ActivationRefused):
        use(cast.budi.number, text)


@pytest.mark.parametrize("text", ["", "AAAA-AAAA-AA", "????-????-??", "ÄÄÄÄÄÄÄÄÄÄ", "A" * 500])
def test_a_wrong_code_and_an_unknown_number_get_one_sentence(db, cast, text):
    number, _ = issue(db, cast.sari)
    sentences = set()
    for tried in (number, cast.budi.number, "199912312024031999"):
        with pytest.raises(activation.ActivationRefused) as refusal:
            use(tried, text)
        sentences.add(refusal.value.message)
    assert len(sentences) == 1


def test_an_old_code_does_not_open(db, cast, wait):
    slip = issue(db, cast.sari)
    wait(days=30, minutes=1)
    with pytest.raises(activation.ActivationRefused):
        use(*slip)


def test_a_new_code_replaces_the_old_one(db, cast):
    first, second = issue(db, cast.sari), issue(db, cast.sari)
    assert first != second
    with pytest.raises(activation.ActivationRefused):
        use(*first)
    assert use(*second)
    db.rollback()


def test_who_left_cannot_enter(db, cast):
    slip = issue(db, cast.sari)
    db.get(Person, cast.sari.id).is_active = False
    db.commit()
    with pytest.raises(activation.ActivationRefused):
        use(*slip)


def test_people_with_an_account_get_no_activation_code(db, cast):
    account_with_password(db, cast.sari.id)
    codes = activation.issue_codes([cast.sari, cast.budi], cast.dewi)
    assert [code.person for code in codes] == [cast.budi]


def test_a_weak_password_spends_neither_the_code_nor_a_try(db, cast):
    slip = issue(db, cast.sari)
    for _ in range(8):
        with pytest.raises(passwords.WeakPassword):
            use(*slip, password="sari-suka-makan-soto")
        db.rollback()
    assert use(*slip)
    db.rollback()


def test_what_is_wrong_with_a_password_is_told_only_to_who_has_the_code(db, cast):
    """Else anybody could ask which name belongs to a number."""
    number, _ = issue(db, cast.sari)
    with pytest.raises(activation.ActivationRefused):
        use(number, "AAAA-AAAA-AA", password="sari-suka-makan-soto")


def test_guessing_codes_is_braked(db, cast):
    slip = issue(db, cast.sari)
    for _ in range(5):
        with pytest.raises(activation.ActivationRefused):
            use(slip[0], "AAAA-AAAA-AA")
    with pytest.raises(throttle.TooSoon):
        use(*slip)
    assert use(*slip, network="203.0.113.0/24")
    db.rollback()


def test_a_reset_gives_a_new_password_and_ends_every_session(db, cast, sign_in):
    browser = sign_in(cast.sari)
    code = activation.issue_reset(cast.sari, cast.rina)
    slip = cast.sari.number, activation.code_text(code)
    db.commit()
    assert browser.get("/akun").status_code == 200
    account = use(*slip)
    db.commit()
    assert passwords.matches(account.password_hash, NEW)
    assert db.scalar(sa.select(sa.func.count(Account.id))) == 1
    assert browser.get("/akun").status_code == 303
    assert actions(db) == ["activation.issued", "account.password_changed"]


def test_a_unit_admin_cannot_become_somebody_with_a_role(db, cast):
    """Whoever hands out a code could use it: Rina must not enter as Dewi, nor as herself anew."""
    db.add(held(cast.sari, Role.HR_ADMIN, cast.root))
    db.commit()
    assert activation.issue_codes([cast.sari], cast.rina) == []
    for target in (cast.sari, cast.dewi, cast.rina):
        with pytest.raises(activation.MayNotIssue):
            activation.issue_reset(target, cast.rina)
    assert activation.issue_reset(cast.sari, cast.dewi)
    assert activation.issue_reset(cast.dewi, None)
    db.rollback()


def test_an_admin_elsewhere_cannot_reset_an_admin_here(db, cast):
    with pytest.raises(activation.MayNotIssue):
        activation.issue_reset(cast.rina, cast.stranger_admin)


def test_a_code_from_before_a_role_was_given_is_void(db, cast):
    """Else Rina could keep Sari's slip, and enter as the admin that Sari became."""
    slip = issue(db, cast.sari, cast.rina)
    roles.grant(cast.sari, Role.HR_ADMIN, cast.root, cast.dewi, reason="Surat tugas")
    db.commit()
    with pytest.raises(activation.ActivationRefused):
        use(*slip)


def test_open_codes_are_listed_for_a_part_of_the_tree(db, cast):
    activation.issue_codes([cast.sari, cast.budi], None)
    db.commit()
    listed = activation.open_codes_in(Scope((cast.health.path,)))
    assert [code.person.name for code in listed] == ["Sari Wulandari"]
    assert len(activation.open_codes_in(cast.root)) == 2
    assert activation.open_codes_in(Scope(())) == []


def test_six_hundred_codes_take_a_handful_of_questions(db, cast, queries_of):
    people = [
        Person(
            agency_id=cast.agency.id,
            unit_id=cast.clinic.id,
            number=f"{2026000000 + place}",
            name=f"Peserta {place}",
            status=cast.sari.status,
        )
        for place in range(600)
    ]
    db.add_all(people)
    db.commit()
    people = db.scalars(sa.select(Person).where(Person.unit_id == cast.clinic.id)).all()
    with queries_of() as statements:
        codes = activation.issue_codes(people, cast.dewi)
        db.commit()
    assert len(codes) == 601  # Sari is of this unit too
    assert len([one for one in statements if one.startswith("SELECT")]) <= 5
    with queries_of() as statements:
        assert len(activation.open_codes_in(cast.root)) == 601
    assert len(statements) <= 2


def test_one_code_is_spent_once_by_thirty_two_at_once(app, db, cast):
    slip = issue(db, cast.sari)
    outcomes: list[str] = []
    start = threading.Barrier(32)

    def run(place: int) -> None:
        with app.app_context():
            start.wait()
            try:
                account = use(*slip, network=f"10.{place}.0.0/24")
                operations.open_session(account, device="", network="")
                database.session.commit()
                outcomes.append("in")
            except activation.ActivationRefused:
                database.session.rollback()
                outcomes.append("refused")

    threads = [threading.Thread(target=run, args=(place,)) for place in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", *["refused"] * 31]
    assert db.scalar(sa.select(sa.func.count(Account.id))) == 1
    assert db.scalar(sa.select(sa.func.count(SignIn.id))) == 1
    assert db.scalar(sa.select(ActivationCode.used_at)) is not None


def test_the_life_of_a_code_is_a_setting(db, cast):
    (code,) = activation.issue_codes([cast.sari], None)
    assert code.expires_at - code.issued_at == timedelta(days=30)
