"""The demo region's tree, the posts in each kind of unit, the cast, and what is elected there.
Plain tables."""

from dataclasses import dataclass

from app.elections.calendars import Election

#: code, code above, name, kind, whether it is a row of the report, how many people sit in it
UNITS = (
    ("00", None, "Pemerintah Kabupaten Arunika", "instansi", False, 4),
    ("01", "00", "Sekretariat Daerah", "sekretariat", True, 12),
    ("01.1", "01", "Bagian Hukum", "bagian", False, 11),
    ("01.2", "01", "Bagian Organisasi", "bagian", False, 10),
    ("01.3", "01", "Bagian Protokol dan Komunikasi Pimpinan", "bagian", False, 12),
    ("02", "00", "Sekretariat DPRD", "sekretariat", True, 18),
    ("03", "00", "Inspektorat Daerah", "inspektorat", True, 22),
    ("10", "00", "Dinas Kesehatan", "dinas", True, 26),
    ("10.1", "10", "Puskesmas Melati", "puskesmas", False, 28),
    ("10.2", "10", "Puskesmas Kenanga", "puskesmas", False, 24),
    ("10.3", "10", "UPTD Laboratorium Kesehatan Daerah", "uptd", False, 10),
    ("10.4", "10", "RSUD Arunika", "rsud", True, 46),
    ("11", "00", "Dinas Pendidikan dan Kebudayaan", "dinas", True, 28),
    ("11.1", "11", "UPTD Wilayah Tirtasari", "uptd", False, 6),
    ("11.1.1", "11.1", "SD Negeri 1 Tirtasari", "sekolah", False, 14),
    ("11.1.2", "11.1", "SD Negeri 2 Tirtasari", "sekolah", False, 12),
    ("11.1.3", "11.1", "SMP Negeri 1 Tirtasari", "sekolah", False, 26),
    ("11.2", "11", "UPTD Wilayah Lembayung", "uptd", False, 6),
    ("11.2.1", "11.2", "SD Negeri 1 Lembayung", "sekolah", False, 13),
    ("11.2.2", "11.2", "SMP Negeri 1 Lembayung", "sekolah", False, 22),
    ("12", "00", "Dinas Pekerjaan Umum dan Penataan Ruang", "dinas", True, 30),
    ("13", "00", "Dinas Sosial, Pemberdayaan Perempuan, dan Perlindungan Anak", "dinas", True, 22),
    ("14", "00", "Dinas Komunikasi dan Informatika", "dinas", True, 20),
    ("15", "00", "Dinas Kependudukan dan Pencatatan Sipil", "dinas", True, 24),
    ("20", "00", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "badan", True, 20),
    ("21", "00", "Badan Perencanaan Pembangunan Daerah", "badan", True, 20),
    ("22", "00", "Badan Pengelola Keuangan dan Aset Daerah", "badan", True, 24),
    ("30", "00", "Satuan Polisi Pamong Praja", "lainnya", True, 28),
    ("40", "00", "Kecamatan Tirtasari", "kecamatan", True, 14),
    ("40.1", "40", "Kelurahan Tirta Wetan", "kelurahan", False, 8),
    ("40.2", "40", "Kelurahan Tirta Kulon", "kelurahan", False, 8),
    ("40.3", "40", "Desa Sumber Asri", "desa", False, 9),
    ("41", "00", "Kecamatan Lembayung", "kecamatan", True, 12),
    ("41.1", "41", "Kelurahan Lembayung", "kelurahan", False, 8),
    ("41.2", "41", "Desa Karang Indah", "desa", False, 9),
    ("41.3", "41", "Desa Pasir Putih", "desa", False, 9),
)


@dataclass(frozen=True)
class Post:
    """A position, the schooling that it asks for, and how high its holders stand.

    Levels: `leader` (pembina and above), `middle` (penata), `staff` (by years of service).
    """

    position: str
    school: str
    level: str = "staff"


