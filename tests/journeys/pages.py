"""Every page that a person can reach, with somebody who may open it. tests/journeys/test_pages.py
keeps the list honest against the addresses that the application serves."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.people import PASSWORD

COURSE = "/kursus/netralitas-inti"
DILEMMA = "/bolehkah/meneruskan-poster-ke-grup-keluarga/dilema"
#: As long as a question may be, with a word that is longer than a phone is wide.
LONG_QUESTION = (
    "bolehkah+saya+(hubungi+0812-3456-7890)+ikut+" + "pertanggungjawabkan" * 6 + "+lagi" * 80
)


@dataclass(frozen=True)
class Page:
    """`path` is filled in from the stage; `act` is what somebody does there before we look."""

    name: str
    path: str
    who: str | None = None
    status: int = 200
    act: Callable | None = None


def _presses(button: str, /, **typed: str) -> Callable:
    """Fill in fields by their name and press a button. What the browser would stop is sent too:
    a form must be able to come back."""

    def act(page) -> None:
        page.evaluate("document.querySelectorAll('form').forEach((one) => (one.noValidate = true))")
        for field, text in typed.items():
            page.locator(f"main [name={field}]").first.fill(text)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button).first.click()

    return act


def _opens_everything(page) -> None:
    """Whatever folds is unfolded, the menu too."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def _signs_carelessly(page) -> None:
    """Some points ticked, the password wrong."""
    page.get_by_role("checkbox").first.check()
    _presses("Tandatangani pakta", password="bukan sandi saya")(page)


VISITOR = [
    Page("beranda", "/"),
    Page("beranda-menu", "/", act=_opens_everything),
    Page("masuk", "/masuk"),
    Page("masuk-ditolak", "/masuk", act=_presses("Masuk", number="1990", password="x")),
    Page("aktivasi", "/aktivasi"),
    Page(
        "aktivasi-ditolak",
        "/aktivasi",
        act=_presses("Aktifkan", number="199001012015032001", code="K7QD", new="a", repeat="b"),
    ),
    Page(
        "masuk-kode",
        "/masuk/kode",
        act=_presses("Masuk", number="198004042005012004", password=PASSWORD),
    ),
    Page("lupa-sandi", "/lupa-sandi", act=_presses("Minta kode", number="1990")),
    Page("verifikasi", "/verifikasi"),
    Page("verifikasi-kode-pendek", "/verifikasi?kode=ABC", status=422),
    Page("verifikasi-sertifikat", "/verifikasi/{certificate}", act=_opens_everything),
    Page("verifikasi-pakta", "/verifikasi/{pledge}", act=_opens_everything),
    Page("verifikasi-dicabut", "/verifikasi/{revoked}"),
    Page("verifikasi-tidak-dikenal", "/verifikasi/AAAAAAAAAAAAAAAAAAAAAAAAAA", status=404),
    Page("verifikasi-berkas-tidak-terdaftar", f"/verifikasi/berkas/{'0' * 64}", status=404),
    Page("aturan", "/aturan"),
    Page("aturan-satu", "/aturan/pp-94-2021", act=_opens_everything),
    Page("aturan-dicabut", "/aturan/uu-5-2014"),
    Page("aturan-diperdebatkan", "/aturan/posisi-kehadiran"),
    Page("aturan-disaring", "/aturan?status=dicabut&cari=asn"),
    Page("aturan-tanpa-hasil", "/aturan?cari=tidak+ada+yang+begini"),
    Page("periksa", "/periksa", act=_opens_everything),
    Page(
        "periksa-temuan",
        "/periksa",
        act=_presses(
            "Periksa teks", text="Lapor ke KASN menurut UU 5/2014.\n\nPP 53/2010 berlaku."
        ),
    ),
    Page("periksa-bersih", "/periksa", act=_presses("Periksa teks", text="Lapor ke Bawaslu.")),
    Page("periksa-kosong", "/periksa", act=_presses("Periksa teks", text=" ")),
    Page("bolehkah", "/bolehkah"),
    Page("bolehkah-terjawab", "/bolehkah?q=foto+bareng+calon", act=_opens_everything),
    Page("bolehkah-ditanya-balik", "/bolehkah?q=foto+2+jari"),
    Page("bolehkah-tak-terjawab", "/bolehkah?q=resep+rendang+padang"),
    Page("bolehkah-topik", "/bolehkah/topik/keluarga-pasangan"),
    Page("kasus", "/bolehkah/suka-unggahan-akun-pemenangan"),
    Page("kasus-bergantung", "/bolehkah/hadir-diam-mendengar"),
    Page("kasus-menjawab", "/bolehkah/hadir-diam-mendengar/menjawab"),
    Page("kasus-tidak-menjawab", "/bolehkah/hadir-diam-mendengar", act=_presses("Tidak")),
    Page("kirim", "/bolehkah/kirim"),
    Page("kirim-pratinjau", f"/bolehkah/kirim?q={LONG_QUESTION}"),
    Page(
        "kirim-ditolak",
        "/bolehkah/kirim",
        act=_presses("Lihat yang akan disimpan", text="08123456789"),
    ),
    Page("kirim-selesai", "/bolehkah/kirim/selesai"),
    Page("kirim-terkirim", "/bolehkah/kirim?q=ikut+lomba+warga+boleh", act=_presses("Kirim")),
    Page("dilema", f"{DILEMMA}"),
    Page("dilema-setengah", f"{DILEMMA}?pilih=1"),
    Page("dilema-tuntas", f"{DILEMMA}?pilih=1.1.1"),
    Page("bantuan", "/bantuan"),
    Page("bantuan-privasi", "/bantuan/privasi"),
    Page("bantuan-melapor", "/bantuan/melapor"),
    Page("bantuan-penyunting", "/bantuan/penyunting"),
    Page("webinar", "/webinar"),
    Page("webinar-undangan", "/webinar/{lobby}"),
    Page("webinar-tamu", "/webinar/{lobby}/tamu"),
    Page(
        "webinar-tamu-ditolak",
        "/webinar/{lobby}/tamu",
        act=_presses("Ikut sebagai tamu", nomor="1", kode="x"),
    ),
    Page("kepala", "/jejak/kepala"),
    Page("tidak-ada", "/tidak-ada", status=404),
]

