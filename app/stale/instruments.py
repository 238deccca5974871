"""Instruments that are gone, or that never had this number or this date."""

from app.stale.excuses import Excuse
from app.stale.rule import Rule
from app.stale.words import (
    ACT,
    ACT_OF_STAFF,
    ARTICLE,
    JOINT_DECREE,
    MONTH,
    NUMBER,
    RULE_OF_GOVERNMENT,
    YEAR,
    day_of,
    pattern,
)

#: Politics, as opposed to holidays, uniforms and houses of worship.
_POLITICS = pattern(
    r"netral|\b(?:pemilu|pilkada|pemilihan|kampanye|calon|paslon|partai|parpol|politik|capres|caleg"
    r"|cabup|medsos|media sosial|pose|unggahan)\b|berpihak|keberpihakan"
)
#: The joint decree of 2022 rests on the act of its time, and says so.
_QUOTED_BY_DECREE = (
    rf"{JOINT_DECREE}(?:(?!\b(?:harus|wajib)\b)[^.;]){{0,80}}?\b(?:menyebut|mengutip|mencantumkan"
    r"|menulis(?:kan)?|merujuk|memuat|mendasarkan|mengacu|berdasar|bersandar|memakai"
    r"|terbit sebelum)\w*\b[^.;]{0,120}$"
)
#: How the commission came to be is history, whatever became of it.
_FOUNDED = r"\bKASN\b[^.;]{0,40}\b(?:dibentuk|lahir|didirikan)\b[^.;]{0,30}$"
_STANDS_IN_DECREE = (
    rf"[^.;]{{0,60}}\b(?:tertulis|tercantum|disebut|dikutip|muncul)\b[^.;]{{0,40}}{JOINT_DECREE}"
)

OLD_ACT = Rule(
    claim=pattern(
        rf"{ACT}{NUMBER}5{YEAR}2014\b|{ACT_OF_STAFF}{YEAR}2014\b"
        rf"|\bnomor 5 tahun 2014 tentang (?:aparatur|ASN)\b"
    ),
    right="UU 5/2014 sudah dicabut; yang berlaku sejak 31 Oktober 2023 ialah UU 20/2023.",
    source="uu-20-2023#penutup",
    excuse=Excuse(
        repealed=True,
        last_year=2023,
        before=pattern(rf"{_QUOTED_BY_DECREE}|{_FOUNDED}"),
        after=pattern(_STANDS_IN_DECREE),
    ),
)
OLD_ARTICLE = Rule(
    claim=pattern(rf"{ARTICLE}87 ayat~\(?4\)?(?:,? huruf [bc]\b)?"),
    right=(
        "Pasal 87 ayat (4) berasal dari UU 5/2014 yang sudah dicabut; dasar PTDH karena partai "
        "politik kini Pasal 52 ayat (3) huruf j dan ayat (4) UU 20/2023."
    ),
    source="uu-20-2023#52-3-j",
    about=(
        pattern(
            r"\b(?:UU ASN|undang-undang ASN|aparatur sipil negara|PTDH|diberhentikan|pemberhentian"
            r"|dipecat|parpol|partai politik|20~/~2023|nomor 20 tahun 2023)\b"
        ),
    ),
    excuse=Excuse(
        repealed=True,
        # The older act is named: that finding says enough.
        around=pattern(rf"{ACT}{NUMBER}5{YEAR}2014\b"),
        before=pattern(_QUOTED_BY_DECREE),
        after=pattern(_STANDS_IN_DECREE),
    ),
)
OLD_DISCIPLINE = Rule(
    claim=pattern(
        rf"{RULE_OF_GOVERNMENT}{NUMBER}53"
        rf"(?:{YEAR}2010\b|(?![\d.]\d|\d|{YEAR}(?:19|20)\d\d))"
        r"|\bnomor 53 tahun 2010 tentang disiplin\b|\bPP disiplin(?: PNS)?(?: tahun)? 2010\b"
    ),
    right="PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 ialah PP 94/2021.",
    source="pp-94-2021#penutup",
    excuse=Excuse(repealed=True, last_year=2021, around=pattern(r"\bpadanan\w*")),
)
WRONG_YEAR = Rule(
    claim=pattern(
        rf"{ACT}{NUMBER}20{YEAR}2020\b(?! tentang (?!aparatur|ASN\b))"
        r"|\bnomor 20 tahun 2020 tentang (?:aparatur|ASN)\b"
    ),
    right="Undang-undang ASN ialah UU 20/2023 (Nomor 20 Tahun 2023), bukan tahun 2020.",
    source="uu-20-2023#penutup",
)

