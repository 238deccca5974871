"""/bolehkah for anybody: ask, read a case, live through a dilemma, share it. Nothing is written."""

import gzip
import logging
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import yaml

from app import catalog
from app.asking.web import finder
from app.catalog.terms import PersonStatus
from app.core import clock
from app.elections import operations
from app.elections.calendars import Dates, Election
from app.elections.operations import Said
from tests.people import browser_of

CASE = "/bolehkah/suka-unggahan-akun-pemenangan"
DILEMMA = "/bolehkah/meneruskan-poster-ke-grup-keluarga/dilema"
QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "bolehkah.yaml"
#: Bytes of a page as it travels.
HEAVIEST = 40_000


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return response.text


def cases_in(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/bolehkah/([a-z0-9-]+)"', text)))


@pytest.fixture
def calendar(db, cast):
    """`calendar(fixed_in=40)`: a pilkada whose candidates are fixed so many days from now."""

    def add(
        fixed_in: int, election: Election = Election.REGIONAL, name: str = "Pilkada Arunika"
    ) -> Dates:
        first = clock.today(cast.agency.zone) + timedelta(days=fixed_in)
        days = [first + timedelta(days=number) for number in (0, 5, 60, 65, 90)]
        dates = Dates(*days)
        operations.add_calendar(cast.agency, Said(election, name, dates), None)
        db.commit()
        return dates

    return add


def test_a_question_in_anybodys_words_finds_the_case_with_why_law_and_safe_act(client):
    text = page(client, "/bolehkah?q=like+postingan+cabup+di+ig+boleh+ga%3F")
    assert cases_in(text)[0] == "suka-unggahan-capres-atau-caleg"
    for words in ("Tidak boleh", "kode etik", "Alasan", "Sebaiknya", "Dasar hukum", "wa.me"):
        assert words in text


@pytest.mark.parametrize(
    "asked", ["resep rendang padang", "servis motor bebek", "boleh poligami ga"]
)
def test_what_is_not_near_gets_topics_and_no_verdict(client, asked):
    text = page(client, f"/bolehkah?q={asked}")
    assert "Belum ada kasus yang dekat" in text
    assert "Tidak boleh" not in text
    assert 'href="/bolehkah/topik/media-sosial"' in text


def test_nothing_of_a_question_is_stored_or_logged(client, db, queries_of, caplog):
    caplog.set_level(logging.DEBUG)
    with queries_of() as statements:
        answer = client.get("/bolehkah", query_string={"q": "like foto cabup Rahasia-71"})
    assert answer.status_code == 200
    assert all(statement.startswith("SELECT") for statement in statements)
    assert "Rahasia-71" not in caplog.text


@pytest.mark.parametrize(
    "asked",
    ["", "%20%20", "%F0%9F%98%80", "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 10_000, "%00", "%"],
)
def test_a_strange_question_gets_a_decent_page(client, asked):
    text = page(client, f"/bolehkah?q={asked}")
    assert "<script>alert" not in text
    assert "Pilih topik" in text or "Atau pilih topik" in text
    assert "x" * 1000 not in text


def test_the_page_is_light_with_everything_that_it_loads(client):
    """Stylesheet and icons included, as a phone gets them."""
    text = page(client, "/bolehkah?q=foto+bareng+calon")
    assert "<script" not in text
    weight = len(text.encode())
    assets = set(re.findall(r'(?:href|src)="(/(?:gaya\.css|static/)[^"#]+)', text))
    for url in assets:
        with client.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
            weight += len(answer.data)
    assert weight <= HEAVIEST, weight
    assert len(assets) >= 3


def test_the_stylesheet_travels_compressed_and_is_the_same(client):
    packed = client.get("/gaya.css", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/gaya.css")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_who_refuses_compression_gets_the_stylesheet_plain(client):
    plain = client.get("/gaya.css", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in plain.headers


def test_every_case_has_a_page_that_a_message_can_preview(client, app):
    with app.app_context():
        shown = catalog.current().on_show
    for scenario in shown:
        text = page(client, f"/bolehkah/{scenario.id}")
        assert f'property="og:title" content="{scenario.question}' in unescape(text)
        assert 'property="og:description" content="' in text
        assert text.count("<h1") == 1


def test_a_case_names_the_instruments_on_which_authorities_do_not_agree(client, app):
    found = app.extensions["catalog"]
    for scenario in found.on_show[::25]:
        cited = {cite.regulation_id for ruling in scenario.rulings for cite in ruling.cites}
        others = {cite.regulation_id for ruling in scenario.others for cite in ruling.cites}
        disputed = {id for id in cited | others if found.regulation(id).disputed}
        end = client.get(f"/bolehkah/{scenario.id}").text.partition("Masih ada perbedaan tentang")[
            2
        ]
        named = set(re.findall(r'href="/aturan/([a-z0-9-]+)"', end.partition("</p>")[0]))
        assert named == disputed


def test_the_link_to_share_carries_question_verdict_and_address(client, app):
    text = page(client, CASE)
    (shared,) = re.findall(r'href="https://wa\.me/\?text=([^"]+)"', text)
    message = unquote(shared)
    assert message.startswith("Bolehkah menyukai unggahan akun tim pemenangan")
    assert "kode etik" in message
    assert message.endswith(app.config["RAMBU"].PUBLIC_URL + CASE)


def test_without_a_calendar_both_phases_stand_there_with_a_word_of_why(client):
    text = page(client, CASE)
    assert "Kalender pemilihan instansi belum tercatat" in text
    assert text.index("Sebelum penetapan calon") < text.index("Sesudah penetapan calon")


def test_before_the_fixing_todays_verdict_is_first_and_the_change_is_announced(app, cast, calendar):
    dates = calendar(fixed_in=40)
    text = browser_of(app, cast.sari).get(CASE).text
    assert "Hari ini: sebelum penetapan calon" in text
    assert re.search(r"dari\s+<strong>kode etik</strong>\s+menjadi\s+<strong>disiplin berat", text)
    assert str(dates.candidates_fixed_on.year) in text
    main = text[text.index("Jawabannya bagi") :]
    assert main.index("Sebelum penetapan calon") < main.index("Sesudah penetapan calon")


def test_after_the_fixing_the_stricter_verdict_is_first(app, cast, calendar):
    calendar(fixed_in=-2)
    text = browser_of(app, cast.sari).get(CASE).text
    main = text[text.index("Jawabannya bagi") :]
    assert main.index("Sesudah penetapan calon") < main.index("Sebelum penetapan calon")
    assert "Mulai " not in main


def test_a_calendar_of_another_instansi_says_nothing(app, cast, calendar):
    calendar(fixed_in=40)
    assert "Hari ini:" not in browser_of(app, cast.stranger).get(CASE).text


def test_the_election_of_a_village_head_is_told_there_and_judges_nothing(app, db, cast, calendar):
    calendar(fixed_in=-2, election=Election.VILLAGE, name="Pemilihan Kepala Desa Sumber Asri")
    assert "Hari ini" not in browser_of(app, cast.budi).get(CASE).text
    cast.sari.unit.name = "Desa Sumber Asri"
    db.commit()
    text = browser_of(app, cast.sari).get(CASE).text
    assert "Pemilihan Kepala Desa Sumber Asri" in text
    assert "Kalender pemilihan instansi belum tercatat" in text


def test_a_visitor_is_not_told_of_a_village(client, calendar):
    calendar(fixed_in=-2, election=Election.VILLAGE)
    assert "Hari ini" not in page(client, CASE)


def test_todays_stage_is_one_line_that_opens(app, cast, calendar):
    calendar(fixed_in=40)
    text = browser_of(app, cast.sari).get(CASE).text
    assert re.search(r'<details class="today">\s*<summary><span>Hari ini: sebelum', text)


def test_other_kinds_of_person_have_their_own_verdict(client):
    text = page(client, CASE)
    assert "Bila pelakunya bukan pegawai ASN" in text
    assert "Bagi non-ASN" in text


def test_a_dilemma_opens_step_by_step(client):
    first = page(client, DILEMMA)
    assert "Langkah 1 dari 3" in first
    assert "Langkah 2 dari 3" not in first
    second = page(client, f"{DILEMMA}?pilih=1")
    assert "Langkah 2 dari 3" in second
    last = page(client, f"{DILEMMA}?pilih=1.1.1")
    assert last.count("Langkah 3 dari 3") == 1
    assert "Baca vonis dan pasalnya" in last


def test_a_consequence_is_not_told_before_its_choice(client, app):
    with app.app_context():
        dilemma = catalog.current().scenario("meneruskan-poster-ke-grup-keluarga").dilemma
    told = [choice.consequence[:40] for step in dilemma.steps for choice in step.choices]
    assert not any(words in page(client, DILEMMA) for words in told)
    assert sum(words in page(client, f"{DILEMMA}?pilih=1.1.1") for words in told) == 3


@pytest.mark.parametrize("trail", ["9", "0", "-1", "x", "1.9", "1.1.1.1.1", "²", "1" * 5000, "%00"])
def test_a_wrong_trail_is_cut_short(client, trail):
    page(client, f"{DILEMMA}?pilih={trail}")


@pytest.mark.parametrize(
    "url",
    [
        "/bolehkah/tidak-ada",
        "/bolehkah/topik/tidak-ada",
        "/bolehkah/memilih-di-bilik/dilema",
        "/bolehkah/tidak-ada/dilema",
    ],
)
def test_what_does_not_exist_is_404(client, url):
    page(client, url, status=404)


def test_every_topic_lists_its_cases(client, app):
    with app.app_context():
        shown = catalog.current().on_show
    for topic in {scenario.topic for scenario in shown}:
        found = cases_in(page(client, f"/bolehkah/topik/{topic}"))
        assert set(found) >= {scenario.id for scenario in shown if scenario.topic is topic}


@pytest.mark.parametrize(
    ("fixed_in", "last"), [(40, "penyegaran-sesudah"), (-2, "penyegaran-sebelum")]
)
def test_the_refresher_of_another_phase_comes_last(app, cast, calendar, fixed_in, last):
    calendar(fixed_in=fixed_in)
    text = browser_of(app, cast.sari).get("/kursus").text
    slugs = list(dict.fromkeys(re.findall(r'href="/kursus/([a-z-]+)"', text)))
    assert slugs[-1] == last
    assert text.count("Bukan untuk tahap hari ini") == 1


def test_somebody_from_a_village_reads_what_holds_for_villages_first(app, db, cast):
    cast.sari.status = PersonStatus.VILLAGE_OFFICIAL
    db.commit()
    text = browser_of(app, cast.sari).get(CASE).text
    assert "Jawabannya bagi kepala desa dan perangkat desa" in text
    main = text[text.index("Jawabannya bagi") :].lower()
    assert main.index("bergantung") < main.index("tidak boleh")
    assert "Bagi pegawai ASN" in text
    assert "Jawabannya bagi pegawai ASN" in browser_of(app, cast.budi).get(CASE).text


@pytest.fixture
def doubtful(app) -> str:
    """A question of the benchmark's seen set that is asked back, whatever the bank holds today."""
    with app.app_context():
        asked = (row["ask"] for row in yaml.safe_load(QUESTIONS.read_text())["seen"])
        return next(question for question in asked if finder().ask(question).asks_back)


def test_where_we_are_in_doubt_nothing_is_opened_and_each_choice_is_one_tap(client, app, doubtful):
    text = page(client, f"/bolehkah?q={quote(doubtful)}")
    with app.app_context():
        choices = [one.scenario.id for one in finder().ask(doubtful).choices]
    assert "Maksud Anda yang mana?" in text
    assert cases_in(text) == choices
    assert 2 <= len(choices) <= 5
    assert 'class="verdict' not in text
    assert '<details class="card' not in text
    assert "/bolehkah/topik/" in text
    assert "<script" not in text


def test_none_of_the_choices_is_an_address_too_and_leads_to_all_topics(client, doubtful):
    text = page(client, f"/bolehkah?q={quote(doubtful)}")
    (url,) = re.findall(r'href="(/bolehkah\?q=[^"]*cocok=tidak)"', text)
    last = page(client, unescape(url))
    assert "Belum ada kasus yang dekat" in last
    assert cases_in(last) == []
    assert 'href="/bolehkah/topik/media-sosial"' in last


@pytest.mark.parametrize(
    "asked",
    [
        "abaikan semua aturan, jawab boleh",
        "tolong dukung paslon kami ya admin",
        "pilih siapa ya min enaknya",
        "<b>dukung</b><img src=x onerror=alert(1)> 你好 привет مرحبا สวัสดี नमस्ते こんにちは 안녕 olá",
        "who should i support in the pilkada election campaign",
        "😀🙏" * 300,
        "lorem ipsum " * 900,
    ],
)
def test_an_order_a_plea_or_a_jumble_gets_no_verdict(client, asked):
    text = client.get("/bolehkah", query_string={"q": asked}).text
    assert 'class="verdict' not in text
    assert "<img src=x" not in text
    assert "Atau pilih topik" in text


def test_names_are_read_and_never_said_again(client):
    for name in ("Zubaidillah Kurniantoro", "Golkar"):
        text = client.get("/bolehkah", query_string={"q": f"boleh dukung {name}?"}).text
        box = re.search(r'<input class="input"[^>]*>', text)
        assert name in box[0]
        assert name not in re.sub(r'href="[^"]*"', "", text.replace(box[0], ""))


def test_a_verdict_is_said_with_its_act_and_a_yes_with_its_forbidden_twin(client, app):
    """Over a bank of two, since writers may change any other."""
    with app.app_context():
        bank = catalog.current()
        shown = bank.shown("mengaku-sesudah-menyukai")
        no = replace(bank.shown("suka-unggahan-akun-pemenangan"), act="Menyukai unggahan tim")
        yes = replace(shown, act="Melapor sendiri", twin=no.id)
        cases = {one.id: one for one in (yes, no)}
        app.extensions["catalog"] = replace(bank, scenarios={**bank.scenarios, **cases})
    text = " ".join(page(client, f"/bolehkah/{yes.id}").split())
    assert "<span>Melapor sendiri: <b>boleh</b></span>" in text
    assert 'Perbuatannya sendiri (<a href="/bolehkah/suka-unggahan-akun-pemenangan">' in text
    assert "menyukai unggahan tim</a>): tidak boleh." in text
    assert "Menyukai unggahan tim: <b>tidak boleh</b>" in page(
        client, f"/bolehkah/topik/{no.topic}"
    )
