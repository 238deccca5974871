"""Whoever finds no answer may send her question: she sees first what is kept, and it is no more."""

import re

import pytest
import sqlalchemy as sa

from app.accounts import throttle
from app.accounts.models import Brake
from app.core.db import db as database
from app.editing import operations, queries
from app.editing.models import AnswerCount, SentQuestion

SEND = "/bolehkah/kirim"
ASKED = "bolehkah ikut jalan sehat yang diadakan calon"
CASE = "suka-unggahan-akun-pemenangan"
VOTE = f"/bolehkah/{CASE}/menjawab"
FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


def kept(db) -> list[str]:
    return list(db.scalars(sa.select(SentQuestion.text)))


def press_send(browser, text: str, **more):
    return browser.post(SEND, data={"text": text, "send": "y", **more})


def test_a_question_without_a_fitting_answer_may_be_sent_from_its_page(client, db):
    for asked in ("resep rendang padang", "foto bareng calon"):
        page = client.get("/bolehkah", query_string={"q": asked})
        assert f'href="{SEND}?q={asked.replace(" ", "+")}"' in page.text
    assert SEND not in client.get("/bolehkah").text


def test_she_sees_what_is_kept_before_she_sends_it(client, db):
    asked = "bolehkah saya, 0812-3456-7890 / sari@contoh.id, ikut lari pagi"
    page = client.get(SEND, query_string={"q": asked})
    shown = "bolehkah saya, *** / *** ikut lari pagi"
    assert f"<blockquote>{shown}</blockquote>" in page.text
    assert f'name="text" value="{shown}"' in page.text
    assert "0812" not in page.text
    assert "contoh.id" not in page.text
    assert kept(db) == []
    answer = press_send(client, shown)
    assert (answer.status_code, answer.location) == (303, f"{SEND}/selesai")
    assert kept(db) == [shown]
    assert "tidak dapat membalas" in client.get(answer.location).text


def test_what_was_changed_after_it_was_shown_is_shown_again(client, db):
    answer = press_send(client, "hubungi 199001012015032001 ya")
    assert answer.status_code == 422
    assert "<blockquote>hubungi *** ya</blockquote>" in answer.text
    assert "Periksa dahulu" in answer.text
    assert kept(db) == []


def test_looking_keeps_nothing(client, db):
    page = client.post(SEND, data={"text": f"  {ASKED}\n"})
    assert page.status_code == 200
    assert f"<blockquote>{ASKED}</blockquote>" in page.text
    assert kept(db) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Belum ada pertanyaan yang dapat dibaca"),
        ("08123456789", "Belum ada pertanyaan yang dapat dibaca"),
        ("👍👍", "Belum ada pertanyaan yang dapat dibaca"),
        ("a" * 10_000, "yang Anda tulis 10.000"),
        ("🙂a" * 5_000, "yang Anda tulis 10.000"),
    ],
)
def test_a_question_that_cannot_be_kept_is_answered_with_a_sentence(client, db, typed, said):
    for answer in (client.post(SEND, data={"text": typed}), press_send(client, typed)):
        assert answer.status_code == 422
        assert said in answer.text
        assert 'role="alert"' in answer.text
    assert kept(db) == []


def test_a_form_of_a_million_characters_is_refused_before_it_is_read(client, db):
    answer = press_send(client, "a" * 1_000_000)
    assert answer.status_code == 413
    assert "jauh lebih panjang" in answer.text
    assert kept(db) == []


def test_html_and_emoji_are_words_like_others(client, db):
    asked = "<script>alert(1)</script> boleh 👍 ga"
    assert press_send(client, asked).status_code == 303
    assert kept(db) == [asked]
    page = client.get(SEND, query_string={"q": asked}).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_form_that_is_sent_twice_adds_nothing(client, db):
    for _ in range(2):
        assert press_send(client, ASKED).status_code == 303
    assert kept(db) == [ASKED]


def test_a_form_of_another_page_is_refused(app, db):
    """CSRF is on here, as it is in life."""
    browser = app.test_client()
    assert press_send(browser, ASKED).status_code == 403
    token = FIELD.search(browser.get(SEND, query_string={"q": ASKED}).text)[1]
    assert press_send(browser, ASKED, csrf_token=token).status_code == 303
    assert press_send(app.test_client(), ASKED, csrf_token=token).status_code == 403
    assert kept(db) == [ASKED]


def test_sending_is_braked_and_the_question_is_not_lost(client, db):
    for number in range(throttle.SEND.free):
        assert press_send(client, f"{ASKED} {chr(97 + number)}").status_code == 303
    answer = press_send(client, f"{ASKED} sekali lagi")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert f"<blockquote>{ASKED} sekali lagi</blockquote>" in answer.text
    assert "belum disimpan" in answer.text
    assert "Akun" not in answer.text.split("<main", 1)[1].split("Ini yang akan", 1)[0]
    assert len(kept(db)) == throttle.SEND.free