LEAD, MID = "leader", "middle"
OFFICE = (
    Post("Analis Kebijakan Ahli Muda", "umum", MID),
    Post("Perencana Ahli Pertama", "umum"),
    Post("Analis Sumber Daya Manusia Aparatur Ahli Pertama", "umum"),
    Post("Arsiparis Terampil", "d3"),
    Post("Penelaah Teknis Kebijakan", "umum"),
    Post("Pengolah Data dan Informasi", "d3"),
    Post("Pengadministrasi Perkantoran", "sma"),
)
BUREAU = (
    Post("Sekretaris Dinas", "pimpinan", LEAD),
    Post("Kepala Bidang I", "pimpinan", LEAD),
    Post("Kepala Bidang II", "pimpinan", LEAD),
    Post("Kepala Subbagian Perencanaan dan Keuangan", "umum", MID),
    Post("Bendahara Pengeluaran", "umum", MID),
)
#: For each kind: posts held once, in this order, then posts that the others share.
POSTS: dict[str, tuple[tuple[Post, ...], tuple[Post, ...]]] = {
    "instansi": (
        (
            Post("Sekretaris Daerah", "pimpinan", LEAD),
            Post("Asisten Pemerintahan dan Kesejahteraan Rakyat", "pimpinan", LEAD),
            Post("Asisten Administrasi Umum", "pimpinan", LEAD),
            Post("Staf Ahli Bidang Ekonomi dan Pembangunan", "pimpinan", LEAD),
        ),
        OFFICE,
    ),
    "sekretariat": (
        (
            Post("Kepala Bagian Umum", "pimpinan", LEAD),
            Post("Kepala Subbagian Rumah Tangga", "umum", MID),
            Post("Bendahara Pengeluaran", "umum", MID),
        ),
        (*OFFICE, Post("Perisalah Legislatif Ahli Pertama", "umum")),
    ),
    "inspektorat": (
        (
            Post("Inspektur Daerah", "pimpinan", LEAD),
            Post("Sekretaris Inspektorat", "pimpinan", LEAD),
            Post("Inspektur Pembantu Wilayah I", "pimpinan", LEAD),
            Post("Inspektur Pembantu Wilayah II", "pimpinan", LEAD),
        ),
        (
            Post("Auditor Ahli Madya", "hukum", LEAD),
            Post("Auditor Ahli Muda", "umum", MID),
            Post("Auditor Ahli Pertama", "umum"),
            Post("PPUPD Ahli Muda", "umum", MID),
            Post("Pengadministrasi Perkantoran", "sma"),
        ),
    ),
    "bagian": (
        (Post("Kepala Bagian", "pimpinan", LEAD), Post("Kepala Subbagian Tata Usaha", "umum", MID)),
        (
            Post("Perancang Peraturan Perundang-undangan Ahli Pertama", "hukum"),
            Post("Pranata Hubungan Masyarakat Ahli Muda", "umum", MID),
            *OFFICE,
        ),
    ),
    "dinas": ((Post("Kepala Dinas", "pimpinan", LEAD), *BUREAU), OFFICE),
    "badan": (
        (
            Post("Kepala Badan", "pimpinan", LEAD),
            Post("Sekretaris Badan", "pimpinan", LEAD),
            *BUREAU[1:],
        ),
        (*OFFICE, Post("Pranata Komputer Ahli Pertama", "komputer")),
    ),
    "lainnya": (
        (
            Post("Kepala Satuan", "pimpinan", LEAD),
            Post("Sekretaris Satuan", "pimpinan", LEAD),
            Post("Kepala Bidang Ketertiban Umum", "pimpinan", LEAD),
        ),
        (
            Post("Polisi Pamong Praja Ahli Muda", "umum", MID),
            Post("Polisi Pamong Praja Terampil", "sma"),
            Post("Polisi Pamong Praja Pemula", "sma"),
            Post("Pengadministrasi Perkantoran", "sma"),
        ),
    ),
    "uptd": (
        (Post("Kepala UPTD", "pimpinan", LEAD), Post("Kepala Subbagian Tata Usaha", "umum", MID)),
        (Post("Pengolah Data dan Informasi", "d3"), Post("Pengadministrasi Perkantoran", "sma")),
    ),
    "puskesmas": (
        (
            Post("Kepala Puskesmas", "dokter", LEAD),
            Post("Kepala Subbagian Tata Usaha", "kesmas", MID),
            Post("Dokter Gigi Ahli Pertama", "dokter gigi"),
        ),
        (
            Post("Dokter Ahli Pertama", "dokter"),
            Post("Perawat Ahli Pertama", "ners"),
            Post("Perawat Terampil", "perawat"),
            Post("Bidan Terampil", "bidan"),
            Post("Bidan Ahli Pertama", "bidan s1"),
            Post("Apoteker Ahli Pertama", "apoteker"),
            Post("Sanitarian Terampil", "d3"),
            Post("Nutrisionis Terampil", "gizi"),
            Post("Penyuluh Kesehatan Masyarakat Ahli Pertama", "kesmas"),
        ),
    ),
    "rsud": (
        (
            Post("Direktur RSUD", "spesialis", LEAD),
            Post("Kepala Bagian Tata Usaha", "pimpinan", LEAD),
            Post("Kepala Bidang Pelayanan Medik", "dokter", LEAD),
            Post("Kepala Bidang Keperawatan", "ners", LEAD),
        ),
        (
            Post("Dokter Spesialis Ahli Madya", "spesialis", LEAD),
            Post("Dokter Ahli Pertama", "dokter"),
            Post("Perawat Ahli Muda", "ners", MID),
            Post("Perawat Ahli Pertama", "ners"),
            Post("Perawat Terampil", "perawat"),
            Post("Bidan Terampil", "bidan"),
            Post("Apoteker Ahli Pertama", "apoteker"),
            Post("Radiografer Terampil", "d3"),
            Post("Perekam Medis Terampil", "d3"),
            Post("Pengadministrasi Perkantoran", "sma"),
        ),
    ),
    "sekolah": (
        (Post("Kepala Sekolah", "guru s2", LEAD),),
        (
            Post("Guru Ahli Madya", "guru", LEAD),
            Post("Guru Ahli Muda", "guru", MID),
            Post("Guru Ahli Pertama", "guru"),
            Post("Guru Ahli Pertama", "guru"),
            Post("Guru Ahli Pertama", "guru"),
            Post("Pengadministrasi Perkantoran", "sma"),
        ),
    ),
    "kecamatan": (
        (
            Post("Camat", "pamong", LEAD),
            Post("Sekretaris Kecamatan", "pimpinan", LEAD),
            Post("Kepala Seksi Pemerintahan", "umum", MID),
            Post("Kepala Seksi Pelayanan Umum", "umum", MID),
        ),
        OFFICE[3:],
    ),
    "kelurahan": (
        (
            Post("Lurah", "pamong", MID),
            Post("Sekretaris Kelurahan", "umum", MID),
            Post("Kepala Seksi Ketenteraman dan Ketertiban", "umum", MID),
        ),
        OFFICE[5:],
    ),
    "desa": (
        (
            Post("Kepala Desa", "desa"),
            Post("Anggota BPD", "desa"),
            Post("Sekretaris Desa", "desa"),
            Post("Kepala Urusan Keuangan", "desa"),
            Post("Kepala Urusan Umum dan Perencanaan", "desa"),
            Post("Kepala Seksi Pemerintahan", "desa"),
            Post("Kepala Seksi Kesejahteraan", "desa"),
            Post("Kepala Seksi Pelayanan", "desa"),
        ),
        (Post("Kepala Dusun", "desa"),),
    ),
}
#: Posts of people without a full contract, whatever the unit.
PART_TIME = (
    Post("Penata Layanan Operasional", "umum"),
    Post("Pengelola Layanan Operasional", "d3"),
    Post("Operator Layanan Operasional", "sma"),
    Post("Pengelola Umum Operasional", "sma"),
)
NON_ASN = (
    Post("Petugas Kebersihan", "sma"),
    Post("Petugas Keamanan", "sma"),
    Post("Pengemudi", "sma"),
)
#: School: (title in front, degrees behind to choose from, rung: sma, d3, s1, profesi).
SCHOOLS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "sma": ("", ("",), "sma"),
    "desa": ("", ("", "", "", "S.Sos.", "A.Md."), "sma"),
    "d3": ("", ("A.Md.", "A.Md.", "A.Md.Kom."), "d3"),
    "perawat": ("", ("A.Md.Kep.",), "d3"),
    "bidan": ("", ("A.Md.Keb.",), "d3"),
    "gizi": ("", ("A.Md.Gz.",), "d3"),
    "umum": ("", ("S.E.", "S.Sos.", "S.IP.", "S.AP.", "S.E., M.M.", "S.Kom."), "s1"),
    "hukum": ("", ("S.H.", "S.H.", "S.H., M.H."), "s1"),
    "komputer": ("", ("S.Kom.", "S.T.", "S.Kom., M.Kom."), "s1"),
    "kesmas": ("", ("S.K.M.", "S.K.M.", "S.K.M., M.Kes."), "s1"),
    "guru": ("", ("S.Pd.", "S.Pd.", "S.Pd., Gr.", "S.Pd.SD.", "S.Pd.I."), "s1"),
    "guru s2": ("", ("S.Pd., M.Pd.", "S.Pd., M.M."), "s1"),
    "bidan s1": ("", ("S.Tr.Keb.", "S.Keb., Bd."), "s1"),
    "pamong": ("", ("S.STP.", "S.STP., M.Si.", "S.IP., M.AP."), "s1"),
    "pimpinan": ("", ("S.E., M.Si.", "S.H., M.H.", "S.Sos., M.AP.", "S.T., M.T.", "S.IP., M.Si."),
                 "s1"),
    "ners": ("", ("S.Kep., Ns.", "S.Kep., Ns.", "S.Kep., Ns., M.Kep."), "profesi"),
    "apoteker": ("apt.", ("S.Farm.", "S.Farm., M.Farm."), "profesi"),
    "dokter": ("dr.", ("", "", "M.Kes."), "profesi"),
    "dokter gigi": ("drg.", ("",), "profesi"),
    "spesialis": ("dr.", ("Sp.A.", "Sp.PD.", "Sp.B.", "Sp.OG."), "profesi"),
}  # fmt: skip
#: Names that put every page and every certificate to the test: place, name, titles.
MEMORABLE = {
    ("10.4", 0): ("Prof. Dr. dr. H.", "Muhammad Arsyad Rangkuti Kusumadiningrat",
                  "Sp.PD-KGEH., M.Kes., FINASIM"),
    ("11.1.3", 0): ("Dra. Hj.", "Raden Roro Ajeng Kusumaningtyas Puspitasari Wulandari", "M.Pd."),
    ("14", 8): ("", "Ari", "S.Kom."),
    ("15", 9): ("", "Sutrisno", ""),
    ("13", 10): ("", "Siti Nurhalimah Az-Zahra binti Abdurrahman Ma'ruf", "S.Sos."),
}  # fmt: skip