# --- the joint decree of 22 September 2022 --------------------------------------------------------

_DATE = "SKB netralitas ditandatangani 22 September 2022 (SKB 2022)."
DECREE_DATE = Rule(
    claim=pattern(
        rf"{JOINT_DECREE}(?:(?: |~/~|, |~[()-]~)(?:5|lima|K|L|KL|kementerian|lembaga|menteri"
        rf"|netralitas"
        r"|pegawai|aparatur|sipil|negara|ASN|pemilihan|pemilu|umum|pilkada|tentang|pedoman"
        r"|pembinaan|pengawasan|dalam|penyelenggaraan|tahun|tanggal|tgl\.?|tertanggal|bertanggal"
        r"|pada|yang|terbit|terbitan|ditandatangani|diteken|ditetapkan|di|dan|versi|\d{1,2}|"
        rf"{MONTH})){{0,30}}(?:,?~\(?|~[-/.]~)2023\b"
    ),
    right=_DATE,
    source="skb-2022#penandatangan",
    excuse=Excuse(
        after=pattern(r"[^.;]{0,30}\bbukan\b"), before=pattern(r"\b(?:sebelum|sesudah|setelah) $")
    ),
)
DECREE_DAY = Rule(
    claim=pattern(day_of("2023", "22", r"sep(?:t(?:ember)?)?\.?", "0?9")),
    right=_DATE,
    source="skb-2022#penandatangan",
    about=(pattern(r"\b(?:netralitas|lima lembaga|5 lembaga|bersama|SKB)\b"),),
    excuse=Excuse(around=DECREE_DATE.claim),
)
DECREE_NUMBER = Rule(
    claim=pattern(
        rf"{JOINT_DECREE}(?:(?!\bbukan\b)[^.;]){{0,90}}?(?<![\d.])(?:(?:nomor|nomer"
        rf"|no)\b~[.:]*~)?22"
        r"(?:~/~| tahun | thn\.? | th\.? )2022\b"
    ),
    right="Nomor Menteri PANRB pada SKB 2022 ialah 2 Tahun 2022.",
    source="skb-2022#penandatangan",
)
THREE_MINISTERS = Rule(
    claim=pattern(
        rf"{JOINT_DECREE}(?: \(SKB\))? (?:[234]|tiga|III|dua|empat)(?: \((?:dua|tiga|empat)\))?"
        r" (?:menteri|kementerian|lembaga|K~/~L)\b"
    ),
    right=(
        "SKB netralitas ditandatangani lima lembaga: MenPANRB, Mendagri, BKN, KASN yang kini "
        "tidak ada, dan Bawaslu."
    ),
    source="skb-2022#penandatangan",
    about=(_POLITICS,),
    excuse=Excuse(
        around=pattern(
            r"\b(?:libur|cuti bersama|seragam|rumah ibadah|moderasi|radikalisme|guru|honorer)\b"
        )
    ),
)

# --- letters and circulars ------------------------------------------------------------------------

