"""The editors' desk: what strangers asked, dealt with one by one, and out of it a patch."""

import subprocess
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.catalog.web import current, keep
from app.config import PROJECT
from app.core.db import start_writing
from app.editing import operations
from app.editing.models import Fate, SentQuestion

ASKED = "bolehkah ikut jalan sehat yang diadakan calon"
ALIKE = "ikut jalan sehat yang diadakan calon boleh ga"
OTHER = "kucing dinamai seperti nama partai"
CASE = "suka-unggahan-akun-pemenangan"
DESK, PATCH = "/penyunting", "/penyunting/tambalan.patch"


@pytest.fixture
def desk(db, laras, sign_in):
    """Laras at her desk, with three questions."""
    browser = sign_in(laras)
    for text in (ASKED, ALIKE, OTHER):
        operations.send(text)
    db.commit()
    return browser


def id_of(db, text: str) -> int:
    found = db.scalar(sa.select(SentQuestion.id).filter_by(text=text))
    db.rollback()
    return found


def fates(db) -> dict[str, str]:
    rows = db.execute(sa.select(SentQuestion.text, SentQuestion.fate))
    found = {text: fate.value for text, fate in rows}
    db.rollback()
    return found


def attach(browser, db, text=ASKED, **form):
    sent = {"deed": "attach", "case": CASE, "phrasing": "lari pagi bareng calon", **form}
    return browser.post(f"{DESK}/{id_of(db, text)}", data=sent)


def test_similar_questions_stand_together(desk, db):
    page = desk.get(DESK).text
    assert page.count("2 serupa") == 1
    assert page.index(ALIKE) < page.index(OTHER) or page.index(ASKED) < page.index(OTHER)


def test_the_desk_is_in_the_menu_of_editors_alone(desk, cast, sign_in):
    assert f'href="{DESK}"' in desk.get("/").text
    assert f'href="{DESK}"' not in sign_in(cast.dewi).get("/").text


def test_a_question_becomes_a_phrasing_and_those_like_it_go(desk, db):
    other = id_of(db, ALIKE)
    answer = attach(desk, db, also=[other, 999, -1, "x", 2**40])
    assert answer.status_code == 303
    assert fates(db) == {ASKED: Fate.ATTACHED, OTHER: Fate.OPEN}
    assert "1 pertanyaan serupa dihapus" in desk.get(DESK).text


def test_only_what_waits_is_dealt_with_along(desk, db):
    desk.post(f"{DESK}/{id_of(db, OTHER)}", data={"deed": "want"})
    attach(desk, db, also=[id_of(db, OTHER)])
    assert fates(db)[OTHER] == Fate.WANTED


@pytest.mark.parametrize(
    "case", [f"/bolehkah/{CASE}", f"http://127.0.0.1:8000/bolehkah/{CASE}?q=a", f" {CASE} "]
)
def test_a_case_may_be_named_by_its_address(desk, db, case):
    assert attach(desk, db, case=case).status_code == 303


