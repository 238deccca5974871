"""Who watches, what may follow, and what is allowed: old bodies and popular mistakes."""

from app.stale.excuses import THEN, Excuse
from app.stale.rule import Rule
from app.stale.words import JOINT_DECREE, NUMBER, STAFF, YEAR, pattern

_STAFF = pattern(STAFF)

# --- the commission that is gone ------------------------------------------------------------------

_NO_MORE = (
    r"(?:(?:tidak|tak|tdk|gak|ga|nggak|bukan) lagi|(?:sudah|telah|kini|sekarang) (?:lama )?"
    r"(?:tidak|tak|tdk|gak|ga|nggak)) (?:ada|beroperasi|bekerja|menangani|menerima|berwenang"
    r"|berfungsi|bertugas|berdiri|aktif|mengawasi|mengurus|memproses|memeriksa|menjadi|punya|eksis"
    r"|mempunyai|memiliki|berlaku|disebut|dipakai|relevan|menjalankan|dapat|bisa|perlu)"
)
_HEIRS = r"(?:BKN|Bawaslu|Kemen\w*|Badan Kepegawaian|kementerian|satgas|lembaga independen)"
_ENDED = (
    rf"(?:{_NO_MORE}|bubar|(?:di|mem)bubarkan|ditiadakan|dihapus(?:kan)?|dihentikan|dilebur|tiada"
    r"|berhenti (?:beroperasi|bekerja|bertugas|menangani)|berakhir\w*|dialihkan|beralih|berpindah"
    r"|digantikan|diganti (?:oleh|dengan)|tidak ada(?: lagi)?|tak ada(?: lagi)?|tinggal sejarah"
    r"|dibaca(?: sebagai)?"
    r"|(?:sampai|hingga|s\.?~d\.?) (?:dengan )?(?:24 )?(?:agustus )?(?:tahun )?2024"
    r"|(?:kini|sekarang)(?: \S+){0,3} "
    + _HEIRS
    + r"|(?:dijalankan|diambil alih|dilanjutkan|dipegang"
    r"|diserahkan|dilimpahkan|jatuh|pindah)(?: oleh| kepada| ke| pada)? " + _HEIRS + r")"
)
_ITS_END = (
    r"\b(?:pembubaran|(?:di)?bubarnya|dibubarkannya|dihapusnya|ditiadakannya|penghapusan"
    r"|menghapus(?:kan)?|membubarkan|pengganti|menggantikan|eks|mantan|bekas|pasca|sepeninggal"
    r"|ketiadaan|tiadanya|berakhirnya|(?:meng|peng|per)alih\w+|beralih\w*|mewarisi|memindahkan"
    r"|mengambil alih|(?:meneruskan|melanjutkan) (?:tugas|fungsi|peran|kewenangan|wewenang)"
    r"|(?:berpindah|pindah|bergeser|dialihkan|diserahkan|dilimpahkan|diambil alih) dari"
    r"|(?:masa|era|zaman)(?: kerja| tugas| jabatan)?)\b"
    r"(?:(?!\b(?:(?:di)?lapor\w*|melapor\w*|kepada|menurut|sesuai|wajib|ke)\b)[^.;]){0,70}$"
    r"|\b(?:seperti|semacam|layaknya|mirip|serupa|(?:tidak|tak|tiada) ada(?: lagi)?|tiada lagi) $"
    r"|\b(?:survei|data|riset|catatan|statistik|rekap\w*|kajian|angka|laporan tahunan|arsip)"
    r" (?:\S+ ){0,2}$"
    rf"|{JOINT_DECREE}(?: itu| 2022| tersebut)? (?:masih |memang )?"
    r"(?:menyebut|mencantumkan|menulis|memuat)(?: nama| kata| peran| ketua)? $"
)
#: The decree of 2022 was signed by its head, and its title says so.
_SIGNED = (
    r"\b(?:ditandatangani|menandatangani|penandatangan\w*|diteken|meneken)"
    r"(?:(?!\b(?:(?:di)?lapor\w*|melapor\w*|kepada|ke|rekomendasi)\b)[^.;]){0,200}$"
    rf"|{JOINT_DECREE}(?:(?!\b(?:(?:di)?lapor\w*|melapor\w*|kepada|rekomendasi"
    rf"|ke)\b)[^.;]){{0,500}}"
    r"\b(?:ketua |kepala |(?:BKN|badan kepegawaian negara|kemendagri|mendagri|menteri dalam negeri)"
    r"(?: \(\w+\))?(?: nomor [^,.;]{1,30})?,?~(?:dan |serta |&~)?)$"
)
_SIGNING = (
    r"\)?,?(?: (?:ikut|turut|juga|pun|dan|bawaslu|ketua|waktu itu|saat itu)){0,4}"
    r" (?:me(?:nandatangani|neken)|penandatangan)\b"
    r"|\)? nomor 30\b|,? (?:dan|serta|&) (?:ketua )?bawaslu,? (?:meneken|menandatangani)"
)
COMMISSION = Rule(
    claim=pattern(
        r"(?<!#)\b(?:KASN|K\.A\.S\.N\.?|komisi (?:ASN|aparatur(?: sipil)? neg[ae]ra"
        r"|aparatur sipil))\b"
    ),
    right=(
        "KASN tidak lagi menangani laporan sejak 24 Agustus 2024; "
        "laporan masuk lewat Bawaslu atau BKN, sanksi dijatuhkan PPK."
    ),
    source="kanal-pelaporan#kasn",
    excuse=Excuse(
        around=pattern(THEN),
        before=pattern(
            rf"{_ITS_END}|{_SIGNED}"
            # `Komisi Aparatur Sipil Negara (KASN)`: one name, looked at where it begins.
            r"|\bkomisi aparatur sipil negara[ (\"]*$"
        ),
        after=pattern(
            r"[\s)\"]*(?:komisi aparatur sipil negara[\s)\"]*)?(?:\(KASN\)[\s\"]*)?"
            rf"(?:{_SIGNING}|(?:(?<=setelah\sKASN)|(?<=sesudah\sKASN))(?:[?,.)]|$)"
            r"|~(?:pada )?(?:tahun )?20(?:1\d|2[0-4])\b"
            rf"|~(?:sudah )?(?:tidak|tak) lagi\b|(?:(?!\b(?:bahwa|agar"
            rf"|supaya)\b)[^.;]){{0,90}}?\b{_ENDED}\b)"
        ),
        last_year=2024,
    ),
)

