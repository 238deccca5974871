"""Articles held against the wrong people, and punishments that no longer exist."""

from app.stale.excuses import Excuse
from app.stale.rule import Rule
from app.stale.words import ARTICLE, NUMBER, STAFF, YEAR, pattern

_STAFF = pattern(STAFF)
_NOT_FOR_STAFF = (
    r"(?:bukan|tidak|tak) (?:untuk|bagi|menyasar|ditujukan|mengancam|memidana|mempidana|menjerat"
    r"|mengatur|berlaku|dapat|bisa|ASN|PNS|pasal|dipakai|digunakan|tepat|cocok)"
)
_OTHER_CODE = r"(?! (?:KUHP|KUHAP|KUHPerdata|KUH))"

#: Another instrument may well have such a paragraph.
_ELSEWHERE = (
    r"(?!,? (?:UU|undang|perda|permen|perbup|perwal|PKPU|perbawaslu|perpres"
    r"|PP~(?:nomor|no)?~[.:]*~(?!42)\d))"
)
PARAGRAPH_TEN = Rule(
    claim=pattern(
        rf"{ARTICLE}15(?:,? ayat)?~\(~10~\){_ELSEWHERE}|{ARTICLE}15,? ayat~10\b{_ELSEWHERE}"
    ),
    right="Sanksi moral diatur dalam Pasal 15 ayat (1), (2), dan (3) PP 42/2004.",
    source="pp-42-2004#15",
)
ARTICLE_521 = Rule(
    claim=pattern(rf"{ARTICLE}521\b{_OTHER_CODE}"),
    right=(
        "Pasal 521 UU 7/2017 menyasar pelanggar Pasal 280 ayat (1); untuk ASN pasalnya "
        "280 ayat (3) juncto 494."
    ),
    source="uu-7-2017#494",
    about=(_STAFF,),
    excuse=Excuse(around=pattern(rf"280 ayat~\(?1\)?|{_NOT_FOR_STAFF}")),
)
ARTICLE_189 = Rule(
    claim=pattern(rf"{ARTICLE}189\b{_OTHER_CODE}"),
    right=(
        "Pasal 189 UU Pilkada menyangkut larangan bagi pasangan calon untuk melibatkan ASN; "
        "pejabat ASN diancam Pasal 71 juncto 188."
    ),
    source="uu-pilkada#188",
    about=(_STAFF,),
    excuse=Excuse(
        around=pattern(
            rf"\b(?:(?:me|di)?libatkan|melibatkan|mengikutsertakan|pelibatan|memanfaatkan"
            rf"|daerah pemilihan|dapil|calon (?:yang|dipidana|diancam|dapat))\b|{_NOT_FOR_STAFF}"
        )
    ),
)
ONLY_WHILE_CAMPAIGNING = Rule(
    claim=pattern(
        rf"{ARTICLE}71\b(?:(?!\b28[0-9]\b|\b490\b)[^.;]){{0,250}}?"
        r"\b(?:selama|pada|dalam|di|hanya saat|hanya ketika) (?:masa )?kampanye\b"
    ),
    right=("Pasal 71 ayat (1) UU Pilkada menurut UU 10/2016 tidak lagi dibatasi masa kampanye."),
    source="uu-pilkada#71-1",
    about=(
        pattern(
            r"\b(?:pilkada|10~/~2016|10 tahun 2016|keputusan|tindakan|paslon|pasangan calon)\b"
        ),
    ),
    in_clause=True,
    excuse=Excuse(
        around=pattern(
            r"\b(?:tanpa|menghapus|dihapus|(?:tidak|tak|bukan) (?:lagi |hanya |cuma |terbatas "
            r"|dibatasi |ada |memuat |menyebut |mengenal |sekadar )+|sebelum,? selama|kapan pun"
            r"|kapan saja|pemilu|redaksi lama|versi lama|sebelum diubah|larangan yang lama)"
        )
    ),
)
ARTICLE_282 = Rule(
    claim=pattern(rf"{ARTICLE}282\b{_OTHER_CODE}"),
    right=(
        "Pasal 282 UU 7/2017 hanya memuat larangan; kepala desa diancam Pasal 490 dan pejabat "
        "negara Pasal 547."
    ),
    source="uu-7-2017#490",
    about=(
        pattern(r"\b(?:kepala desa|kades|lurah desa|perangkat desa)\b"),
        pattern(r"\b(?:pidana|dipidana|penjara|dipenjara|kurungan|ancaman|diancam|sanksi\w*)\b"),
        pattern(r"\b(?:1|satu)~(?:\((?:satu|1)\))?~tahun\b|\bsetahun\b|\b12 bulan\b"),
    ),
    excuse=Excuse(around=pattern(r"\b490\b")),
)

# --- since 2 January 2026 -------------------------------------------------------------------------

