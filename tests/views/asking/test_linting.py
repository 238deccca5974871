"""/periksa: a text is read, answered and forgotten; one too long gets a sentence, not a fault."""

import io
import logging
import re
from urllib.parse import urlencode

import html5lib
import pytest
import sqlalchemy as sa

from app.accounts import throttle
from app.asking.linting import LONGEST
from app.catalog.web import current
from app.core.bodies import LIMITS
from tests.patience import at_most
from tests.rules.stale.test_documents import CIRCULAR, CLEAN, read

LARGEST_PAGE = 40_000
MOST_BYTES = LIMITS["/periksa"]


MULTIPART, ENCODED = "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"


def check(client, text, kind=MULTIPART, headers=None, **fields):
    """Send the form as a browser does. The test client would spool a long one into a file."""
    fields = {**fields, "text": text}
    body = urlencode(fields)
    if kind == MULTIPART:
        parts = (
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        body = "".join(parts) + "--x--\r\n"
    return client.post("/periksa", data=body.encode(), content_type=kind, headers=headers)


def parsed(answer):
    return html5lib.parse(answer.text, namespaceHTMLElements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_anybody_may_paste_a_text_without_signing_in(client, db):
    answer = client.get("/periksa")
    assert answer.status_code == 200
    (box,) = parsed(answer).iter("textarea")
    assert (box.get("name"), box.text) == ("text", "\r\n") or not (box.text or "").strip()
    assert len(answer.data) < LARGEST_PAGE


def test_the_page_says_what_the_editors_have_not_looked_for(client, app, db):
    """Their words, since only they know up to which day they read the law."""
    with app.app_context():
        (unknown,) = current().stale.unknown
    said = words(parsed(client.get("/periksa")).find(".//main"))
    assert f"Yang tidak diperiksa: isi selebihnya, pasal lain, gambar, dan {unknown}. " in said


def test_a_circular_is_answered_with_lines_words_and_the_law_of_today(client, db):
    text, _ = read(CIRCULAR)
    answer = check(client, text)
    assert answer.status_code == 200
    tree = parsed(answer)
    cards = [words(card) for card in tree.iter("article")]
    assert len(cards) == 3
    assert cards[0].startswith("“Undang-Undang Nomor 5 Tahun 2014”")
    assert "UU 5/2014 sudah dicabut" in cards[0]
    assert "Baris 18: " in cards[0]
    assert [words(mark) for mark in next(tree.iter("article")).iter("mark")] == [
        "Undang-Undang Nomor 5 Tahun 2014"
    ]
    links = [a.get("href") for card in tree.iter("article") for a in card.iter("a")]
    assert links == [
        "/aturan/uu-20-2023#penutup",
        "/aturan/pp-94-2021#penutup",
        "/aturan/kanal-pelaporan#kasn",
    ]
    for link in links:
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in client.get(page).text


def test_the_text_comes_back_in_the_box(client, db):
    text = "Lapor ke KASN.\n\n<b>Tebal</b> & “kutipan” 🙏\n"
    (box,) = parsed(check(client, text.replace("\n", "\r\n"))).iter("textarea")
    assert box.text.strip("\n") == text.strip("\n")


def test_nothing_found_is_said_modestly(client, db):
    text, _ = read(CLEAN)
    page = check(client, text).text
    assert "Tidak ada yang basi di antara hal-hal yang kami kenali" in page
    assert "Itu belum berarti seluruh isinya benar" in page
    assert "Yang tidak diperiksa" in page


@pytest.mark.parametrize("text", ["", "   \r\n\t ", "\0", "\0\0\n"])
def test_an_empty_text_is_asked_for_again(client, db, text):
    answer = check(client, text)
    assert answer.status_code == 422
    assert "Belum ada teks." in answer.text
    assert "<textarea" in answer.text


@pytest.mark.parametrize("sent", [{}, {"lain": "KASN"}])
def test_a_form_without_a_text_is_asked_for_again(client, db, sent):
    assert client.post("/periksa", data=sent).status_code == 422
    assert client.post("/periksa", json={"text": ["Lapor ke KASN."]}).status_code == 422


def test_markup_zero_bytes_and_signs_stay_text(client, db):
    answer = check(client, "<script>alert(1)</script> Lapor\0 ke\x07 KASN 🙏 \ud7ff \ufffe.")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\0" not in answer.text
    assert [words(mark) for mark in parsed(answer).iter("mark")] == ["KASN"]


def test_bytes_that_are_no_text_are_no_fault(client, db):
    broken = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe KASN\r\n--x--\r\n'
    answer = client.post("/periksa", data=broken, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 200
    assert "<mark>KASN</mark>" in answer.text


@pytest.mark.parametrize("kind", [MULTIPART, ENCODED])
def test_the_longest_text_is_read_to_its_end(client, db, kind):
    sentence = "Sesuai SKB 2022, ASN wajib netral; lapor ke Bawaslu.\r\n"
    text = (sentence * (LONGEST // (len(sentence) - 1)))[: LONGEST - 20] + "\r\nLapor ke KASN."
    with at_most(cpu_seconds=60):
        answer = check(client, text, kind)
    assert answer.status_code == 200
    assert answer.text.count("<mark>") == 1


@pytest.mark.parametrize("kind", [MULTIPART, ENCODED])
@pytest.mark.parametrize(
    ("length", "status"),
    [(LONGEST + 1, 422), (MOST_BYTES, 413), (4 * MOST_BYTES, 413)],
)
def test_what_is_too_long_gets_a_sentence_in_the_frame_of_the_site(
    client, db, kind, length, status
):
    answer = check(client, "a" * length, kind)
    assert answer.status_code == status
    assert "lebih panjang dari 200.000 karakter" in answer.text
    assert "Periksa bagian demi bagian" in answer.text
    assert "<textarea" in answer.text
    assert 'href="/bantuan"' in answer.text
    assert len(answer.data) < LARGEST_PAGE


def test_what_is_too_long_is_so_with_the_token_of_the_form_too(app, db):
    """The token is looked for in the form before the view is: the room must be made earlier."""
    browser = app.test_client()
    page = browser.get("/periksa").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    for length, status in ((150_000, 200), (LONGEST + 1, 422), (MOST_BYTES, 413)):
        for kind in (MULTIPART, ENCODED):
            answer = check(browser, "a" * length, kind, csrf_token=token)
            assert answer.status_code == status, length
    assert browser.post("/periksa", data={"text": "Lapor ke KASN."}).status_code == 403


def test_a_file_sent_instead_of_a_text_is_no_text(client, db):
    sent = {"text": (io.BytesIO(b"Lapor ke KASN."), "surat.txt")}
    answer = client.post("/periksa", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_a_page_of_mistakes_stays_small_and_says_how_many_more(client, db):
    line = "“Lapor” & <lapor> ke KASN menurut UU 5/2014, PP 53/2010, dan SKB 22 September 2023!\n"
    answer = check(client, line * 1000)
    assert answer.status_code == 200
    page = answer.text
    without_the_text = page.partition("<textarea")[0] + page.partition("</textarea>")[2]
    assert len(without_the_text.encode()) < LARGEST_PAGE
    assert "dan 990 tempat lain." in page
    assert len(list(parsed(answer).iter("article"))) == 4


def test_nothing_of_the_text_is_stored_or_logged(client, db, queries_of, caplog):
    caplog.set_level(logging.DEBUG)
    with queries_of() as statements:
        answer = check(client, "Rahasia-71 lapor ke KASN.")
    assert answer.status_code == 200
    # What is written is the brake: a hash of the network, and a number.
    written = [one for one in statements if not one.startswith("SELECT")]
    assert all(re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) brakes\b", one) for one in written)
    assert "Rahasia-71" not in str(db.execute(sa.text("SELECT * FROM brakes")).all())
    assert "Rahasia-71" not in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_works_the_same_for_somebody_who_is_signed_in(sign_in, cast):
    answer = check(sign_in(cast.sari), "Lapor ke KASN.")
    assert answer.status_code == 200
    assert "<mark>KASN</mark>" in answer.text


def test_our_javascript_would_get_a_sentence_too(client, db):
    answer = check(client, "a" * MOST_BYTES, headers={"Accept": "application/json"})
    assert answer.status_code == 413
    assert answer.json["error"].startswith("Teks ini lebih panjang")


def test_a_finding_shows_its_sentence_and_words_to_copy(client, db):
    text = f"Rapat dibuka. {'panjang ' * 60}lapor ke KASN bila melanggar. Rapat ditutup."
    (card,) = parsed(check(client, text)).iter("article")
    shown = words(card.find("ul"))
    assert "…panjang" in shown
    assert "lapor ke KASN bila melanggar." in shown
    assert "Rapat" not in shown
    (instead,) = card.iter("blockquote")
    assert words(instead).startswith("Laporan disampaikan kepada Bawaslu")
    (button,) = card.iter("button")
    assert (button.get("data-copy"), button.get("hidden")) == (instead.get("id"), "")


def test_who_checks_too_often_waits_and_keeps_her_text(client, db, monkeypatch):
    monkeypatch.setattr(throttle, "LINT", throttle.Limit("periksa", free=2, forget=60, longest=60))
    answers = [check(client, "Lapor ke KASN.") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "sudah banyak teks diperiksa" in answers[-1].text
    (box,) = parsed(answers[-1]).iter("textarea")
    assert box.text.strip() == "Lapor ke KASN."
    assert client.get("/periksa").status_code == 200


def test_what_is_too_dense_says_up_to_which_line_it_was_read(client, db, monkeypatch):
    monkeypatch.setattr("app.asking.linting.MOST_READ", 2_000)
    page = check(client, "\n".join(f"Lapor ke KASN {i}." for i in range(200))).text
    assert "Belum seluruhnya diperiksa" in page
    assert "sampai sebelum baris" in page
    assert "<mark>KASN</mark>" in page
