"""Documents are issued once, numbered without gaps, sealed once, and then only withdrawn."""

import hashlib
import json
import threading
from dataclasses import replace as changed

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.audit import verifying
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db as database
from app.core.errors import NotFound
from app.credentials import operations, queries
from app.credentials.models import Credential, CredentialCounter, CredentialFile
from app.credentials.press import Press, SealUnavailable
from app.credentials.samples import sample_facts
from app.printing.facts import Holder, Kind
from app.sealing import pki

SOURCE = "netralitas-inti@2026.1"
SAMPLES = sample_facts()
SAMPLE_OF = {
    Kind.CERTIFICATE: "sertifikat-biasa",
    Kind.PLEDGE: "pakta-biasa",
    Kind.ATTENDANCE: "kehadiran-biasa",
}


def facts_for(person, kind=Kind.CERTIFICATE):
    sample = SAMPLES[SAMPLE_OF[kind]]
    holder = Holder(
        name=person.full_name,
        number=person.number,
        number_label="NIP",
        position=person.position,
        unit=person.unit.name,
        agency=person.agency.name,
        rank=person.rank,
    )
    return changed(sample, holder=holder)


def issue(person, kind=Kind.CERTIFICATE, source=SOURCE):
    return operations.issue(person, source, facts_for(person, kind), actor=person)


@pytest.fixture
def press(tmp_path):
    return Press(tmp_path, "http://127.0.0.1:8000")


def actions(db) -> list[str]:
    return db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()


# ---- issue -----------------------------------------------------------------------------------


def test_a_certificate_is_issued_numbered_and_recorded(db, cast):
    certificate = issue(cast.sari)
    db.commit()

    year = clock.today().year
    assert certificate.holder == cast.sari
    assert certificate.kind is Kind.CERTIFICATE
    assert certificate.number == f"800.1.6.2/0001/BKPSDM/{year}"
    assert len(certificate.code) == 26
    assert certificate.stated == facts_for(cast.sari)
    assert actions(db)[-1] == "credential.issued"
    said = json.loads(db.scalars(sa.select(AuditEntry.data).order_by(AuditEntry.id.desc())).first())
    assert said["number"] == certificate.number
    assert verifying.first_fault() is None


def test_the_same_document_is_issued_once(db, cast):
    issue(cast.sari)
    with pytest.raises(operations.AlreadyIssued):
        issue(cast.sari)
    assert db.scalar(sa.select(sa.func.count(Credential.id))) == 1


def test_another_kind_edition_or_person_is_another_document(db, cast):
    issue(cast.sari)
    issue(cast.sari, Kind.PLEDGE)
    issue(cast.sari, source="netralitas-inti@2027.1")
    issue(cast.budi)
    assert db.scalar(sa.select(sa.func.count(Credential.id))) == 4


def test_each_agency_and_kind_counts_for_itself(db, cast):
    numbers = [
        issue(cast.sari).number,
        issue(cast.budi).number,
        issue(cast.sari, Kind.PLEDGE).number,
        issue(cast.stranger).number,
    ]
    assert [number.split("/")[1] for number in numbers] == ["0001", "0002", "0001", "0001"]


def test_a_new_year_starts_anew_in_the_agencys_own_zone(db, cast):
    from datetime import UTC, datetime

    issue(cast.sari)
    year = clock.today().year
    clock.shift(datetime(year, 12, 31, 17, 30, tzinfo=UTC) - clock.now())
    assert issue(cast.budi).number.endswith(f"/0001/BKPSDM/{year + 1}")


def test_a_number_that_was_undone_is_given_again(db, cast):
    db.commit()
    issue(cast.sari)
    db.rollback()
    assert issue(cast.budi).number.split("/")[1] == "0001"


def test_losing_the_race_gives_the_number_back(db, cast, monkeypatch):
    issue(cast.sari)
    monkeypatch.setattr(queries, "standing_credential", lambda *_: None)
    with pytest.raises(operations.AlreadyIssued):
        issue(cast.sari)
    assert issue(cast.budi).number.split("/")[1] == "0002"