def test_a_full_box_says_so(client, db, monkeypatch):
    monkeypatch.setattr(operations, "MOST_WAITING", 0)
    answer = press_send(client, ASKED)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "86400"
    assert "Kotak pertanyaan sedang penuh" in answer.text
    assert ASKED in answer.text


def everything_kept() -> str:
    """Every row of every table, as text."""
    tables = database.metadata.sorted_tables
    return "\n".join(
        f"{table.name}: {row}"
        for table in tables
        for row in database.session.execute(sa.select(table))
    )


def test_nothing_links_a_question_to_whoever_sent_it(db, cast, sign_in):
    """Sari is signed in and sends: no row that names her, her device or her network is new."""
    sari = sign_in(cast.sari)
    sari.get("/bolehkah")
    before = everything_kept()
    db.rollback()
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120"}
    answer = sari.post(SEND, data={"text": ASKED, "send": "y"}, headers=agent)
    assert answer.status_code == 303
    sari.post(VOTE, data={"menjawab": "tidak"}, headers=agent)
    new = [line for line in everything_kept().splitlines() if line not in before]
    assert sorted(line.split(":")[0] for line in new) == [
        "answer_counts", "brakes", "brakes", "sent_questions",
    ]  # fmt: skip
    told = "\n".join(line for line in new if not line.startswith("brakes"))
    for word in (cast.sari.number, "Sari", "127.0.0", "Android", "Chrome", "datetime.datetime"):
        assert word not in told


def test_a_network_would_be_noticed(db, cast, sign_in):
    """Control: the same look finds what a sign-in does keep."""
    sign_in(cast.sari)
    assert "127.0.0" in everything_kept()
    assert "datetime.datetime" in everything_kept()
    assert cast.sari.number in everything_kept()


def test_the_brake_knows_no_network_by_name(client, db):
    press_send(client, ASKED)
    keys = db.scalars(sa.select(Brake.key)).all()
    assert [len(key) for key in keys] == [64]


def test_a_case_asks_whether_it_answered_without_token_or_cookie(app, db):
    browser = app.test_client()
    page = browser.get(f"/bolehkah/{CASE}")
    assert f'action="{VOTE}"' in page.text
    assert "csrf_token" not in page.text
    assert "Set-Cookie" not in page.headers
    for said in ("ya", "tidak", "tidak"):
        answer = browser.post(VOTE, data={"menjawab": said})
        assert answer.status_code == 303
        assert "Set-Cookie" not in answer.headers
        assert "Terima kasih" in browser.get(answer.location).text
    assert queries.tallies() == [(CASE, 1, 2)]


def test_who_has_no_answer_is_led_to_her_question(client, db):
    page = client.post(VOTE, data={"menjawab": "tidak"}, follow_redirects=True)
    assert f'href="{SEND}"' in page.text
    page = client.post(VOTE, data={"menjawab": "ya"}, follow_redirects=True)
    assert f'href="{SEND}"' not in page.text


@pytest.mark.parametrize("said", [{}, {"menjawab": "mungkin"}])
def test_what_is_no_answer_is_not_counted(client, db, said):
    page = client.post(VOTE, data=said, follow_redirects=True)
    assert "Terima kasih" not in page.text
    assert queries.tallies() == []


def test_another_site_counts_nothing(client, db):
    answer = client.post(VOTE, data={"menjawab": "tidak"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert queries.tallies() == []


def test_a_case_that_there_is_not_has_no_answers(client, db):
    assert client.post("/bolehkah/tidak-ada/menjawab", data={"menjawab": "ya"}).status_code == 404
    assert client.get("/bolehkah/tidak-ada/menjawab").status_code == 404


def test_answers_are_braked(client, db):
    said = [client.post(VOTE, data={"menjawab": "ya"}).status_code for _ in range(61)]
    assert said.count(303) == throttle.ANSWER.free
    assert said[-1] == 429
    counted = db.scalar(sa.select(sa.func.sum(AnswerCount.answered)))
    assert counted == throttle.ANSWER.free


def test_the_citizen_finds_where_to_report(client, db):
    for path in ("/", f"/bolehkah/{CASE}"):
        assert 'href="/bantuan/melapor"' in client.get(path).text, path
    assert 'href="/bantuan/melapor"' not in client.get("/bolehkah/melapor-tanpa-nip").text
    page = client.get("/bantuan/melapor").text
    for channel in ("sigaplapor.bawaslu.go.id", "sbt.bkn.go.id", "SP4N-LAPOR!", "7 hari"):
        assert channel in page


def test_the_page_on_privacy_names_the_exception(client, db):
    page = client.get("/bantuan/privasi").text
    assert "kecuali yang Anda kirim sendiri" in page
    assert "180 hari" in page