def test_a_case_that_the_search_found_may_be_chosen(desk, db):
    assert attach(desk, db, case="", near=CASE).status_code == 303
    assert fates(db)[ASKED] == Fate.ATTACHED


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"case": "tidak-ada"}, "Tidak ada kasus terbit"),
        ({"case": ""}, "Tidak ada kasus terbit"),
        ({"case": "../../../etc/passwd"}, "Tidak ada kasus terbit"),
        ({"phrasing": "hubungi 081234567"}, "tidak memuat nomor"),
        ({"phrasing": "x" * 5000}, "paling panjang 160"),
        ({"phrasing": "LIKE postingan calon di IG"}, "sudah mengenal"),
        ({"deed": "burn"}, "Pilih dahulu"),
        ({"deed": ""}, "Pilih dahulu"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_form(desk, db, form, said):
    answer = attach(desk, db, **form)
    assert answer.status_code == 422
    assert said in answer.text
    assert fates(db) == dict.fromkeys((ASKED, ALIKE, OTHER), Fate.OPEN)


def test_questions_are_wanted_or_discarded_together(desk, db):
    desk.post(f"{DESK}/{id_of(db, ASKED)}", data={"deed": "want", "also": id_of(db, ALIKE)})
    assert fates(db) == {ASKED: Fate.WANTED, ALIKE: Fate.WANTED, OTHER: Fate.OPEN}
    desk.post(f"{DESK}/{id_of(db, OTHER)}", data={"deed": "discard"})
    assert OTHER not in fates(db)
    page = desk.get(f"{DESK}/{id_of(db, ASKED)}")
    assert "Tandai dicari" not in page.text
    assert desk.get(f"{DESK}/1").status_code == 404


def test_a_stranger_may_write_what_she_likes_and_it_is_only_read(desk, db):
    operations.send("<img src=x> boleh?")
    db.commit()
    assert "<img src=x" not in desk.get(DESK).text
    assert "<img src=x" not in desk.get(f"{DESK}/{id_of(db, '<img src=x> boleh?')}").text


def test_the_patch_applies_to_the_content_that_runs(desk, db, cast, tmp_path):
    attach(desk, db)
    attach(desk, db, OTHER, phrasing="jempol untuk calon: boleh?")
    page = desk.get(DESK).text
    assert "Unduh tambalan (2 kalimat)" in page
    answer = desk.get(PATCH)
    assert answer.mimetype == "text/x-diff"
    assert ".patch" in answer.headers["Content-Disposition"]
    command = ["git", "apply", "--check", "-"]
    subprocess.run(command, input=answer.text, cwd=PROJECT, text=True, check=True)
    fingerprint = answer.text.splitlines()[1].rpartition(" ")[2].rstrip(".")
    assert fingerprint in page
    entry = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id) == ("phrasings.exported", cast.laras.id)
    assert "jempol" not in entry.data


def test_the_desk_writes_no_content(desk, db):
    """Control for the patch: whatever an editor does, content/ stays as it is."""
    path = PROJECT / "content" / "scenarios" / "media-sosial" / f"{CASE}.md"
    before = path.read_bytes()
    attach(desk, db)
    desk.get(PATCH)
    assert path.read_bytes() == before


def test_a_patch_that_no_longer_applies_says_so(app, desk, db, cast):
    attach(desk, db)
    attach(desk, db, OTHER, case="hadir-diam-mendengar")
    bank = app.extensions["catalog"]
    less = {id: one for id, one in bank.scenarios.items() if id != CASE}
    keep(app, replace(bank, scenarios=less))
    try:
        page, patch = desk.get(DESK).text, desk.get(PATCH)
        assert "Tidak dimuat dalam tambalan" in page
        assert "tidak ada lagi dalam isi" in page
        assert f"# Tidak dimuat: {CASE}: kasus ini tidak ada lagi" in patch.text
        desk.post(f"{DESK}/{id_of(db, OTHER)}/kembalikan")
        answer = desk.get(PATCH)
        assert answer.status_code == 409
        assert "Tidak ada yang dapat dimuat" in answer.text
    finally:
        keep(app, bank)


def test_without_phrasings_there_is_no_patch(desk):
    assert desk.get(PATCH).status_code == 409


def test_what_was_attached_may_be_taken_back(desk, db):
    attach(desk, db)
    assert desk.post(f"{DESK}/{id_of(db, ASKED)}/kembalikan").status_code == 303
    assert fates(db)[ASKED] == Fate.OPEN


def test_a_case_that_does_not_answer_is_shown(app, desk, db):
    operations.count_answer(current().shown(CASE), is_answered=False)
    start_writing()
    db.commit()
    page = desk.get(DESK).text
    assert current().shown(CASE).question in page.split("Kasus yang belum menjawab")[1]


def test_an_empty_desk_says_so(laras, sign_in):
    page = sign_in(laras).get(DESK).text
    for sentence in ("Tidak ada pertanyaan yang menunggu", "Belum ada kalimat", "ditandai dicari"):
        assert sentence in page