_AS_FIRST_WRITTEN = (
    r"\b(?:(?:rumusan|versi|bunyi|naskah|redaksi|angka|ancaman|kalimat|teks)(?:nya)?(?: yang)? "
    r"(?:asli|lama|semula|awal)\w*|aslinya|\(asli\)|semula|sebelum (?:tanggal )?2 januari 2026"
    r"|sebelum UU 1/2026|(?:sampai|hingga) (?:31 desember 2025|1 januari 2026)"
    r"|sebelum (?:berlaku\w*|adanya|ada|terbit\w*|lahir\w*) (?:UU|undang-undang))\b"
)
CONFINEMENT = Rule(
    claim=pattern(r"(?<!#)\b(?:(?:pidana|hukuman) )?kurungan\b"),
    right="Pidana kurungan dihapus sejak 2 Januari 2026 oleh UU 1/2026.",
    source="uu-1-2026#kurungan",
    about=(
        pattern(
            r"\b(?:pidana|dipidana|penjara|denda|(?:di)?ancam\w*|ancaman|hukuman|dihukum|sanksi\w*"
            r"|paling lama|tahun|bulan|pasal|UU|divonis|vonis|terpidana|delik)\b"
        ),
    ),
    excuse=Excuse(
        around=pattern(
            rf"{_AS_FIRST_WRITTEN}|\b(?:disesuaikan|riwayat|sejarah|historis)\b"
            r"|\b(?:menghapus(?:kan)?|penghapusan|dihapusnya|hapusnya|meniadakan|peniadaan)\b"
            r"|(?<!terlebih\s)(?<!lebih\s)(?<!kan\s)\b(?:dahulu|dulu)\b"
        ),
        before=pattern(
            r"\b(?:(?:tidak|tak|bukan) (?:lagi |ada |mengenal |mengancam(?:kan)? |memuat |memakai "
            r"|berupa |menyebut |menjadi |mengatur )+"
            r"(?:(?:pidana|ancaman|hukuman|dengan|sebagai|jenis) ){0,2}"
            r"|(?:mengganti|menggantikan|mengubah|dari|pengganti) (?:pidana |hukuman |ancaman )?)$"
        ),
        after=pattern(
            r"(?:nya)?(?:(?!\batau\b(?! (?:lebih|kurang)\b))[^.;]){0,100}?\b(?:dihapus(?:kan)?"
            r"|hapus|(?:tidak|tak|bukan) lagi"
            r"|(?:sudah|telah|kini) (?:tidak|tak|hilang|gugur)|ditiadakan"
            r"|diganti(?:kan)?(?: (?:menjadi"
            r"|dengan|oleh|jadi))?(?! pidana| kurungan)|berubah|gugur|tak dikenal|tidak dikenal"
            r"|tidak berlaku)\b|(?:nya)? (?:burung|ayam|hewan|ternak|satwa)\b"
        ),
        last_year=2025,
    ),
)
_MILLION = r"~(?:juta|jt)\b"
RAW_AMOUNT = Rule(
    claim=pattern(
        r"\b(?:Rp\.?~)?(?:12|36|6)(?:\.000\.000|,000,000)(?:,-|,00)?(?!\d|\.\d)"
        rf"|\bRp\.?~(?:12|36|6){_MILLION}|\b(?:12|36|6){_MILLION}(?= rupiah)"
        r"|\b(?:Rp\.?~)?600(?:\.000|,000)(?:,-|,00)?(?!\d|\.\d)|\b(?:Rp\.?~)?600~(?:ribu|rb)\b"
        r"|\b(?:dua belas|tiga puluh enam|enam) juta(?: rupiah)?\b|\benam ratus ribu(?: rupiah)?\b"
        r"|\b(?:12|36|6) (?:juta|jt)\b"
    ),
    right=(
        "Besaran pidana Pemilu dan Pilkada tidak boleh lagi dikutip mentah: sejak 2 Januari 2026 "
        "dendanya mengikuti UU 1/2026. Sebut pasalnya saja, tanpa angka."
    ),
    source="uu-1-2026#ii",
    about=(
        pattern(r"\b(?:denda|didenda|pidana|dipidana|ancaman|diancam)\b"),
        pattern(
            rf"{ARTICLE}(?:18[7-9]|190|49[0-9]|515|521|523|546|547)\b"
            r"|\b(?:UU|undang-undang) (?:pemilu|pilkada|pemilihan)\b|\bpidana (?:pemilu|pilkada"
            r"|pemilihan)\b"
            rf"|\b(?:7{YEAR}2017|10{YEAR}2016|1{YEAR}2015)\b"
            r"|\b(?:kampanye|netral\w*|ketidaknetralan|politik uang|pilkada|pemilu)\b"
        ),
    ),
    excuse=Excuse(
        around=pattern(
            rf"{_AS_FIRST_WRITTEN}|\b(?:UU|undang-undang){NUMBER}1{YEAR}2026\b|\banomali\b"
            r"|\bdisesuaikan\b|\b(?:anggaran|dana kampanye|sumbangan|honor|menerima|menyita"
            r"|amplop)\b"
        ),
        last_year=2025,
    ),
)
RAW_MINIMUM = Rule(
    claim=pattern(
        r"\bpaling (?:singkat|sedikit|rendah|cepat) (?:1|satu)~(?:\((?:satu|1)\))?~bulan\b"
    ),
    right=(
        "Pidana minimum khusus dalam undang-undang sektoral dihapus oleh UU 1/2026, kecuali untuk "
        "kejahatan luar biasa."
    ),
    source="uu-1-2026#minimum",
    about=(
        pattern(r"\b(?:penjara|pidana|dipidana)\b"),
        pattern(rf"{ARTICLE}(?:18[7-9]|190)\b|\bpilkada\b|\bpemilihan\b|\b10{YEAR}2016\b"),
    ),
    excuse=Excuse(
        around=pattern(
            rf"{_AS_FIRST_WRITTEN}|\b(?:UU|undang-undang){NUMBER}1{YEAR}2026\b"
            r"|\b(?:dihapus|hapus|menghapus|(?:tidak|tak) (?:lagi |berlaku))\b"
        ),
        last_year=2025,
    ),
)

RULES = (
    PARAGRAPH_TEN,
    ARTICLE_521,
    ARTICLE_189,
    ONLY_WHILE_CAMPAIGNING,
    ARTICLE_282,
    CONFINEMENT,
    RAW_AMOUNT,
    RAW_MINIMUM,
)