LEARNER = [
    Page("beranda-baru", "/", "budi"),
    Page("kursus-belum-mulai", COURSE, "budi"),
    Page("dokumen-kosong", "/dokumen", "budi"),
    Page("beranda-belajar", "/", "sari"),
    Page("beranda-belajar-menu", "/", "sari", act=_opens_everything),
    Page("kursus-semua", "/kursus", "sari"),
    Page("kursus-berjalan", COURSE, "sari"),
    Page("pelajaran-selesai", f"{COURSE}/pelajaran/1", "sari"),
    Page("pelajaran-berjalan", f"{COURSE}/pelajaran/2", "sari"),
    Page(
        "pelajaran-belum-selesai", f"{COURSE}/pelajaran/2", "sari", act=_presses("Selesai, lanjut")
    ),
    Page("kuis-terkunci", f"{COURSE}/kuis", "sari"),
    Page("akun", "/akun", "sari"),
    Page("pengingat", "/akun/pengingat", "sari", act=_presses("Simpan", address="x")),
    Page("sandi", "/akun/sandi", "sari"),
    Page("data", "/akun/data", "sari", act=_opens_everything),
    Page("data-ditolak", "/akun/data", "sari", act=_presses("Kirim permintaan", text="x")),
    Page("dua-langkah", "/akun/dua-langkah", "sari"),
    Page("dua-langkah-pasang", "/akun/dua-langkah/pasang", "budi"),
    Page(
        "dua-langkah-ditolak", "/akun/dua-langkah/pasang", "budi", act=_presses("Pasang", code="1")
    ),
    Page("dua-langkah-terpasang", "/akun/dua-langkah", "agung"),
    Page(
        "dua-langkah-cadangan",
        "/akun/dua-langkah",
        "agung",
        act=_presses("Buat kode cadangan baru"),
    ),
    Page("bukti", "/akun/kode?lanjut=/laporan", "dewi-lama"),
    Page("latihan", f"{COURSE}/latihan", "yusuf"),
    Page("latihan-terjawab", f"{COURSE}/latihan/1", "yusuf"),
    Page("latihan-terbuka", f"{COURSE}/latihan/2", "yusuf"),
    Page("kuis-terbuka", f"{COURSE}/kuis", "yusuf"),
    Page("soal-terjawab", "/percobaan/{open}/soal/1", "yusuf"),
    Page("soal-kosong", "/percobaan/{open}/soal/12", "yusuf"),
    Page("tinjau", "/percobaan/{open}/tinjau", "yusuf"),
    Page("hasil-gagal", "/percobaan/{failed}/hasil", "agung"),
    Page("kuis-jeda", f"{COURSE}/kuis", "agung"),
    Page("hasil-lulus", "/percobaan/{passed}/hasil", "rina", act=_opens_everything),
    Page("pakta", f"{COURSE}/pakta", "rina", act=_opens_everything),
    Page("pakta-ditolak", f"{COURSE}/pakta", "rina", act=_signs_carelessly),
    Page("meja-kerja", "/", "dewi"),
    Page("beranda-tuntas", "/", "agung"),
    Page("dokumen", "/dokumen", "dewi"),
    Page("webinar-pertanyaan", "/webinar/{asking}", "sari", act=_opens_everything),
    Page("webinar-pembahasan", "/webinar/{told}", "sari"),
    Page("webinar-pakta", "/webinar/{told}/pakta", "budi"),
    Page("webinar-selesai", "/webinar/{over}", "sari"),
    Page("webinar-susulan", "/webinar/{over}/ulang", "budi"),
    Page("webinar-susulan-soal", "/webinar/{over}/ulang/{replay}", "budi"),
    Page("dokumen-disiapkan", "/dokumen/{unmade}.pdf", "agung", status=202),
]