# --- punishments ----------------------------------------------------------------------------------

_POSE = r"(?:pose|gaya|gestur|isyarat|simbol|tanda|foto|formasi|acungan)"
_POSES_RIGHT = (
    "SKB 2022 berbicara tentang simbol keberpihakan; daftar pose berasal dari sosialisasi "
    "lembaga dan berbeda-beda."
)
_NOT_LISTED = (
    r"\b(?:tidak|tak) (?:\S+ )?(?:memuat|mencantumkan|mengatur|menyebut\w*|berisi|merinci|ada"
    r"|melarang|mengenal|memiliki|punya|mendaftar|berasal|tercantum|terdapat|dimuat)\b|\bbukan\b"
    r"|\bberasal dari (?:sosialisasi|bawaslu|BKN|inspektorat|lembaga)\b"
)
_DECREE = pattern(JOINT_DECREE)
POSES = Rule(
    claim=pattern(
        rf"\b(?:10|sepuluh|9|sembilan|daftar|berbagai|sejumlah|beberapa)(?: \((?:sepuluh"
        rf"|sembilan)\))? (?:(?:macam|jenis|larangan) )?(?:{_POSE} )+(?:jari|tangan|terlarang"
        rf"|yang (?:di|ter)larang)\b|\b(?:10|sepuluh|9|sembilan) (?:pose|gaya|gestur)\b"
    ),
    right=_POSES_RIGHT,
    source="sikap-lembaga#pose-jari",
    about=(_DECREE,),
    excuse=Excuse(around=pattern(_NOT_LISTED)),
)
POSE = Rule(
    claim=pattern(rf"\b(?:{_POSE} )(?:jari|terlarang)\b"),
    right=_POSES_RIGHT,
    source="sikap-lembaga#pose-jari",
    about=(_DECREE,),
    excuse=Excuse(
        around=pattern(
            rf"{_NOT_LISTED}|\bsimbol keberpihakan\b|\b(?:ke)?berpihak\w*|{POSES.claim.pattern}"
        )
    ),
)
DISMISSAL = Rule(
    claim=pattern(
        r"\bPTDH\b|\b(?:pemberhentian|diberhentikan|berhenti|diberhentikannya|pecat)(?: secara)? "
        r"tidak dengan hormat\b"
    ),
    right=(
        "PTDH bukan jenis hukuman disiplin PP 94/2021; dasarnya Pasal 52 ayat (3) huruf j "
        "dan ayat (4) UU 20/2023."
    ),
    source="pp-94-2021#bukan-ptdh",
    about=(
        pattern(
            rf"\b(?:PP|peraturan pemerintah)(?: \(PP\))?(?: RI)?{NUMBER}94\b"
            r"|\b(?:hukuman|sanksi) (?:disiplin|(?:tingkat )?berat)[^.;]{0,80}?"
            r"(?:berupa|meliputi|yaitu|yakni|ialah|adalah|terdiri|antara lain|termasuk|seperti"
            r"|misalnya|mulai|sampai|hingga|:|\()"
        ),
    ),
    in_clause=True,
    excuse=Excuse(
        around=pattern(
            rf"\b(?:UU{NUMBER}20{YEAR}2023|undang-undang nomor 20 tahun 2023|UU ASN"
            rf"|undang-undang ASN"
            r"|pasal 52)\b|\b(?:PTDH|tidak dengan hormat)\)? (?:itu |memang |sendiri )?(?:bukan"
            r"|tidak)\b|\b(?:tidak|tak) (?:mengenal|memuat|mengatur|mencantumkan|menyebut"
            r"|termasuk)\b"
        )
    ),
)
_LIKE = (
    r"\b(?:like|likes|nge-?like|me-?like|menyukai|pencet suka|memencet suka|tombol suka|jempol"
    r"|komentar|komen|comment|share|nge-?share|membagikan|posting|memposting|follow|mengikuti akun"
    r"|unggahan|mengunggah)\b"
)
_OUT = r"(?:dipecat|pecat|dipecatnya|diberhentikan|diberhentikannya|pemecatan|kena PTDH|PTDH)"
INSTANT_DISMISSAL = Rule(
    claim=pattern(
        rf"{_LIKE}(?:(?!\b(?:tidak|tak|bukan|gak|ga|nggak|partai|parpol)\b)[^.;]){{0,100}}?"
        rf"(?:\b(?:langsung|otomatis|auto|pasti|seketika|serta-merta)-?~(?:\S+ ){{0,2}}{_OUT}\b"
        r"|\b(?:PTDH|tidak dengan hormat)\b)"
    ),
    right=(
        "Menyukai akun pemenangan berujung sanksi moral sebelum calon ditetapkan dan hukuman "
        "disiplin berat sesudahnya; PTDH menyangkut keanggotaan partai politik."
    ),
    source="skb-2022#tahap",
)
STAGE = Rule(
    claim=pattern(
        r"\b(?:akun|memasang|spanduk|baliho|alat peraga|unggahan|mengunggah|memposting|posting"
        r"|like|menyukai|deklarasi|kampanye"
        r"|foto)\b(?:(?!\bbakal\b)[^.;]){0,80}?\bbakal (?:pasangan )?calon\b"
    ),
    right=(
        "Terhadap bakal calon, perbuatan ini pelanggaran kode etik (sanksi moral); hukuman "
        "disiplin "
        "berat menyangkut calon, sesudah penetapan."
    ),
    source="skb-2022#tahap",
    about=(pattern(r"\b(?:disiplin|hukuman|sanksi)(?: disiplin)?(?: tingkat)? berat\b"),),
    in_clause=True,
    excuse=Excuse(
        around=pattern(
            r"\b(?:kode etik|sanksi moral|etik|perseorangan|independen|DPD|KTP|fotokopi"
            r"|surat dukungan|keputusan|tim (?:ahli|pemenangan)|konsultan|sebelum|sesudah|setelah"
            r"|begitu|pasca\w*|tahap|bukan|tidak|belum|dan calon|maupun calon|atau calon)\b"
        )
    ),
)
ALLOWANCE = Rule(
    claim=pattern(
        r"\b(?:pasti|langsung|otomatis|auto)(?: \S+){0,2} (?:dipotong|pemotongan|potong"
        r"|kena potong\w*)(?: \S+){0,2} (?:tukin\w*|tunjangan\w*|TPP\w*)\b|\b(?:tukin"
        r"|tunjangan kinerja|TPP)(?:nya)?(?: \S+){0,2} (?:pasti|langsung|otomatis"
        r"|auto)(?: \S+){0,1} (?:dipotong|hangus|hilang)\b"
    ),
    right=(
        "Pemotongan tunjangan kinerja belum diterapkan: dalam masa peralihan dipakai padanan lama, "
        "misalnya penundaan kenaikan gaji berkala atau pangkat."
    ),
    source="pp-94-2021#42",
    about=(_STAFF,),
    excuse=Excuse(
        around=pattern(
            r"\b(?:peralihan|padanan|belum diterapkan|absen\w*|terlambat|kehadiran|bolos|tidak"
            r"|tak)\b"
        )
    ),
)