#: The cast: name, title, number, status, rank, position, code of unit.
CAST = {
    "sari": ("Sari Wulandari", "A.Md.Kep.", "199406172019032004", "pns",
             "Pengatur Tingkat I (II/d)", "Perawat Terampil", "10.1"),
    "budi": ("Budi Hartono", "S.Pd.", "198803122022211003", "pppk", "Golongan IX",
             "Guru Ahli Pertama", "11.1.3"),
    "rina": ("Rina Kusuma", "S.K.M., M.Kes.", "198511042010012012", "pns",
             "Penata Tingkat I (III/d)", "Kepala Subbagian Umum dan Kepegawaian", "10"),
    "dewi": ("Dewi Anggraini", "S.E., M.Si.", "198002252005012006", "pns", "Pembina (IV/a)",
             "Kepala Bidang Pengembangan Kompetensi", "20"),
    "yusuf": ("Yusuf Maulana", "S.Sos.", "198307092009041002", "pns", "Penata (III/c)",
              "Analis SDM Aparatur Ahli Muda", "20"),
    "laras": ("Laras Setyowati", "S.H.", "198809092012012009", "pns", "Penata (III/c)",
              "Perancang Peraturan Perundang-undangan Ahli Muda", "01.1"),
    "agung": ("Agung Pratama", "S.H., M.H., CGCAE", "197905302006041009", "pns", "Pembina (IV/a)",
              "Auditor Ahli Madya", "03"),
}  # fmt: skip
#: Who has which role, on which unit.
GRANTS = (
    ("rina", "unit_admin", "10"),
    ("dewi", "hr_admin", "00"),
    ("yusuf", "host", "00"),
    ("agung", "auditor", "00"),
    ("laras", "editor", "00"),
)
#: What `make run` says of them: name, what they are, the page to look at first.
WELCOME = (
    ("Sari", "sari", "belajar di Puskesmas Melati", "home.home"),
    ("Budi", "budi", "PPPK, guru SMP", "home.home"),
    ("Rina", "rina", "admin Dinas Kesehatan", "admin.people"),
    ("Dewi", "dewi", "admin BKPSDM", "reports.table"),
    ("Yusuf", "yusuf", "pemandu webinar", "live_host.sessions"),
    ("Agung", "agung", "auditor Inspektorat", "oversight.deeds"),
    ("Laras", "laras", "penyunting isi", "editing.desk"),
)
#: What strangers asked and Bolehkah? did not answer. Nobody of the cast sent it.
QUESTIONS = (
    "bolehkah ikut jalan sehat yang diadakan calon",
    "ikut jalan sehat yang diadakan calon boleh tidak",
    "guru honorer jadi juri lomba nyanyi di acara relawan",
    "kalau kucing saya dinamai seperti nama calon apakah masalah",
)
#: Elections: kind, name, and each date in days from the one on which the demo is loaded.
CALENDARS = (
    (Election.REGIONAL, "Pemilihan Bupati dan Wakil Bupati Arunika", {
        "opens_on": -90, "candidates_fixed_on": 40, "campaign_from": 43, "campaign_until": 102,
        "voting_on": 106, "closes_on": 130}),
    (Election.VILLAGE, "Pemilihan Kepala Desa Sumber Asri", {
        "opens_on": -60, "candidates_fixed_on": -9, "campaign_from": 12, "campaign_until": 14,
        "voting_on": 18, "closes_on": 25}),
)  # fmt: skip