def test_thirty_two_at_once_issue_one_document_to_each_person(app, db, cast):
    """Sixteen ask for Sari's at once, sixteen for everybody's: no gap, no double."""
    everybody = [cast.sari, cast.budi, cast.rina, cast.dewi, cast.yusuf, cast.auditor]
    ids = [person.id for person in everybody]
    wanted = ([ids[0]] * 16 + ids * 3)[:32]
    db.commit()
    db.remove()
    start, outcomes = threading.Barrier(len(wanted)), []

    def deed(person_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                issue(database.session.get(type(cast.sari), person_id))
                database.session.commit()
                outcomes.append("issued")
            except operations.AlreadyIssued:
                database.session.rollback()
                outcomes.append("already")

    threads = [threading.Thread(target=deed, args=(person_id,)) for person_id in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 26 + ["issued"] * 6
    sequences = db.scalars(sa.select(Credential.sequence).order_by(Credential.sequence)).all()
    assert sequences == [1, 2, 3, 4, 5, 6]
    assert db.scalar(sa.select(CredentialCounter.last)) == 6
    assert verifying.first_fault() is None


# ---- the file --------------------------------------------------------------------------------


def test_the_file_is_made_once_and_stays_the_same(db, cast, press):
    pledge = issue(cast.sari, Kind.PLEDGE)
    first = operations.file_of(pledge, press)
    content, sha256 = first.content, first.sha256
    db.commit()
    clock.shift(clock.timedelta(days=30))
    again = operations.file_of(queries.credential_by_code(pledge.code), press)

    assert content[:5] == b"%PDF-"
    assert again.content == content
    assert hashlib.sha256(content).hexdigest() == sha256
    assert queries.credential_by_sha256(sha256.upper()) == pledge
    assert press.sealer().examine(content).is_untouched
    assert press.sealer().examine(content).claimed_code == pledge.code
    assert actions(db).count("credential.sealed") == 1


def test_a_changed_name_does_not_reach_a_document_that_exists(db, cast, press):
    certificate = issue(cast.sari)
    cast.sari.name = "Nama Lain"
    db.commit()
    assert queries.credential_by_code(certificate.code).stated.holder.name.startswith("Sari")


def test_of_makers_that_race_one_file_is_kept(app, db, cast, press):
    code = issue(cast.sari, Kind.PLEDGE).code
    db.commit()
    db.remove()
    start, made = threading.Barrier(8), []

    def deed() -> None:
        with app.app_context():
            credential = queries.credential_by_code(code)
            database.session.rollback()
            start.wait()
            file = operations.file_of(credential, press)
            content = file.content
            database.session.commit()
            made.append(content)

    threads = [threading.Thread(target=deed) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert db.scalar(sa.select(sa.func.count()).select_from(CredentialFile)) == 1


def test_keys_are_not_made_anew_while_sealed_files_exist(db, cast, press, tmp_path, caplog):
    operations.file_of(issue(cast.sari, Kind.PLEDGE), press)
    elsewhere = Press(tmp_path / "lost", "http://127.0.0.1:8000")
    with pytest.raises(SealUnavailable):
        operations.file_of(issue(cast.budi, Kind.PLEDGE), elsewhere)
    assert "hilang padahal ada dokumen bersegel" in caplog.text
    assert not pki.exist(elsewhere.folder)


# ---- frozen ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE credentials SET facts = '{}'",
        "UPDATE credentials SET number = 'x'",
        "UPDATE credentials SET code = 'x'",
        "UPDATE credentials SET holder_id = holder_id + 1",
        "UPDATE credentials SET issued_at = '2020-01-01 00:00:00'",
        "DELETE FROM credentials",
        "UPDATE credential_files SET content = content",
        "UPDATE credential_files SET sha256 = 'x'",
        "DELETE FROM credential_files",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_issued(db, cast, press, statement):
    operations.file_of(issue(cast.sari, Kind.PLEDGE), press)
    db.flush()
    with pytest.raises(DatabaseError, match="frozen"):
        db.execute(sa.text(statement))


@pytest.mark.parametrize("column", ["revoked_at", "revoked_reason", "revoked_by_id"])
def test_a_revocation_cannot_be_taken_back(db, cast, column):
    operations.revoke(issue(cast.sari), "Data keliru", cast.dewi)
    with pytest.raises(DatabaseError, match="frozen"):
        db.execute(sa.text(f"UPDATE credentials SET {column} = NULL"))


# ---- revoke and replace ----------------------------------------------------------------------


def test_a_revoked_document_stays_visible_with_its_reason(db, cast):
    certificate = issue(cast.sari)
    operations.revoke(certificate, "  Nilai   keliru dihitung. ", cast.dewi)
    db.commit()
    found = queries.credential_by_code(certificate.code)
    assert found.is_revoked
    assert found.revoked_reason == "Nilai keliru dihitung."
    assert found.revoked_by_id == cast.dewi.id
    assert actions(db)[-1] == "credential.revoked"


def test_a_document_is_revoked_once(db, cast):
    certificate = issue(cast.sari)
    operations.revoke(certificate, "Pertama", cast.dewi)
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.revoke(certificate, "Kedua", cast.dewi)
    assert certificate.revoked_reason == "Pertama"


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 201])
def test_a_revocation_needs_a_reason(db, cast, reason):
    certificate = issue(cast.sari)
    with pytest.raises(operations.ReasonMissing):
        operations.revoke(certificate, reason, cast.dewi)
    assert not certificate.is_revoked


def test_a_revoked_number_is_not_given_again(db, cast):
    operations.revoke(issue(cast.sari), "Data keliru", cast.dewi)
    assert issue(cast.budi).number.split("/")[1] == "0002"
    with pytest.raises(operations.AlreadyIssued):
        issue(cast.sari)


def test_a_document_revoked_before_its_file_was_made_gets_none(db, cast, press):
    certificate = issue(cast.sari)
    operations.revoke(certificate, "Data keliru", cast.dewi)
    with pytest.raises(operations.NeverSealed):
        operations.file_of(certificate, press)


def test_a_replacement_has_its_own_number_and_the_old_one_names_it(db, cast):
    old = issue(cast.sari)
    right = changed(facts_for(cast.sari).holder, name="Sari Wulandari, S.Kep., Ns.")
    new = operations.replace(
        old, changed(facts_for(cast.sari), holder=right), cast.dewi, "Gelar diperbaiki"
    )
    db.commit()
    assert (new.sequence, old.sequence) == (2, 1)
    assert new.code != old.code
    assert new.stated.holder.name == "Sari Wulandari, S.Kep., Ns."
    assert old.is_replaced
    assert old.replaced_by == new
    assert queries.standing_credential(cast.sari, Kind.CERTIFICATE, SOURCE) == new
    assert actions(db)[-1] == "credential.replaced"


def test_what_was_replaced_or_revoked_is_not_replaced_again(db, cast):
    old = issue(cast.sari)
    new = operations.replace(old, facts_for(cast.sari), cast.dewi, "Gelar")
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.replace(old, facts_for(cast.sari), cast.dewi, "Lagi")
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.revoke(old, "Lagi", cast.dewi)
    operations.revoke(new, "Keliru", cast.dewi)
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.replace(new, facts_for(cast.sari), cast.dewi, "Lagi")


# ---- whose they are --------------------------------------------------------------------------


def test_people_find_their_own_documents_newest_first(db, cast):
    first = issue(cast.sari, Kind.PLEDGE)
    clock.shift(clock.timedelta(minutes=1))
    second = issue(cast.sari)
    issue(cast.budi)
    assert queries.credentials_of(cast.sari) == [second, first]


def test_somebody_elses_document_does_not_exist(db, cast):
    code = issue(cast.sari).code
    assert queries.own_credential(cast.sari, code).code == code
    with pytest.raises(NotFound):
        queries.own_credential(cast.budi, code)
    with pytest.raises(NotFound):
        queries.own_credential(cast.budi, "entah")