# --- rights and duties ----------------------------------------------------------------------------

_ALSO = (
    r"(?:[ ,/]+(?:dan|serta|maupun|atau|TNI|Polri|anggota|pegawai|prajurit|PPPK|PNS|ASN"
    r"|seluruh)){0,8}"
)
_NOT_HAVE = (
    r"(?:tidak|tak|tdk|gak|ga|nggak)(?: lagi)?(?: akan)? (?:mem)?(?:punya|punyai|iliki|miliki"
    r"|empunyai)|tidak mempunyai|tak mempunyai|kehilangan|tidak diberi|tidak mendapat"
)
VOTE = Rule(
    claim=pattern(
        rf"{STAFF}{_ALSO}(?:,? (?!TNI\b|Polri\b|prajurit\b|bahwa\b|belum\b)[^\s.;,]+){{0,5}}?"
        rf",? (?:(?:{_NOT_HAVE})(?: lagi)? hak (?:untuk )?(?:pilih|suara|memilih)\b"
        r"|(?:dilarang|tidak boleh|tak boleh|tidak dapat|tidak bisa) (?:menggunakan"
        r"|memakai) hak (?:pilih|suara|memilih)|(?:dilarang|tidak boleh"
        r"|tak boleh) (?:ikut )?(?:mencoblos|nyoblos|memberikan suara|ikut memilih"
        r"|memilih (?:dalam|pada|di) (?:pemilu|pilkada|TPS|pemilihan)))|\bhak (?:pilih"
        r"|suara) (?:seluruh |para )?(?:ASN|PNS|pegawai)\b(?: \S+){0,2} (?:dicabut|dihapus|hilang"
        r"|ditiadakan|gugur)\b"
    ),
    right="ASN tetap mempunyai hak pilih; pilihannya rahasia dan dinyatakan hanya di bilik suara.",
    source="sikap-lembaga#hak-pilih",
    excuse=Excuse(
        before=pattern(
            r"\b(?:berbeda|beda|lain) (?:dengan|dari) $|\b(?:tidak seperti|bukan berarti|seolah\w*"
            r"|seakan\w*) (?:\S+ ){0,3}$"
        ),
        after=pattern(
            r"[^.;]{0,80}\b(?:orang lain|bersama|dua kali|lebih dari|sambil|untuk calon)\b"
        ),
    ),
)
_RUNNING = pattern(
    r"\b(?:maju|mencalonkan|nyalon|nyaleg|nyabup|mencalegkan|pencalonan|calon|caleg|bakal calon"
    r"|kandidat|mendaftar)\b"
)
_NOT_RUNNING = (
    r"\b(?:suami\w*|istri\w*|isteri|pasangannya|keluarga|anaknya|ayahnya|ibunya|saudara\w*|KPPS"
    r"|PPS|PPK|ad~hoc)\b|(?<!tidak\s)(?<!tak\s)\b(?:wajib|harus) (?:mundur|mengundurkan"
    r"|berhenti)\b|\bsebelum (?:di|pen|KPU)\w*|\b(?:belum|selama belum) ditetapkan\b|\b(?:saat"
    r"|ketika|waktu)(?: baru)? mendaftar\b|\b(?:masih|selama) (?:ber\w+ )?bakal calon\b"
    r"|\bsampai (?:di|pen)etap\w+"
)
LEAVE_ENOUGH = Rule(
    claim=pattern(
        r"(?<!tidak\s)(?<!tak\s)(?<!bukan\s)(?<!belum\s)\b(?:cukup|tinggal|hanya (?:perlu|wajib"
        r"|harus|diwajibkan|diminta)|sekadar)(?: (?:dengan|mengambil|mengajukan|ambil|izin|meminta"
        r"|menjalani|saja|berstatus|minta)){0,3} (?:cuti|CLTN)\b|\b(?:(?:tidak|tak|nggak|gak"
        r"|ga) (?:perlu|usah|harus|wajib)(?: lagi)?|tanpa(?: harus| perlu)?) (?:mengundurkan diri"
        r"|mundur)\b"
    ),
    right=(
        "ASN yang maju sebagai calon wajib mundur secara tertulis sejak ditetapkan sebagai calon; "
        "cuti tidak cukup."
    ),
    source="uu-20-2023#59-3",
    about=(_STAFF, _RUNNING),
    excuse=Excuse(around=pattern(_NOT_RUNNING)),
)

RULES = (
    COMMISSION,
    POSES,
    POSE,
    DISMISSAL,
    INSTANT_DISMISSAL,
    STAGE,
    ALLOWANCE,
    VOTE,
    LEAVE_ENOUGH,
)