#: An old letter is stale as a basis. Its bare name claims nothing.
_AS_BASIS = pattern(
    r"\b(?:berdasar(?:kan)?|menurut|sesuai|berpedoman|mengacu|merujuk|dasar|mengingat|memperhatikan"
    r"|menindaklanjuti|diatur|mengatur|dilarang|melarang|larangan|wajib|berlaku|ketentuan"
    r"|sebagaimana|dalam)\b"
)
_CIRCULAR = r"\b(?:SE|surat edaran)\b(?: (?!nomor\b|no\b)[A-Za-z-]+){0,6}"
NOT_ABOUT_SPOUSES = Rule(
    claim=pattern(rf"{_CIRCULAR}{NUMBER}(?<!\d)0?1{YEAR}2023\b"),
    right=(
        "SE MenPANRB 1/2023 mengatur PPNPN (non-ASN); tentang suami atau istri calon ialah "
        "SE MenPANRB 18/2023."
    ),
    source="se-18-2023#cltn",
    about=(pattern(r"\b(?:suami|istri|isteri|pasangan(?:nya)?(?! calon)|CLTN|cuti)\b"),),
    in_clause=True,
    excuse=Excuse(around=pattern(rf"\b18{YEAR}2023\b|\b(?:PPNPN|non-?~ASN|honorer|bukan|tidak)\b")),
)
OLD_LETTER_SPOUSES = Rule(
    claim=pattern(r"\bB~/~36~/~(?:M\.?~SM\.00\.00~/~)?2018\b|\bsurat [^.;]{0,40}?\bB~/~36\b"),
    right=(
        "Surat B/36/2018 adalah pendahulu; bagi ASN yang suami atau istrinya calon kini dipakai "
        "SE MenPANRB 18/2023."
    ),
    source="surat-b36-2018#pendahulu",
    about=(_AS_BASIS,),
    excuse=Excuse(
        repealed=True,
        last_year=2022,
        around=pattern(rf"\b18{YEAR}2023\b|\b(?:pendahulu\w*|penerus\w*|tahun 2018 yang lalu)\b"),
    ),
)
OLD_LETTER_BANS = Rule(
    claim=pattern(r"\bB~/~71~/~(?:M\.?~SM\.00\.00~/~)?2017\b|\bsurat [^.;]{0,40}?\bB~/~71\b"),
    right=(
        "Surat B/71/2017 tinggal sejarah; bentuk pelanggaran yang dipakai sekarang ada dalam "
        "SKB 2022."
    ),
    source="surat-b71-2017#tujuh-larangan",
    about=(_AS_BASIS,),
    excuse=Excuse(
        repealed=True,
        last_year=2021,
        around=pattern(r"\b(?:pendahulu\w*|asal-usul|lebih tua)\b"),
    ),
)

# --- the Constitutional Court ---------------------------------------------------------------------

_IN_2024 = rf"(?:{day_of('2024')}|\b{MONTH} 2024\b)"
_READ = (
    r"(?:dibacakan|diucapkan|diputus(?:kan)?|diketuk|tertanggal|bertanggal|tanggal|keluar|terbit)"
)
COURT_DATE = Rule(
    claim=pattern(
        rf"\b121~/~PUU-XXII~/~2024\b(?:(?!\b13[56]\b)[^.;]){{0,80}}?"
        rf"(?:{_IN_2024}|\b{_READ} (?:\S+ ){{0,2}}?(?<!/)2024\b)"
        rf"|\bMK (?:nomor |no\.? )?121\b(?:(?!\b13[56]\b)[^.;]){{0,80}}?{_IN_2024}"
        rf"|{_IN_2024}(?:(?!\b13[56]\b)[^.;]){{0,80}}?\b(?:MK|mahkamah konstitusi)\b"
        rf"(?:(?!\b13[56]\b)[^.;]){{0,60}}?\b121~(?:/|\b)"
    ),
    right="Putusan MK 121/PUU-XXII/2024 dibacakan 16 Oktober 2025.",
    source="putusan-mk-121-2024#lembaga",
    excuse=Excuse(
        around=pattern(
            r"16 oktober 2025|\b(?:didaftarkan|diajukan|dimohonkan|permohonan|registrasi)\b"
        )
    ),
)

RULES = (
    OLD_ACT,
    OLD_ARTICLE,
    OLD_DISCIPLINE,
    WRONG_YEAR,
    DECREE_DATE,
    DECREE_DAY,
    DECREE_NUMBER,
    THREE_MINISTERS,
    NOT_ABOUT_SPOUSES,
    OLD_LETTER_SPOUSES,
    OLD_LETTER_BANS,
    COURT_DATE,
)
