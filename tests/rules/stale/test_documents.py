"""Whole documents, as a desk receives them: the lines that are stale, and no other line.

A line that begins with » is stale. The sign is taken away before the text is read.
"""

import pytest

from tests.stale import stale_claims

CIRCULAR = """\
PEMERINTAH KABUPATEN ARUNIKA
SEKRETARIAT DAERAH
Jalan Melati No. 1, Telp. (0000) 12345

Arunika, 12 November 2026
Kepada Yth.
1. Para Kepala Perangkat Daerah
2. Para Camat
di –
Tempat

SURAT EDARAN
Nomor : 800/1234/BKPSDM/2026
TENTANG
NETRALITAS APARATUR SIPIL NEGARA

A. Dasar
»1. Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil
   Negara (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 6);
2. Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum;
»3. Peraturan Pemerintah Nomor 53 Tahun 2010 tentang Disiplin Pegawai Negeri Sipil;
4. Peraturan Pemerintah Nomor 42 Tahun 2004;
5. Keputusan Bersama Menteri PANRB Nomor 2 Tahun 2022, Menteri Dalam Negeri Nomor 800-5474
   Tahun 2022, Kepala BKN Nomor 246 Tahun 2022, Ketua KASN Nomor 30 Tahun 2022, dan Ketua
   Bawaslu Nomor 1447.1/PM.01/K.1/09/2022.

B. Isi
Sehubungan dengan hal tersebut di atas, bersama ini kami sampaikan:
1. Seluruh ASN wajib menjaga netralitas sebelum, selama, dan sesudah masa kampanye.
2. ASN dilarang menyukai, mengomentari, atau membagikan unggahan akun pemenangan.
»3. Pelanggaran agar dilaporkan kepada atasan langsung, Bawaslu, atau Komisi Aparatur
   Sipil Negara (KASN).
4. Sanksi moral diatur dalam Pasal 15 ayat (1), (2), dan
   (3) PP 42/2004; sanksi disiplin diatur dalam PP 94/2021.

Demikian untuk dilaksanakan.

a.n. Bupati Arunika
Sekretaris Daerah,

Tembusan Yth.:
1. Bupati Arunika;
»2. Ketua KASN di Jakarta.
"""
PRESS = """\
*SIARAN PERS*

ASN Arunika Teken Pakta Integritas

ARUNIKA — Sebanyak 1.200 ASN Kabupaten Arunika menandatangani pakta integritas, Senin (9/11/2026).

“Sejak KASN dibubarkan, laporan netralitas masuk lewat Bawaslu atau BKN,” kata Kepala BKPSDM.

»Ia mengingatkan SKB Netralitas ASN tertanggal 22 September 2023. “Like saja
»bisa kena sanksi. ASN yang menyukai unggahan calon langsung dipecat,” ujarnya.

»Menurut dia, ASN yang ikut berkampanye dapat dijerat Pasal 521 UU Nomor 7 Tahun 2017 dengan ancaman
»kurungan paling lama 1 tahun dan denda Rp12 juta.

Pada Pemilu 2024, KASN menerima 464 laporan. Angka itu dibacakan pada 12 Juni 2024.

»ASN, kata dia, tidak memiliki hak pilih.
"""
PLEDGE = """\
PAKTA INTEGRITAS NETRALITAS ASN

Saya yang bertanda tangan di bawah ini:
Nama\t: ______________________
NIP\t: ______________________
Unit Kerja\t: ______________________

menyatakan bahwa saya:
a. menjaga netralitas sebelum, selama, dan sesudah pemilihan;
b. menghindari konflik kepentingan;
c. menggunakan media sosial secara bijak; dan
d. menolak politik uang.
»Apabila melanggar, saya bersedia menerima sanksi sesuai UNDANG – UNDANG NOMOR 5 TAHUN 2014
»dan PP No.53 Thn 2010.

Dibuat di : Arunika
"""
SLIDES = """\
SOSIALISASI NETRALITAS ASN

Dasar hukum
»• UU 5/2014 (ASN)
• UU 7/2017 (Pemilu)
• PP 94/2021 (Disiplin PNS)
»• SKB 3 Menteri tentang netralitas

Yang sudah tidak berlaku
• UU 5/2014
• PP 53/2010

Sanksi
✓ Kode etik: sanksi moral
»✓ Disiplin berat: penurunan jabatan, pembebasan jabatan, PTDH (PP 94/2021)

Mitos dan fakta
Mitos: SKB melarang 10 pose jari.
Fakta: SKB bicara simbol keberpihakan.

Ke mana melapor?
»1) KASN
2) Bawaslu / BKN (SBT)

| Keliru | Benar |
|---|---|
| SKB 22 September 2023 | SKB 22 September 2022 |
| Lapor ke KASN | Lapor ke Bawaslu atau BKN |
| Pasal 521 untuk ASN | Pasal 280 ayat (3) jo. 494 |
"""
CHAT = """\
Assalamualaikum bapak ibu 🙏
info penting dr grup sebelah ‼️

»📌 *10 pose jari* yg dilarang SKB netralitas
»📌 yg kedapatan like paslon lgsg diproses _KASN_
»📌 asn yg maju cukup cuti aja, ga perlu mundur kok
📌 kasn udah bubar ya, lapornya ke bkn

> Dari: Pak Joko
»> dasarnya UU No.
> 5 Tahun 2014 kan?
»> pp 53 juga msh berlaku

mohon dibaca smp selesai. tks
"""
CLEAN = """\
SURAT EDARAN

Menindaklanjuti Keputusan Bersama tanggal 22 September 2022 tentang Pedoman Pembinaan dan
Pengawasan Netralitas Pegawai ASN, dengan ini disampaikan:

1. Dasar: UU Nomor 20 Tahun 2023, PP Nomor 94 Tahun 2021, dan PP Nomor 42 Tahun 2004.
2. Dengan berlakunya UU Nomor 20 Tahun 2023, maka UU Nomor 5 Tahun 2014 telah dicabut dan tidak
   dipakai lagi sebagai dasar.
3. PP 94/2021 menggantikan PP Nomor 53 Tahun
   2010 sejak 31 Agustus 2021.
4. KASN tidak lagi menangani laporan sejak 24 Agustus 2024. Laporan disampaikan melalui Bawaslu atau
   SBT BKN.
5. Terhadap bakal calon, pelanggarannya kode etik; terhadap calon, hukuman disiplin.
6. Menjadi anggota partai politik berakibat PTDH menurut Pasal 52 UU 20/2023.
7. ASN yang menjadi tim kampanye diancam pidana menurut Pasal 280 ayat (3) jo. Pasal 494 UU 7/2017;
   besarannya mengikuti UU 1/2026, yang menghapus pidana kurungan.
8. ASN tetap mempunyai hak pilih dan menyatakannya hanya di bilik suara.
9. Bagi ASN yang suami atau istrinya menjadi calon berlaku SE MenPANRB 18/2023.
10. Dokumen lama yang menyebut UU 5/2014, PP 53/2010, atau KASN supaya diperbaiki.
"""
COMPARISON = """\
Perubahan yang perlu Anda ketahui

Hal\tDahulu\tSekarang
Dasar\tUU 5/2014\tUU 20/2023
Disiplin\tPP 53/2010\tPP 94/2021
Laporan\tKASN\tBawaslu dan BKN

Dengan undang-undang ini dicabut:
a. UU 5/2014; dan
b. peraturan pelaksananya yang bertentangan.

Yang tetap harus dibaca:
»1. UU 5/2014;
2. UU 7/2017.
"""
DOCUMENTS = {
    "circular": CIRCULAR,
    "press release": PRESS,
    "pledge": PLEDGE,
    "slides": SLIDES,
    "chat": CHAT,
    "clean circular": CLEAN,
    "comparison": COMPARISON,
}


def read(document: str) -> tuple[str, list[int]]:
    """The text, and the lines of it that are stale."""
    lines = document.split("\n")
    return document.replace("»", ""), [n for n, line in enumerate(lines, 1) if line[:1] == "»"]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_exactly_the_stale_lines_are_found(document, newline):
    text, lines = read(document)
    assert sorted({claim.line for claim in stale_claims(text.replace("\n", newline))}) == lines


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_claim_knows_where_it_stands(document):
    text, _ = read(document)
    for claim in stale_claims(text):
        assert text.count("\n", 0, claim.start) + 1 == claim.line
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.found.split()[0][:1] in text[claim.start : claim.end]


def test_one_line_may_hold_several_kinds():
    text, _ = read(PRESS)
    claims = [claim.source for claim in stale_claims(text) if claim.line == 13]
    assert claims == ["uu-1-2026#kurungan", "uu-1-2026#ii"]
