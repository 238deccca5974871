"""Sentences written apart from the rules: nine in ten wrong ones are found, two in a hundred right
ones are flagged at most. `make bench NAME=stale` names each that is missed."""

from dataclasses import replace

import pytest

from app.catalog.staleness import Expression
from app.stale import stale_claims as claims_by
from tests.stale import SentenceSet, our_rules, sentence_sets


@pytest.mark.parametrize("group", sentence_sets(), ids=lambda group: group.name)
def test_what_is_wrong_is_found_and_what_is_right_is_left_alone(group: SentenceSet):
    missed, flagged = group.missed(), group.flagged()
    assert len(missed) <= len(group.wrong) // 10, missed
    assert len(flagged) <= len(group.right) // 50, flagged


def test_leaving_out_what_cannot_match_leaves_out_nothing_else():
    """The same is found when every rule is held against every sentence, letter by letter."""

    def bare(expression: Expression) -> Expression:
        return Expression(expression.text)

    plain = [
        replace(rule, claim=bare(rule.claim), about=tuple(map(bare, rule.about)))
        for rule in our_rules()
    ]
    sentences = [one for group in sentence_sets() for one in (*group.wrong, *group.right)][::12]
    for text in (" ".join(sentences), " ".join(sentences).upper(), "\n- ".join(sentences)):
        assert claims_by(text, our_rules()) == claims_by(text, plain)


def test_a_claim_knows_its_sentence_and_what_may_stand_in_its_place():
    text = "Rapat dibuka. **Lapor** ke KASN\nbila melanggar.  Rapat ditutup."
    (claim,) = claims_by(text, our_rules())
    assert text[slice(*claim.within)] == "**Lapor** ke KASN\nbila melanggar."
    assert claim.instead
    assert claims_by(claim.instead, our_rules()) == []


def test_what_is_left_out_may_stand_in_the_next_sentence():
    said = "Atasan yang tidak memberi kesempatan memilih diancam Pasal 498."
    assert claims_by(said, our_rules())
    assert not claims_by(f"{said} Kecuali bila pekerjaan itu tidak bisa ditinggalkan.", our_rules())


@pytest.mark.parametrize(
    "said",
    [
        "Berarti sebelum penetapan masih aman. Tidak.",
        "question: Bolehkah PPPK mengambil CLTN?",
        "Ketika SKB diteken, UU 5/2014 masih berlaku.",
        "Dulu honorer dianggap bebas berkampanye, kini SE 1/2023 mewajibkan netral.",
        "Sejak kapan seseorang disebut bakal calon?",
        "Pertanyaan peserta: apakah honorer bebas berkampanye?",
        "Sekali like langsung PTDH? Itu berlebihan.",
        "Kalau ada yang bilang honorer bebas kampanye, tunjukkan SE MenPANRB 1/2023.",
        "Peserta sering mengira PTDH ada di PP 94/2021.",
        "Waktu Pemilu 2019, disiplin PNS masih diatur PP 53/2010.",
        "Waktu itu, tahun 2023, KASN masih menerima laporan.",
        "Ayat (10) dalam Pasal 15 PP 42/2004 tidak pernah ada.",
    ],
)
def test_a_denial_a_label_and_a_time_gone_by_excuse(said):
    assert claims_by(said, our_rules()) == []


@pytest.mark.parametrize(
    "said",
    [
        "Jangan sampai kena SKB 5 menteri gara-gara menyukai unggahan paslon.",
        "Saat ini UU 5/2014 masih berlaku.",
        "Guru honorer bukan ASN sehingga sah-sah saja mendukung paslon.",
        "Hukuman disiplin berat: a. pembebasan jabatan; b. pemberhentian tidak dengan hormat.",
    ],
)
def test_what_only_looks_like_an_excuse_does_not(said):
    assert claims_by(said, our_rules())


@pytest.mark.parametrize(
    "said",
    [
        "Honorer memang bukan pegawai negeri. Jadi mereka boleh berkampanye.",
        "Kami tenaga kontrak. Jadi kami tidak wajib netral.",
        "Mau maju di pilkada? ASN tinggal ambil cuti.",
    ],
)
def test_what_a_sentence_is_about_may_stand_in_the_one_before(said):
    first, second = said.replace("?", ".").split(". ", 1)
    assert claims_by(said, our_rules())
    assert not claims_by(f"{first}.\n\n{second}", our_rules())


@pytest.mark.parametrize(
    "said",
    [
        "Keliru bila dikatakan honorer bebas. Jadi boleh berkampanye pun keliru.",
        "Honorer terikat kontraknya. Warga lain boleh berkampanye.",
        "Sejumlah media menulis SKB 22 September 2023, padahal SKB itu diteken setahun sebelumnya.",
        "Kalau ada yang menyebut SKB Nomor 22 Tahun 2022, luruskan.",
        "Ketika SKB diteken, UU ASN yang berlaku memang masih UU 5/2014.",
        "Jangan percaya kabar bahwa satu like membuat PNS diberhentikan tidak dengan hormat.",
        "MK memerintahkan lembaga independen, tetapi tidak menghidupkan KASN.",
    ],
)
def test_what_others_say_and_what_is_put_right_passes(said):
    assert [claim.found for claim in claims_by(said, our_rules())] == []


def test_what_must_not_be_used_is_not_what_must_not_be_cited():
    said = "Lampiran SKB merinci daftar pose tangan yang tak boleh dipakai saat berfoto."
    assert claims_by(said, our_rules())


@pytest.mark.parametrize(
    ("said", "wrong", "right"),
    [
        ("Denda kategori II menurut KUHP ialah {}, bukan {}.", "Rp50 juta", "Rp10 juta"),
        ("ASN di tim kampanye dijerat {} UU Pemilu, bukan {}.", "Pasal 521", "Pasal 494"),
    ],
)
def test_what_a_wrong_sentence_denies_excuses_nothing_before_it(said, wrong, right):
    assert claims_by(said.format(wrong, right), our_rules())
    assert claims_by(said.format(right, wrong), our_rules()) == []
