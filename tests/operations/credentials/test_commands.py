"""The operator's desk: show, revoke, replace, sample and renew, each saying what it did."""

from dataclasses import replace

import pytest

from app import create_app
from app.catalog.terms import PersonStatus
from app.config import BadSetting
from app.credentials import operations, queries
from app.sealing import pki
from tests.operations.credentials.test_credentials import SOURCE, facts_for


@pytest.fixture
def certificate(db, cast):
    certificate = operations.issue(cast.sari, SOURCE, facts_for(cast.sari))
    db.commit()
    return certificate


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["credentials", *arguments])


def test_show_tells_what_a_document_states(run, db, certificate):
    code = certificate.code
    db.rollback()
    result = run("show", code.lower())
    assert result.exit_code == 0
    assert "berlaku" in result.output
    assert "Sari Wulandari" in result.output
    assert "belum" in result.output


def test_revoke_withdraws_and_says_by_whom(run, db, cast, certificate):
    code, nip = certificate.code, cast.dewi.number
    db.rollback()
    result = run("revoke", code, "--reason", "Nilai keliru", "--by", nip)
    assert result.exit_code == 0, result.output
    assert "dicabut oleh Dewi Anggraini, S.E., M.Si.: Nilai keliru" in result.output
    assert queries.credential_by_code(code).is_revoked
    db.rollback()
    again = run("revoke", code, "--reason", "Lagi", "--by", nip)
    assert again.exit_code == 1
    assert "sudah dicabut" in again.output


def test_a_document_is_named_by_its_number_too(run, db, cast, certificate):
    """Two agencies may give the same number; then the command asks for the code."""
    number, nip, code = certificate.number, cast.dewi.number, certificate.code
    db.rollback()
    assert "Sari Wulandari" in run("show", f" {number} ").output
    assert "Tidak ada dokumen" in run("show", f"{number}9").output
    operations.issue(cast.stranger, SOURCE, facts_for(cast.stranger))
    db.commit()
    result = run("revoke", number, "--reason", "Keliru", "--by", nip)
    assert (result.exit_code, "beberapa instansi" in result.output) == (1, True)
    assert not queries.credential_by_code(code).is_revoked


def test_replace_prints_the_present_name(run, db, cast, certificate):
    code, nip = certificate.code, cast.dewi.number
    cast.sari.back_title = "S.Kep., Ns."
    db.commit()
    result = run("replace", code, "--reason", "Gelar diperbaiki", "--by", nip)
    assert result.exit_code == 0, result.output
    old = queries.credential_by_code(code)
    assert old.replaced_by.stated.holder.name == "Sari Wulandari, S.Kep., Ns."
    assert old.replaced_by.code in result.output


def test_replace_calls_the_present_number_by_its_name(run, db, cast, certificate):
    code, nip = certificate.code, cast.dewi.number
    cast.sari.status = PersonStatus.PPPK
    db.commit()
    assert run("replace", code, "--reason", "Nomor baru", "--by", nip).exit_code == 0
    holder = queries.credential_by_code(code).replaced_by.stated.holder
    assert (holder.number_label, holder.number) == ("NI PPPK", cast.sari.number)


def test_an_unknown_code_or_official_changes_nothing(run, db, cast, certificate):
    code, nip = certificate.code, cast.dewi.number
    db.rollback()
    assert "Tidak ada dokumen dengan kode" in run("show", "A" * 26).output
    result = run("revoke", code, "--reason", "x", "--by", "199001012015052999")
    assert result.exit_code == 1
    assert "Tidak ada pegawai dengan nomor" in result.output
    assert run("revoke", code, "--reason", " ", "--by", nip).exit_code == 1
    assert not queries.credential_by_code(code).is_revoked


def test_sample_says_why_a_folder_will_not_do(run, db):
    result = run("sample", "/dev/null/x")
    assert result.exit_code == 1
    assert "/dev/null/x tidak dapat ditulisi" in result.output


def test_renew_seal_says_until_when(run, app, db):
    app.extensions["press"].keys()
    db.rollback()
    result = run("renew-seal")
    assert "Mulai ulang servernya" in result.output


def test_rambu_does_not_start_with_a_key_that_others_can_read(app, tmp_path):
    pki.make(tmp_path / "segel")
    (tmp_path / "segel" / "seal.pem").chmod(0o644)
    config = replace(app.config["RAMBU"], INSTANCE=tmp_path, KEYS=tmp_path)
    with pytest.raises(BadSetting, match=r"seal\.pem dapat dibaca orang lain; jalankan: chmod 600"):
        create_app(config)
