"""Anybody can verify a document by its code or its file; holders download theirs."""

import hashlib
import re
from dataclasses import replace as changed

import pytest

from app.core.errors import DomainError
from app.credentials import operations
from app.credentials.press import Press
from app.credentials.samples import sealed_samples
from app.printing.facts import Kind
from app.sealing import pki
from app.sealing.checks import LARGEST, Finding, Findings
from app.sealing.examiner import TooBusy
from tests.operations.credentials.test_credentials import SOURCE, facts_for

CODE_OF_NOBODY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def press(app):
    return app.extensions["press"]


@pytest.fixture
def pledge(db, cast):
    return issued(db, cast, Kind.PLEDGE)


@pytest.fixture
def certificate(db, cast):
    return issued(db, cast, Kind.CERTIFICATE)


@pytest.fixture
def attendance(db, cast):
    return issued(db, cast, Kind.ATTENDANCE)


def issued(db, cast, kind):
    credential = operations.issue(cast.sari, SOURCE, facts_for(cast.sari, kind))
    db.commit()
    return credential


@pytest.fixture
def content(db, pledge, press):
    content = operations.file_of(pledge, press).content
    db.commit()
    return content


def drop(client, content: bytes):
    """Upload a file. The form is written by hand: the test client would leave a temporary file."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="dokumen.pdf"\r\n'
    body = head + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return client.post("/verifikasi/berkas", data=body, content_type=kind)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def reasons_in(response) -> list[str]:
    """Every sentence about what was found in a file."""
    text = text_of(response)
    return [finding.sentence for finding in Finding if finding.sentence in text]


# ---- by code ---------------------------------------------------------------------------------


def test_a_valid_certificate_shows_every_printed_field_with_its_number_masked(client, certificate):
    response = client.get(f"/verifikasi/{certificate.code}")
    text, facts = text_of(response), certificate.stated
    assert response.status_code == 200
    for wanted in (
        "terdaftar dan berlaku",
        facts.holder.name,
        facts.holder.masked_number,
        facts.holder.position,
        facts.holder.unit,
        facts.holder.agency,
        facts.course,
        "3 November 2026 sampai 22 November 2026",
        "setara 4 JP",
        "92",
        certificate.number,
        facts.official.name,
        facts.issuer.office,
        *(lesson.title for lesson in facts.lessons),
    ):
        assert wanted in text
    assert facts.holder.number not in text
    assert facts.holder.grouped_number not in text


def test_a_course_of_one_day_names_that_day_once(client, db, cast):
    facts = facts_for(cast.sari, Kind.CERTIFICATE)
    facts = changed(facts, started_on=facts.finished_on)
    code = operations.issue(cast.sari, SOURCE, facts).code
    db.commit()
    text = text_of(client.get(f"/verifikasi/{code}"))
    assert "Pelaksanaan 22 November 2026 Beban belajar" in text


def test_attendance_shows_the_event_its_speakers_and_its_rule_and_nothing_of_a_pass(
    client, attendance
):
    response = client.get(f"/verifikasi/{attendance.code}")
    text, facts = text_of(response), attendance.stated
    assert response.status_code == 200
    for wanted in (
        "Sertifikat kehadiran",
        "terdaftar dan berlaku",
        facts.holder.masked_number,
        facts.title,
        "Kamis, 19 November 2026, pukul 09.00–11.15 WIB",
        "135 menit, setara 3 JP",
        "Jenis Seminar",
        "Rahmat Hidayat, S.H., M.H., Ketua Bawaslu Kabupaten Arunika",
        "Menjawab paling sedikit 6 dari 10 soal. Terjawab 9 dari 10 soal.",
        facts.unit,
        facts.place,
        facts.session,
        facts.official.name,
        attendance.number,
        *facts.rests_on,
    ):
        assert wanted in text
    for unwanted in (facts.holder.number, facts.holder.grouped_number, "lulus", "Nilai", "Naskah"):
        assert unwanted not in text


def test_whoever_asked_for_a_restriction_is_not_found_by_who_was_invited(
    client, db, cast, attendance
):
    cast.sari.restricted_at = attendance.issued_at
    db.commit()
    text = text_of(client.get(f"/verifikasi/{attendance.code}"))
    assert attendance.stated.holder.initials in text
    assert "Peserta yang diundang" not in text
    for hidden in (attendance.stated.holder.name, attendance.stated.unit):
        assert hidden not in text


def test_an_event_too_short_for_a_jp_speaks_of_its_minutes_alone(client, db, cast):
    facts = changed(facts_for(cast.sari, Kind.ATTENDANCE), minutes=40, jp=0, asked=0, answered=0)
    code = operations.issue(cast.sari, SOURCE, facts).code
    db.commit()
    text = text_of(client.get(f"/verifikasi/{code}"))
    assert "40 menit Jenis" in text
    assert "JP" not in text
    assert "Terjawab" not in text


def test_a_valid_pledge_shows_its_points_but_neither_device_nor_network(client, pledge):
    text, facts = text_of(client.get(f"/verifikasi/{pledge.code}")), pledge.stated
    for wanted in (*facts.points, facts.consent, facts.text_sha256, facts.title, facts.edition):
        assert wanted in text
    assert facts.network not in text
    assert facts.device not in text


@pytest.mark.parametrize("how", [str.lower, lambda c: f"{c[:5]}-{c[5:10]} {c[10:]}"])
def test_a_code_may_be_typed_in_any_way(client, certificate, how):
    response = client.get("/verifikasi", query_string={"kode": how(certificate.code)})
    assert response.status_code == 303
    assert response.location.endswith(f"/verifikasi/{certificate.code}")


def test_the_capitals_of_the_qr_lead_to_the_same_page(client, certificate):
    assert client.get(f"/VERIFIKASI/{certificate.code}").status_code == 200


@pytest.mark.parametrize("code", [CODE_OF_NOBODY, "x", "9" * 26, "%00", "<b>"])
def test_an_unknown_code_is_a_helpful_404(client, db, code):
    response = client.get(f"/verifikasi/{code}")
    assert response.status_code == 404
    assert "Kode tidak dikenal" in text_of(response)
    assert "bukan dari kami" in text_of(response)


def test_a_code_of_the_wrong_length_gets_a_sentence(client, db):
    response = client.get("/verifikasi?kode=ABC")
    assert response.status_code == 422
    assert "yang diketik 3" in text_of(response)


def test_a_revoked_document_says_why_and_when(client, db, cast, certificate):
    operations.revoke(certificate, "Nilai keliru dihitung.", cast.dewi)
    db.commit()
    response = client.get(f"/verifikasi/{certificate.code}")
    assert response.status_code == 200
    assert "Alasan: Nilai keliru dihitung." in text_of(response)
    assert "terdaftar dan berlaku" not in text_of(response)


def test_a_replaced_document_leads_to_its_successor(client, db, cast, certificate):
    new = operations.replace(certificate, certificate.stated, cast.dewi, "Gelar diperbaiki")
    db.commit()
    response = client.get(f"/verifikasi/{certificate.code}")
    assert new.number in text_of(response)
    assert f"/verifikasi/{new.code}" in response.get_data(as_text=True)


def test_pages_with_names_stay_out_of_search_engines(client, certificate):
    response = client.get(f"/verifikasi/{certificate.code}")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_guessing_codes_is_slowed_down(client, db):
    answers = {client.get(f"/verifikasi/{CODE_OF_NOBODY}").status_code for _ in range(70)}
    assert answers == {404, 429}


# ---- by file ---------------------------------------------------------------------------------


def test_the_issued_file_is_authentic(client, pledge, content):
    response = drop(client, content)
    assert response.status_code == 200
    assert "Asli sampai ke bita terakhir" in text_of(response)
    assert pledge.number in text_of(response)


def test_its_hash_alone_is_enough(client, pledge, content):
    sha256 = hashlib.sha256(content).hexdigest()
    assert client.get(f"/verifikasi/berkas/{sha256}").status_code == 200
    assert client.head(f"/verifikasi/berkas/{sha256.upper()}").status_code == 200


def test_an_unknown_hash_asks_for_the_file(client, db):
    response = client.get(f"/verifikasi/berkas/{'0' * 64}")
    assert response.status_code == 404
    assert "Serahkan berkasnya" in text_of(response)


@pytest.mark.parametrize("path", ["", "/x", "/" + "0" * 63, "/" + "z" * 64])
def test_what_is_no_hash_leads_back_to_the_form(client, db, path):
    assert client.get(f"/verifikasi/berkas{path}").location.endswith("/verifikasi")


TAMPERINGS = {
    "one flipped byte": (
        lambda pdf: pdf[:3000] + bytes([pdf[3000] ^ 1]) + pdf[3001:],
        "nilai periksa segel tidak lagi cocok",
    ),
    "one appended byte": (lambda pdf: pdf + b"\n", "ada bagian yang ditambahkan sesudahnya"),
    "padding of the signature": (
        lambda pdf: pdf.replace(b"0" * 40 + b">", b"0" * 39 + b"1>", 1),
        "tidak sama bita demi bita",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_changed_file_is_refused_and_told_why(client, pledge, content, name):
    tamper, why = TAMPERINGS[name]
    assert tamper(content) != content
    response = drop(client, tamper(content))
    assert response.status_code == 404
    assert "Berkas sudah diubah" in text_of(response)
    assert why in text_of(response)
    assert f"/verifikasi/{pledge.code}" in response.get_data(as_text=True)


@pytest.mark.parametrize("cut", [10, 405, 20_000])
def test_a_download_that_broke_off_is_not_called_changed(client, pledge, content, cut):
    response = drop(client, content[:-cut])
    text = text_of(response)
    assert "Berkas tidak utuh" in text
    assert reasons_in(response) == [Finding.CUT_OFF.sentence]
    assert (pledge.number in text) == (cut < 500)  # as long as the file still says its code


def test_the_seal_of_somebody_else_is_not_ours_and_nothing_is_said_of_changes(
    client, db, press, tmp_path
):
    theirs = Press(tmp_path, press.public_url)
    pki.make(theirs.folder)
    _, content = next(sealed_samples(theirs))
    response = drop(client, content)
    assert "Bukan segel kami" in text_of(response)
    assert reasons_in(response) == [Finding.FOREIGN.sentence]


@pytest.mark.parametrize(
    "junk", [b"halo", b"\x89PNG\r\n\x1a\n" + bytes(200), b"%PDF-1.7 <</Type/Page>> %%EOF"]
)
def test_a_file_without_a_seal_has_none_and_hears_nothing_else(client, db, junk):
    response = drop(client, junk)
    assert response.status_code == 404
    assert "Tidak ada segel" in text_of(response)
    assert len(reasons_in(response)) == 1


def test_a_file_that_was_too_much_is_only_called_that(app, client, db, monkeypatch):
    findings = Findings(Finding.UNFINISHED)
    monkeypatch.setattr(app.extensions["examiner"], "examine", lambda *_: findings)
    assert "dihentikan karena terlalu berat" in text_of(drop(client, b"%PDF-"))


def test_a_file_waits_for_an_examiner_no_longer_than_it_is_told(app, client, db, monkeypatch):
    def busy(*_):
        raise TooBusy

    monkeypatch.setattr(app.extensions["examiner"], "examine", busy)
    response = drop(client, b"%PDF-")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "belum diperiksa dan tidak disimpan" in text_of(response)


def test_a_sample_is_sealed_by_us_but_on_no_register(client, db, press):
    _, content = next(sealed_samples(press))
    response = drop(client, content)
    assert response.status_code == 404
    assert "tidak terdaftar" in text_of(response)


def test_an_authentic_file_of_a_revoked_document_says_both(client, db, cast, pledge, content):
    operations.revoke(pledge, "Ditandatangani orang lain.", cast.dewi)
    db.commit()
    text = text_of(drop(client, content))
    assert "Asli sampai ke bita terakhir" in text
    assert "Ditandatangani orang lain." in text


@pytest.mark.parametrize(
    ("size", "status"),
    [(0, 413), (LARGEST + 1, 413), (7 * 1024 * 1024, 413)],
    ids=["empty", "large", "huge"],
)
def test_an_empty_and_a_large_file_get_a_sentence(client, db, size, status):
    response = drop(client, b"%PDF-" + b"x" * (size - 5) if size else b"")
    assert response.status_code == status
    assert "1 MB" in text_of(response) or size > LARGEST + 1


def test_no_file_at_all_gets_a_sentence(client, db):
    response = client.post("/verifikasi/berkas", data={})
    assert response.status_code == 422
    assert "Pilih berkas PDF" in text_of(response)


def test_the_root_certificate_is_public(client, db):
    response = client.get("/segel/ca.crt")
    assert response.status_code == 200
    assert response.data.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"KEY" not in response.data


# ---- the holder ------------------------------------------------------------------------------


def test_sari_downloads_the_same_bytes_twice(sign_in, cast, pledge):
    browser = sign_in(cast.sari)
    first = browser.get(f"/dokumen/{pledge.code}.pdf")
    second = browser.get(f"/dokumen/{pledge.code}.pdf")
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.data == second.data
    name = f"{cast.sari.number}_800.1.8-0001-PI-BKPSDM-{pledge.year}.pdf"
    assert first.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert drop(browser, first.data).status_code == 200


def test_an_unchanged_download_is_not_sent_again(sign_in, cast, pledge):
    browser = sign_in(cast.sari)
    etag = browser.get(f"/dokumen/{pledge.code}.pdf").headers["ETag"]
    again = browser.get(f"/dokumen/{pledge.code}.pdf", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_budi_cannot_find_saris_document(sign_in, cast, pledge):
    assert sign_in(cast.budi).get(f"/dokumen/{pledge.code}.pdf").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, pledge):
    assert client.get(f"/dokumen/{pledge.code}.pdf").status_code == 303
    assert client.get("/dokumen").status_code == 303


def test_documents_lists_ones_own_with_plain_links(sign_in, cast, pledge, certificate):
    page = sign_in(cast.sari).get("/dokumen").get_data(as_text=True)
    for credential in (pledge, certificate):
        assert f'href="/dokumen/{credential.code}.pdf"' in page
        assert f"http://127.0.0.1:8000/verifikasi/{credential.code}" in page
    assert "Salin tautan verifikasi" in page
    assert "Buka di Chrome" in page


def test_documents_lists_what_one_has_attended(sign_in, cast, attendance):
    text = text_of(sign_in(cast.sari).get("/dokumen"))
    assert attendance.stated.title in text
    assert "Seminar, 19 November 2026, setara 3 JP" in text


def test_documents_of_somebody_without_any_says_so(sign_in, cast):
    assert "Belum ada dokumen" in sign_in(cast.budi).get("/dokumen").get_data(as_text=True)


def test_a_document_revoked_before_its_download_has_no_file(sign_in, db, cast, certificate):
    operations.revoke(certificate, "Data keliru", cast.dewi)
    db.commit()
    response = sign_in(cast.sari).get(f"/dokumen/{certificate.code}.pdf")
    assert response.status_code == operations.NeverSealed.status
    assert "sebelum berkasnya dibuat" in text_of(response)


def test_every_error_speaks_to_people():
    for error in vars(operations).values():
        if isinstance(error, type) and issubclass(error, DomainError):
            assert error.message.endswith(".")


def test_a_name_with_markup_is_shown_as_it_is(client, db, cast):
    facts = facts_for(cast.sari)
    facts = changed(facts, holder=changed(facts.holder, name="<script>alert(1)</script>"))
    code = operations.issue(cast.sari, SOURCE, facts).code
    db.commit()
    assert b"<script>alert(1)" not in client.get(f"/verifikasi/{code}").data
