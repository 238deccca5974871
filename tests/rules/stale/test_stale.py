"""Law that was right once is found; history, correction and negation pass."""

import pytest

from tests.patience import at_most
from tests.stale import stale_claims

STALE = [
    "Menurut UU 5/2014, pegawai ASN wajib netral.",
    "Dasarnya Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara.",
    "Dasar hukumnya UU No. 5 Tahun 2014 Pasal 9 ayat (2).",
    "Sekarang Pasal 87 UU 5/2014 berlaku bagi Anda.",
    "Pemilih muda tidak lama lagi memilih, dan UU 5/2014 mengatur ASN.",
    "Hukuman disiplin diatur dalam PP 53/2010.",
    "Peraturan Pemerintah Nomor 53 Tahun 2010 mengatur disiplin PNS.",
    "PNS yang melanggar dihukum menurut PP 53.",
    "Laporkan ke KASN bila rekan Anda melanggar.",
    "KASN mengawasi netralitas pegawai.",
    "Rekomendasi Komisi Aparatur Sipil Negara wajib ditindaklanjuti PPK.",
    "Laporkan ke KASN sesuai SKB 2022.",
    "Jangan lupa melapor kepada KASN.",
    "KASN tidak menoleransi pelanggaran.",
    "Hapus unggahan Anda, lalu lapor ke KASN.",
    "SKB 22 September 2023 melarangnya.",
    "SKB Netralitas Tahun 2023 memuat daftarnya.",
    "Keputusan Bersama lima kementerian/lembaga tanggal 22 September 2023 berlaku.",
    "Pedoman netralitas 22 September 2023 dibagikan.",
    "Lihat SKB Nomor 22 Tahun 2022.",
    "Sanksi moral diatur Pasal 15 ayat (10) PP 42/2004.",
    "ASN yang tidak netral dipidana dengan Pasal 521 UU 7/2017.",
    "PNS yang berkampanye diancam Pasal 189 UU Pilkada.",
    "Pelakunya diancam kurungan paling lama 1 tahun.",
    "Denda yang tidak dibayar diganti pidana kurungan.",
    "SKB melarang sepuluh pose jari.",
    "Ada daftar pose tangan di dalam Keputusan Bersama.",
    "PP 94/2021 mengancam PTDH bagi ASN yang tidak netral.",
    "Hukuman disiplin berat meliputi pembebasan jabatan dan pemberhentian tidak dengan hormat.",
]
RIGHT = [
    "UU 5/2014 telah dicabut oleh UU 20/2023.",
    "UU 20/2023 mencabut UU Nomor 5 Tahun 2014.",
    "Dasarnya dahulu UU 5/2014.",
    "SKB menyebut Pasal 87 UU 5/2014, kini Pasal 52 UU 20/2023.",
    "Yang berlaku UU 20/2023, bukan UU 5/2014.",
    "Jangan lagi mengutip UU 5/2014.",
    "Masihkah UU 5/2014 berlaku?",
    "UU 15/2014 dan PP 94/2021 tidak dibahas di sini.",
    "PP 94/2021 menggantikan PP 53/2010.",
    "PP 53/2010 tidak lagi berlaku.",
    "Dalam masa peralihan dipakai padanan PP 53/2010.",
    "KASN tidak lagi menangani laporan.",
    "KASN bekerja sampai 24 Agustus 2024.",
    "Laporan masuk ke BKN, bukan ke KASN.",
    "Tugas KASN beralih ke BKN dan KemenPANRB.",
    "Survei KASN menunjukkan bahwa keluarga menjadi alasan utama.",
    "Sepanjang 2020 KASN menerima ratusan laporan.",
    "KASN (2020) mencatat 2.034 pegawai.",
    "SKB ditandatangani pula oleh Ketua KASN.",
    "SKB 22 September 2022 memuatnya.",
    "SKB 2022 dan SE 18/2023 berlaku bersama.",
    "Rapat dinas diadakan 22 September 2023.",
    "PP 53 Tahun 2018 mengatur hal lain.",
    "Tanggal SKB ialah 22 September 2022 (bukan 2023).",
    "Banyak berita menulis SKB 2023. Itu keliru.",
    "Penulisan Pasal 15 ayat (10) keliru; yang benar ayat (1), (2), dan (3).",
    "Pasal 15 ayat (1) mengatur sanksi moral.",
    "Pasal 521 menyasar pelanggar Pasal 280 ayat (1), jadi bukan pasal bagi ASN.",
    "Pasal 521 tidak menyasar ASN.",
    "Pasal 189 mengancam calon yang melibatkan ASN.",
    "Pasal 189 UU 7/2017 mengatur daerah pemilihan.",
    "Pidana kurungan tidak lagi dikenal sejak 2 Januari 2026.",
    "UU 1/2026 menghapus pidana kurungan.",
    "Rumusan aslinya kurungan satu tahun.",
    "Ancamannya denda, bukan kurungan.",
    "SKB tidak memuat daftar pose jari.",
    "Benarkah SKB melarang sepuluh pose jari?",
    "Daftar pose jari berasal dari sosialisasi lembaga.",
    "**Pemberhentian tidak dengan hormat** bukan jenis hukuman PP 94/2021.",
    "PTDH bersumber dari Pasal 52 UU 20/2023, sedangkan PP 94/2021 mengatur hukuman disiplin.",
    "PP 94/2021 tidak mengenal PTDH.",
    "Anggota partai politik diberhentikan tidak dengan hormat.",
    "",
]


@pytest.mark.parametrize("sentence", STALE)
def test_stale_law_is_found(sentence):
    assert len(stale_claims(sentence)) == 1


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_passes(sentence):
    assert stale_claims(sentence) == []


def test_a_claim_has_its_line_its_words_and_what_is_right():
    text = "# Judul\n\nSatu kalimat yang benar.\n\n- Butir.\n- Menurut UU\n  Nomor 5 Tahun 2014."
    (claim,) = stale_claims(text)
    assert (claim.line, claim.found) == (6, "UU Nomor 5 Tahun 2014")
    assert "UU 20/2023" in claim.right


def test_history_in_one_sentence_does_not_excuse_the_next():
    text = "PP 53/2010 telah dicabut. Hukumannya tetap menurut PP 53/2010."
    assert [claim.found for claim in stale_claims(text)] == ["PP 53/2010"]


def test_several_kinds_in_one_sentence_are_several_claims():
    assert len(stale_claims("Lapor ke KASN menurut UU 5/2014 dan PP 53/2010.")) == 3


def test_emphasis_and_links_hide_nothing():
    assert stale_claims("Menurut [UU 5/2014](aturan:uu-20-2023#9-2) dan **KASN**.")
    assert stale_claims("Lapor ke **KASN**.")


@pytest.mark.parametrize("piece", ["Lapor ke KASN. ", "bukan KASN ", "SKB tahun ", "PTDH PP 94 "])
def test_a_long_paste_is_read_to_its_end(piece):
    with at_most(cpu_seconds=60):
        stale_claims(piece * (300_000 // len(piece)))
