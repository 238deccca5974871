"""The question of a text is never cut at a dot that ends no sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workshop.exchange.sentences import question_in

WHOLE = [
    "Bolehkah Drs. Ahmad, M.Si. hadir di kampanye?",
    "Bolehkah PNS Gol. III/a ikut?",
    "Bolehkah hadir pukul 10.00 di kantor?",
    "Bolehkah memberi Rp5.000 kepada tim?",
    "Bolehkah membagikan https://contoh.go.id/?a=1 kepada grup?",
    "Bolehkah dr. Siti, Sp.A. dan Ir. H. Budi menjadi saksi?",
    "Bolehkah surat No. 5 ditandatangani a.n. Kepala Dinas?",
    "Bolehkah rapat di Jl. Merdeka No. 10, Kec. Sukamaju, Kab. Bandung?",
    "Bolehkah memberi diskon 2.5 persen, dll. kepada tim?",
    "Bolehkah memakai aplikasi v2.0 milik tim?",
    "Bolehkah menulis ke budi@contoh.go.id atau www.contoh.id?",
    "Bolehkah Sdr. Ahmad, S.H., M.H. dan Sdri. Ani hadir?",
    "Bolehkah ASN Kel. Melati s.d. Kel. Mawar hadir?",
    "Bolehkah Pemkab. Bandung dan PT. Maju Jaya hadir di Lt. 2?",
    "Bolehkah Naskah Pidato K.H. Ahmad dibaca?",
    "Bolehkah Prof. Dr. Ir. Budi, Ph.D. berpidato?",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_question_stays_whole(text):
    assert question_in(text) == text
    assert question_in(f"Budi lelah. Ia diajak tim! {text}") == text
    assert question_in(f"{text} Jelaskan jawaban Anda.") == text


CUT = {
    "Ia S.H. Bolehkah ia hadir?": "Bolehkah ia hadir?",
    "Ia PNS. Bolehkah ia hadir?": "Bolehkah ia hadir?",
    "Rapat pukul 10.00. Bolehkah?": "Bolehkah?",
    "Ia guru. Istrinya calon, bolehkah ia ikut?": "Istrinya calon, bolehkah ia ikut?",
    "Tim bertanya, “Ikut?” Bolehkah ia ikut?": "Bolehkah ia ikut?",
    "Guru Budi Bolehkah ia hadir?": "Bolehkah ia hadir?",
    "Ia ragu. Apakah itu boleh menurut Bawaslu. Menurut Anda?": (
        "Apakah itu boleh menurut Bawaslu. Menurut Anda?"
    ),
    "Apa? Bolehkah ini?": "Bolehkah ini?",
    "“Bolehkah ini?”": "Bolehkah ini?",
    "Lihat https://contoh.go.id/?a=1 lalu putuskan.": "",
    "Putuskan.": "",
    "": "",
}


@pytest.mark.parametrize(("text", "question"), CUT.items())
def test_sentences_before_the_question_are_left_to_the_situation(text, question):
    assert question_in(text) == question


@given(st.text(st.sampled_from("Aa .?!”“5/\n"), max_size=40))
def test_a_question_begins_and_ends_where_words_do(text):
    found = question_in(text)
    assert found in text
    start = text.find(found)
    assert not found or start == 0 or not text[start - 1].isalnum() or not found[0].isalnum()
