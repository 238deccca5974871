"""Invented people whose documents anyone may look at: one with an ordinary name, one worst case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from app.credentials.press import Press
from app.printing.facts import (
    AttendanceFacts,
    CertificateFacts,
    Facts,
    Holder,
    Issuer,
    Lesson,
    Official,
    PledgeFacts,
    Speaker,
    Stamp,
)
from app.sealing.checks import ADDRESS

ISSUED_AT = datetime(2026, 11, 22, 9, 5, 12, tzinfo=UTC)
LONG_AGENCY = "Pemerintah Kabupaten Kepulauan Arunika Selatan Barat Daya"

ISSUER = Issuer(
    agency="Pemerintah Kabupaten Arunika",
    office="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    office_short="BKPSDM",
    city="Tirtasari",
    address="Jalan Merdeka Nomor 1, Tirtasari 12345",
    zone="Asia/Jakarta",
)
LONG_ISSUER = Issuer(
    agency=LONG_AGENCY,
    office="Badan Kepegawaian, Pendidikan, Pelatihan, dan Pengembangan Sumber Daya Manusia Daerah",
    office_short="BKPPPSDMD",
    city="Tanjung Kemuning Selatan",
    address="Kompleks Perkantoran Terpadu Pemerintah Kabupaten, Jalan Jenderal Besar Raya Lintas "
    "Timur Kilometer 12,5 Nomor 145 A, Kecamatan Tanjung Kemuning Selatan 12345",
    zone="Asia/Makassar",
)
OFFICIAL = Official("Dra. Ratna Kusumaningrum, M.Si.", "197204121998032004", "Kepala BKPSDM")
LONG_OFFICIAL = Official(
    "Prof. Dr. Ir. H. Raden Mas Suryaningrat Kusumawardhana, S.H., M.Si., M.H., CGCAE.",
    "196804121993031004",
    "Plt. Kepala Badan Kepegawaian, Pendidikan, Pelatihan, dan Pengembangan SDM Daerah",
)
SARI = Holder(
    name="Sari Lestari, S.Kep., Ns.",
    number="199001012015052001",
    number_label="NIP",
    rank="Penata Muda Tingkat I (III/b)",
    position="Perawat Ahli Pertama",
    unit="UPTD Puskesmas Tirtasari, Dinas Kesehatan",
    agency=ISSUER.agency,
)
LONGEST = Holder(
    name="Prof. Dr. dr. Hj. Siti Nurhalimah Kusumawardhani Hadiningrat Simanjuntak-Manangkalangi, "
    "S.Ked., Sp.P.D., K.G.E.H., M.Kes., M.H., FINASIM",
    number="196809261994032001",
    number_label="NIP",
    rank="Pembina Utama Madya (IV/d)",
    position="Kepala Bidang Pencegahan, Pengendalian Penyakit Menular dan Tidak Menular, serta "
    "Penyehatan Lingkungan Permukiman dan Tempat Kerja",
    unit="Unit Pelaksana Teknis Daerah Laboratorium Kesehatan Masyarakat dan Lingkungan, Dinas "
    "Kesehatan, Pengendalian Penduduk, dan Keluarga Berencana",
    agency=LONG_AGENCY,
)
LESSONS = (
    Lesson("Mengapa netralitas diuji setiap hari", 12),
    Lesson("Aturan yang mengikat dan siapa yang diikatnya", 14),
    Lesson("Media sosial: suka, komentar, bagikan, ikuti", 14),
    Lesson("Foto, simbol, kampanye, dan deklarasi", 12),
    Lesson("Keluarga, atasan, dan tekanan karier", 14),
    Lesson("Fasilitas, anggaran, keputusan, dan pelayanan", 12),
    Lesson("Melapor, dilaporkan, dan memperbaiki yang telanjur", 12),
    Lesson("Latihan kasus", 45),
    Lesson("Kuis akhir", 45),
)
SPEAKERS = (
    Speaker("Rahmat Hidayat, S.H., M.H.", "Ketua Bawaslu Kabupaten Arunika"),
    Speaker("Dra. Ratna Kusumaningrum, M.Si.", "Kepala BKPSDM"),
)
LONG_SPEAKERS = (
    Speaker(
        "Prof. Dr. Drs. H. Raden Mas Suryaningrat Kusumawardhana, S.H., M.Si., M.H., CGCAE.",
        "Guru Besar Hukum Tata Negara, Fakultas Hukum Universitas Negeri Kepulauan Arunika Selatan",
    ),
    Speaker("Dra. Ratna Kusumaningrum, M.Si.", "Kepala BKPSDM"),
    Speaker(
        "Letkol Inf. (Purn.) Dr. Bambang Wiryawan Hadisubroto Simanjuntak, S.I.P., M.Si. (Han.)",
        "Koordinator Divisi Pencegahan, Partisipasi Masyarakat, dan Hubungan Masyarakat, Bawaslu "
        "Kabupaten Kepulauan Arunika",
    ),
    Speaker(
        "Hj. Siti Nurhalimah Kusumawardhani Hadiningrat, S.Sos., M.A.P., Ph.D.",
        "Inspektur Pembantu Khusus, Inspektorat Daerah",
    ),
    Speaker("Yusuf", ""),
    Speaker(
        "Ir. Maria Goreti Fransiska Manangkalangi-Tumbelaka, S.T., M.T., IPM., ASEAN Eng.",
        "Anggota Komisi Pemilihan Umum Kabupaten Kepulauan Arunika Selatan Barat Daya",
    ),
)
LONG_LESSONS = tuple(
    Lesson(f"{lesson.title} dalam pelayanan, penganggaran, dan pengambilan keputusan di daerah", 20)
    for lesson in LESSONS + LESSONS[:5]
)
POINTS = (
    "menjaga dan menegakkan netralitas dalam melayani masyarakat, sebelum, selama, dan sesudah "
    "pemilihan umum dan pemilihan kepala daerah;",
    "menghindari benturan kepentingan, tidak memihak, serta tidak mengintimidasi atau mengancam "
    "pegawai dan masyarakat untuk kepentingan siapa pun;",
    "menggunakan media sosial dengan bijak, tidak menyebarkan ujaran kebencian dan berita bohong;",
    "menolak politik uang dan segala jenis pemberian dalam bentuk apa pun;",
    "menerima sanksi sesuai dengan ketentuan peraturan perundang-undangan apabila melanggar "
    "pernyataan ini.",
)
#: As invented as the people: a sample made once must not go on citing what is repealed since.
RULES = (
    "Undang-Undang Contoh",
    "Peraturan Pemerintah Contoh",
    "Peraturan Daerah Contoh",
    "Keputusan Bersama Contoh",
)


def sealed_samples(press: Press) -> Iterator[tuple[str, bytes]]:
    """Name and sealed content of each sample. On no register: the verification page says so."""
    from app.printing.rendering import render

    for name, facts, stamp in samples(press.public_url):
        pdf = render(facts, stamp)
        label = f"{facts.issuer.office} (contoh)"
        yield name, press.sealer().seal(pdf, name=label, url=stamp.url)


def samples(public_url: str = "https://rambu.contoh.go.id") -> Iterator[tuple[str, Facts, Stamp]]:
    """Name, facts and stamp of each sample."""
    for position, (name, facts) in enumerate(sample_facts().items(), 1):
        code = f"CONTOH{'A' * 19}{'ABCDEFG'[position]}"
        number = f"CONTOH/{position:04d}/{facts.issuer.office_short}/{ISSUED_AT.year}"
        yield name, facts, Stamp(code, number, ISSUED_AT, f"{public_url}{ADDRESS}{code}")


def ordinary() -> Iterator[tuple[str, Facts, Stamp]]:
    """Kind, facts and stamp of the samples with ordinary names."""
    for name, facts, stamp in samples():
        if name.endswith("-biasa"):
            yield facts.kind.value, facts, stamp


def sample_facts() -> dict[str, Facts]:
    """File name (without .pdf) to facts: each kind, ordinary and worst case."""
    return {
        "sertifikat-biasa": _certificate(SARI, ISSUER, OFFICIAL, LESSONS),
        "sertifikat-terpanjang": _certificate(
            LONGEST,
            LONG_ISSUER,
            LONG_OFFICIAL,
            LONG_LESSONS,
            course="Netralitas ASN: inti, dengan pendalaman bagi pejabat pimpinan tinggi, "
            "administrator, pengawas, dan penyelenggara pelayanan publik di daerah",
        ),
        "pakta-biasa": _pledge(SARI, ISSUER, POINTS),
        "pakta-terpanjang": _pledge(LONGEST, LONG_ISSUER, POINTS + POINTS[:2]),
        "kehadiran-biasa": _attendance(),
        "kehadiran-terpanjang": _longest_attendance(),
    }


def _certificate(
    holder: Holder,
    issuer: Issuer,
    official: Official,
    lessons: tuple[Lesson, ...],
    course: str = "Netralitas ASN: Inti",
) -> CertificateFacts:
    return CertificateFacts(
        holder=holder,
        issuer=issuer,
        official=official,
        course=course,
        edition="2026.1",
        started_on=date(2026, 11, 3),
        finished_on=date(2026, 11, 22),
        jp=sum(lesson.minutes for lesson in lessons) // 45,
        lessons=lessons,
        score_percent=92,
        rests_on=RULES,
    )


def _pledge(holder: Holder, issuer: Issuer, points: tuple[str, ...]) -> PledgeFacts:
    return PledgeFacts(
        holder=holder,
        issuer=issuer,
        title="Pakta Integritas Netralitas Aparatur Sipil Negara",
        edition="netralitas-2026.1",
        opening="Dengan penuh kesadaran dan rasa tanggung jawab, saya menyatakan bahwa dalam "
        "melaksanakan tugas sebagai pegawai aparatur sipil negara saya akan:",
        points=points,
        closing="Demikian pernyataan ini saya buat dengan sebenarnya, tanpa paksaan dari pihak "
        "mana pun, untuk dilaksanakan dengan penuh integritas dan tanggung jawab.",
        consent="Saya telah membaca seluruh isi pakta integritas ini, memahaminya, dan "
        "menandatanganinya secara elektronik atas kehendak sendiri.",
        signed_at=ISSUED_AT,
        proved_at=ISSUED_AT,
        device="Chrome di Android",
        network="203.0.113.24",
        rests_on=RULES,
    )


def _attendance() -> AttendanceFacts:
    return AttendanceFacts(
        holder=SARI,
        issuer=ISSUER,
        official=OFFICIAL,
        title="Netralitas ASN menjelang Penetapan Pasangan Calon",
        event_kind="Seminar",
        held_on=date(2026, 11, 19),
        starts_at=datetime(2026, 11, 19, 2, tzinfo=UTC),
        ends_at=datetime(2026, 11, 19, 4, 15, tzinfo=UTC),
        minutes=135,
        jp=3,
        unit="Dinas Kesehatan",
        place="Daring",
        speakers=SPEAKERS,
        rule="Menjawab paling sedikit 6 dari 10 soal.",
        answered=9,
        asked=10,
        session="K7QDM2",
        rests_on=RULES,
    )


def _longest_attendance() -> AttendanceFacts:
    return replace(
        _attendance(),
        holder=LONGEST,
        issuer=LONG_ISSUER,
        official=LONG_OFFICIAL,
        title="Netralitas pegawai ASN dan non-ASN pada tahapan kampanye, masa tenang, dan "
        "pemungutan suara bagi pejabat pimpinan tinggi, administrator, dan pengawas di daerah",
        event_kind="Sosialisasi",
        unit="Dinas Kesehatan, Pengendalian Penduduk, Pemberdayaan Perempuan, Perlindungan Anak, "
        "dan Keluarga Berencana",
        place="Aula Utama Gedung Serbaguna Pemerintah Kabupaten, Jalan Jenderal Besar Raya Lintas "
        "Timur Kilometer 12,5, dan daring",
        speakers=LONG_SPEAKERS,
        rule="Bergabung paling lambat 15 menit sesudah kegiatan dimulai, mengikuti paling sedikit "
        "tiga perempat waktunya, dan menjawab paling sedikit 6 dari 10 soal.",
    )
