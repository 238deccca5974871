"""Invented names, ranks and positions of the demo region. Any likeness to a person is chance."""

#: (women's, men's) given names; a comma-free word or two, as people really carry them.
WOMEN = (
    "Ayu", "Nurhayati", "Fitri", "Maria", "Yuliana", "Siti Rohmah", "Endang", "Made Suryani",
    "Wulan", "Halimah", "Theresia", "Kartini", "Dewi", "Rahmawati", "Ni Luh Sekar", "Sulastri",
    "Indah", "Butet", "Rosdiana", "Nining", "Lestari", "Aminah", "Grace", "Tuti", "Mega",
    "Andi Tenri", "Cut Meurah", "Khadijah", "Suryati", "Puspita",
)  # fmt: skip
MEN = (
    "Bambang", "Ahmad Fauzi", "Yohanes", "I Wayan", "Slamet", "Rizki", "Hendra", "Muhammad Ilham",
    "Dedi", "Agus", "Petrus", "Sukardi", "Teuku", "Daeng", "Rudi", "Eko", "Joko", "Fajar",
    "Marthen", "Iwan", "Supriyadi", "Gede", "Arif", "Nur Hidayat", "Tulus", "Zainal", "Bonar",
    "Wahyu", "Dimas", "Asep",
)  # fmt: skip
FAMILY = (
    "Prasetyo", "Simanjuntak", "Wijaya", "Kusuma", "Nasution", "Hidayat", "Saragih", "Permana",
    "Mangkubumi", "Lubis", "Pattinasarany", "Suharto Putro", "Rahman", "Tanjung", "Setiawan",
    "Manurung", "Gunawan", "Latuconsina", "Handayani", "Santosa", "Purba", "Mahendra",
    "Kusumaningrum", "Utami", "Siregar", "Wardhana", "Hasibuan", "Maulana", "Pertiwi", "Sinaga",
    "", "", "",
)  # fmt: skip

#: Degrees by golongan: the higher, the longer a name grows.
DEGREES = {
    "II": ("A.Md.", "A.Md.Kep.", "", ""),
    "III": (
        "S.Sos.",
        "S.Pd.",
        "S.E.",
        "S.Kep., Ns.",
        "S.T.",
        "S.IP.",
        "S.K.M.",
        "S.H.",
        "A.Md.Keb.",
    ),
    "IV": (
        "S.Sos., M.Si.",
        "S.E., M.M.",
        "S.H., M.H.",
        "S.Pd., M.Pd.",
        "S.K.M., M.Kes.",
        "S.T., M.T.",
    ),
}
FRONT = ("", "", "", "", "Drs.", "Hj.", "H.", "Ir.", "dr.")
RANKS = ("II/c", "II/d", "III/a", "III/a", "III/b", "III/b", "III/c", "III/d", "IV/a", "IV/b")

#: Positions by kind of unit; the first is its head's.
POSITIONS = {
    "instansi": ("Sekretaris Daerah", "Staf Ahli", "Asisten Pemerintahan"),
    "sekretariat": ("Sekretaris", "Analis Kebijakan Ahli Muda", "Pengadministrasi Umum"),
    "inspektorat": ("Inspektur", "Auditor Ahli Madya", "Auditor Ahli Muda", "Pengelola Data"),
    "bagian": ("Kepala Bagian", "Perancang Peraturan Ahli Pertama", "Pranata Humas Ahli Muda"),
    "dinas": ("Kepala Dinas", "Sekretaris Dinas", "Kepala Bidang", "Analis Kebijakan Ahli Muda",
              "Bendahara", "Pengelola Data", "Pengadministrasi Umum"),
    "badan": ("Kepala Badan", "Sekretaris Badan", "Kepala Bidang", "Analis SDM Aparatur Ahli Muda",
              "Perencana Ahli Pertama", "Pranata Komputer Ahli Pertama"),
    "uptd": ("Kepala UPTD", "Pengelola Laboratorium", "Pengadministrasi Umum"),
    "puskesmas": ("Kepala Puskesmas", "Dokter Ahli Pertama", "Perawat Ahli Pertama",
                  "Bidan Terampil", "Apoteker Ahli Pertama", "Pengadministrasi Kesehatan"),
    "rsud": ("Direktur RSUD", "Dokter Spesialis", "Perawat Ahli Muda", "Radiografer Terampil",
             "Petugas Rekam Medis"),
    "sekolah": ("Kepala Sekolah", "Guru Ahli Muda", "Guru Ahli Pertama", "Guru Ahli Pertama",
                "Penjaga Sekolah"),
    "kecamatan": ("Camat", "Sekretaris Camat", "Kepala Seksi Pemerintahan", "Pengelola Pelayanan"),
    "kelurahan": ("Lurah", "Sekretaris Lurah", "Pengelola Administrasi"),
    "desa": ("Sekretaris Desa", "Kepala Urusan Keuangan", "Kepala Dusun", "Kepala Seksi Pelayanan"),
}  # fmt: skip

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
    ("30", "00", "Satuan Polisi Pamong Praja", "dinas", True, 26),
    ("40", "00", "Kecamatan Tirtasari", "kecamatan", True, 14),
    ("40.1", "40", "Kelurahan Tirta Wetan", "kelurahan", False, 8),
    ("40.2", "40", "Kelurahan Tirta Kulon", "kelurahan", False, 8),
    ("40.3", "40", "Desa Sumber Asri", "desa", False, 9),
    ("41", "00", "Kecamatan Lembayung", "kecamatan", True, 12),
    ("41.1", "41", "Kelurahan Lembayung", "kelurahan", False, 8),
    ("41.2", "41", "Desa Karang Indah", "desa", False, 9),
    ("41.3", "41", "Desa Pasir Putih", "desa", False, 9),
)

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
    "agung": ("Agung Pratama", "S.H., M.H., CGCAE", "197905302006041009", "pns", "Pembina (IV/a)",
              "Auditor Ahli Madya", "03"),
}  # fmt: skip
#: Who has which role, on which unit.
GRANTS = (
    ("rina", "unit_admin", "10"),
    ("dewi", "hr_admin", "00"),
    ("yusuf", "host", "00"),
    ("agung", "auditor", "00"),
)
#: What `make run` says of them: name, what they are, where to look first.
WELCOME = (
    ("Sari", "sari", "belajar di Puskesmas Melati", "/"),
    ("Budi", "budi", "PPPK, guru SMP", "/"),
    ("Rina", "rina", "admin Dinas Kesehatan", "/pegawai"),
    ("Dewi", "dewi", "admin BKPSDM", "/laporan"),
    ("Yusuf", "yusuf", "pemandu webinar", "/"),
    ("Agung", "agung", "auditor Inspektorat", "/jejak"),
)