DESK = [
    Page("pegawai", "/pegawai", "dewi"),
    Page("pekerjaan", "/pekerjaan", "dewi"),
    Page("pekerjaan-satu", "/pekerjaan/{work}", "dewi"),
    Page("pegawai-unit-admin", "/pegawai?cari=sari", "rina"),
    Page("pegawai-tidak-ada", "/pegawai?cari=tidak+ada", "rina"),
    Page("pegawai-satu", "/pegawai/{sari}", "rina"),
    Page("pegawai-habis-kesempatan", "/pegawai/{siti}", "rina"),
    Page("pegawai-nonaktif", "/pegawai/{joko}", "rina"),
    Page("pegawai-baru", "/pegawai/baru", "rina"),
    Page(
        "pegawai-baru-ditolak",
        "/pegawai/baru",
        "rina",
        act=_presses("Simpan", number="1234", name="12"),
    ),
    Page("pegawai-ubah", "/pegawai/{sari}/ubah", "rina"),
    Page("pegawai-pindah", "/pegawai/{sari}/pindah", "rina"),
    Page("pegawai-nomor", "/pegawai/{sari}/nomor", "rina"),
    Page("pegawai-keluar", "/pegawai/{sari}/nonaktif", "rina"),
    Page("pegawai-kembali", "/pegawai/{joko}/aktif", "rina"),
    Page("pegawai-kode", "/pegawai/{sari}/kode", "rina", act=_opens_everything),
    Page("pegawai-dua-langkah", "/pegawai/{rina}/dua-langkah", "dewi-lama", act=_presses("Lepas")),
    Page("peran", "/pegawai/{rina}/peran", "dewi"),
    Page("peran-kosong", "/pegawai/{sari}/peran", "dewi"),
    Page("peran-ditolak", "/pegawai/{sari}/peran", "dewi", act=_presses("Beri peran", until="")),
    Page("peran-cabut", "/pegawai/{rina}/peran/{grant}/cabut", "dewi", act=_presses("Cabut peran")),
    Page("dokumen-pegawai", "/pegawai/dokumen?cari=agung", "dewi"),
    Page("dokumen-cabut", "/pegawai/dokumen/{unmade}/cabut", "dewi", act=_presses("Cabut dokumen")),
    Page("dokumen-setuju", "/pegawai/dokumen/pencabutan/{revocation}", "dewi-lama"),
    Page("dokumen-ganti", "/pegawai/dokumen/{revocable}/ganti", "dewi"),
    Page("dokumen-arsip", "/pegawai/dokumen/arsip?unit={root}&jenis=pledge", "dewi"),
    Page("instansi", "/instansi", "dewi-lama"),
    Page("kode", "/pegawai/aktivasi", "rina"),
    Page("slip-pdf", "/pegawai/aktivasi/{clinic}/slip", "rina"),
    Page("slip", "/pegawai/aktivasi/{root}", "dewi", act=_opens_everything),
    Page("unit", "/unit", "dewi", act=_opens_everything),
    Page("unit-dicari", "/unit?cari=sekretariat", "dewi"),
    Page("unit-satu", "/unit/{unit}", "dewi"),
    Page("unit-baru", "/unit/baru", "dewi", act=_presses("Tambahkan", since="")),
    Page("unit-ubah", "/unit/{unit}/ubah", "dewi"),
    Page("unit-pindah", "/unit/{unit}/pindah", "dewi"),
    Page("unit-gabung", "/unit/{unit}/gabung", "dewi"),
    Page("unit-tutup", "/unit/{unit}/tutup", "dewi", act=_presses("Tutup unit")),
    Page("laporan-tanggal", "/laporan?per={yesterday}", "dewi"),
    Page("impor", "/pegawai/impor", "dewi"),
    Page("impor-berkas", "/pegawai/impor/{upload}", "dewi", act=_opens_everything),
    Page("impor-tidak-disebut", "/pegawai/impor/{upload}/tidak-disebut", "dewi"),
    Page("tautan", "/laporan/tautan", "dewi"),
    Page("laporan-bersama", "/laporan/bersama/{shared}", None),
    Page("laporan-unit-admin", "/laporan", "rina"),
    Page("salah-paham", "/laporan/salah-paham", "dewi"),
    Page("salah-paham-aturan", "/laporan/salah-paham/media-sosial", "dewi", act=_opens_everything),
    Page("peringatan-dini", "/laporan/peringatan", "dewi"),
    Page("bahan-apel", "/laporan/salah-paham/apel/{root}", "dewi"),
    Page("permintaan", "/permintaan-data", "dewi", act=_opens_everything),
    Page("permintaan-kosong", "/permintaan-data", "lestari"),
    Page("permintaan-satu", "/permintaan-data/{request}", "dewi"),
    Page(
        "permintaan-ditolak",
        "/permintaan-data/{request}",
        "dewi",
        act=_presses("Simpan jawaban", text="x"),
    ),
    Page("penugasan", "/penugasan", "dewi"),
    Page("penugasan-baru", "/penugasan/baru", "dewi", act=_opens_everything),
    Page(
        "penugasan-ubah",
        "/penugasan/{assignment}/ubah",
        "dewi",
        act=_presses("Lihat siapa yang terkena"),
    ),
    Page(
        "penugasan-akhiri",
        "/penugasan/{assignment}/akhiri",
        "dewi",
        act=_presses("Akhiri penugasan"),
    ),
    Page("pengecualian", "/penugasan/pengecualian", "dewi"),
    Page("pengecualian-baru", "/pegawai/{sari}/pengecualian", "dewi"),
    Page("laporan-penugasan", "/laporan/penugasan/{assignment}", "dewi"),
    Page("laporan-penugasan-unit", "/laporan/penugasan/{assignment}/unit/{root}", "dewi"),
    Page("kalender", "/kalender", "dewi"),
    Page("kalender-kosong", "/kalender", "lestari"),
    Page("kalender-auditor", "/kalender", "agung"),
    Page("kalender-baru", "/kalender/baru", "dewi"),
    Page("kalender-ditolak", "/kalender/baru", "dewi", act=_presses("Simpan", name="2027")),
    Page("kalender-ubah", "/kalender/{calendar}/ubah", "dewi"),
    Page("kalender-hapus", "/kalender/{calendar}/hapus", "dewi", act=_presses("Hapus kalender")),
    Page("laporan", "/laporan", "dewi"),
    Page("laporan-semua", "/laporan?cakupan=semua", "agung"),
    Page("laporan-kursus-desa", "/laporan?kursus=desa-non-asn", "dewi"),
    Page("laporan-unit", "/laporan/unit/{unit}", "dewi"),
    Page("laporan-orang", "/laporan/unit/{clinic}", "dewi"),
    Page("laporan-belum", "/laporan/unit/{root}/belum", "dewi"),
    Page("webinar-laporan", "/pandu/{webinar}/laporan", "yusuf"),
    Page("webinar-rekap", "/pandu/rekap", "dewi"),
    Page("jejak", "/jejak", "agung"),
    Page("jejak-disaring", "/jejak?perbuatan=data.requested&orang=sari", "agung"),
    Page("jejak-tanpa-hasil", "/jejak?orang=tidak-ada-yang-begini", "dewi"),
    Page("jejak-impor", "/jejak/{import}", "agung"),
    Page("penyunting", "/penyunting", "laras"),
    Page("penyunting-satu", "/penyunting/{question}", "laras"),
    Page(
        "penyunting-ditolak",
        "/penyunting/{question}",
        "laras",
        act=_presses("Lampirkan", case="tidak-ada"),
    ),
    Page("penyunting-soal", "/penyunting/soal", "laras"),
    Page("penyunting-dicari", "/penyunting/{wanted}", "laras"),
]

HOST = [
    Page("pandu-semua", "/pandu", "yusuf"),
    Page("pandu-ditolak", "/pandu/baru", "yusuf", act=_presses("Simpan", title=" ", needed="99")),
    Page("pandu-soal", "/pandu/{drafted}/soal?topik=desa-non-asn", "yusuf", act=_opens_everything),
    Page("pandu-orang", "/pandu/{drafted}/orang", "yusuf"),
    Page("pandu-kartu", "/pandu/{drafted}/tamu", "yusuf"),
    Page("pandu-hapus", "/pandu/{drafted}/hapus", "yusuf", act=_presses("Hapus sesi")),
    Page("pandu-kendali", "/pandu/{drafted}", "yusuf", act=_opens_everything),
    Page("pandu-kendali-bahas", "/pandu/{discussed}", "yusuf", act=_opens_everything),
    Page("pandu-akhiri", "/pandu/{discussed}/akhiri", "yusuf"),
    Page("narasumber", "/narasumber/{speaker}", act=_opens_everything),
]

PAGES = [*VISITOR, *LEARNER, *DESK, *HOST]

#: GET addresses that are no pages, and why.
NOT_PAGES = {
    "static": "a file",
    "stylesheet": "the style sheet itself",
    "live.short": "leads on to live.session",
    "live.state": "JSON for phones",
    "live.question": "a piece of live.session",
    "live.result": "a piece of live.session",
    "home.health": "one line for the operator's monitor",
    "home.ready": "one line for whoever sends people here",
    "home.robots": "a text for search engines",
    "home.security_txt": "a text for those who found a weakness",
    "credentials.root_certificate": "a certificate to download",
    "credentials.verify_capitals": "the same page as credentials.verify, as QR codes spell it",
    "admin.template": "an XLSX to download",
    "admin.document_file": "a PDF to download",
    "admin.archive_file": "a ZIP to download",
    "work.file": "whatever file a job has made, to download",
    "admin.slip_file": "a PDF to download",
    "live_report.workbook": "an XLSX to download",
    "live_report.people": "an XLSX to download",
    "live_report.page": "a PDF to download, or the page of any file that is being made",
    "live_report.places_workbook": "an XLSX to download",
    "editing.download": "a patch to download",
    "reports.csv": "a CSV to download",
    "rights.as_json": "a JSON to download",
    "rights.as_pdf": "a PDF to download",
    "reports.people_csv": "a CSV to download",
    "oversight.download": "a CSV to download",
    "oversight.newest": "JSON for machines",
    "oversight.checkpoint": "a JSON file to download",
    "live_host.change": "the form of live_host.prepare, filled in",
    "live_host.state": "JSON for the page of a host",
    "live_host.speaker_numbers": "JSON for the page of a speaker",
    "live_host.hall": "for projectors, not for phones: journeys/test_hall.py",
    "live_host.hall_by_link": "the same, behind a link",
    "live_host.hall_numbers": "JSON for it",
    "live_host.hall_numbers_by_link": "JSON for it",
    "quizzes.attempt": "leads on to the next open question",
}
