"""Law that was right once. Finds it in any text; history, correction and negation pass.

A sentence is the unit: "UU 5/2014 telah dicabut" is right, "menurut UU 5/2014" is not. Questions
("Apakah KASN …?") claim nothing. What the rules take for history is kept narrow on purpose:
"paling lama" must not excuse a kurungan, nor "tidak netral" an article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class StaleClaim:
    """One stale statement: its line (from 1), its words, and what is right now."""

    line: int
    found: str
    right: str


def _re(pattern: str) -> re.Pattern:
    """A pattern of any case in which a blank stands for white space and ~ for perhaps some."""
    return re.compile(pattern.replace(" ", r"\s+").replace("~", r"\s*"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """`claim` is stale, if `about` is in its sentence (when given), unless something excuses it."""

    claim: re.Pattern
    right: str
    about: re.Pattern | None = None
    #: Anywhere in the sentence.
    history: re.Pattern | None = None
    #: Only after the claim: "…, kini Pasal 52 UU 20/2023".
    successor: re.Pattern | None = None

    def finds(self, sentence: str, following: str) -> re.Match | None:
        """The first unexcused claim in `sentence`."""
        if self.about and not self.about.search(sentence):
            return None
        if _QUESTION.match(sentence) or _CORRECTED.search(sentence) or _CORRECTING.match(following):
            return None
        if self.history and self.history.search(sentence):
            return None
        for match in self.claim.finditer(sentence):
            if not self._is_excused(sentence, match):
                return match
        return None

    def _is_excused(self, sentence: str, match: re.Match) -> bool:
        near = max(0, match.start() - _NEAR)
        if _DENIED.search(sentence, near, match.start()):
            return True
        return bool(self.successor and self.successor.search(sentence, match.end()))


_QUESTION = _re(r"[\"“‘(*_\s]*(?:apakah|benarkah|betulkah|bolehkah|masihkah|bukankah)\b[^?]*\?")
#: The sentence itself says that this is wrong.
_CORRECTED = _re(
    r"\b(?:keliru|kekeliruan|salah kaprah|salah tulis|salah kutip|salah sebut|itu salah"
    r"|yang benar|seharusnya|semestinya|mitos|hoaks|ralat)\b"
)
#: The next sentence says so.
_CORRECTING = _re(r"[\"“‘(*_\s]*(?:(?:itu|ini) )?(?:keliru|salah|tidak benar|padahal|sebenarnya)\b")
#: Characters before a claim in which a denial of it may stand.
_NEAR = 80
#: Stands right before the claim, with at most three words between.
_DENIED = _re(
    r"\b(?:bukan|tanpa|tidak ada|tidak mengenal|bukanlah|"
    r"jangan(?! (?:lupa|ragu|segan|takut|sungkan)))"
    r"(?: [^\s,.;:]+){0,3}[ (\[“\"*_]*$"
)
_REPEALED = (
    r"dicabut|mencabut|pencabut\w*|menggantikan|digantikan|diganti|pengganti\w*|dahulu|dulu|semula"
    r"|(?:tidak|tak|bukan) lagi|(?:tidak|tak) berlaku|padanan\w*|riwayat\w*|sejarah\w*|historis"
    r"|(?:yang|uu|pp|undang-undang|aturan|ketentuan|dasar) lama"
    r"|pada masa (?:itu|lalu)|(?:saat|ketika|waktu|kala) itu"
)
_STAFF = _re(r"\b(?:ASN|PNS|CPNS|PPPK|pegawai|aparatur)\b")

_OLD_LAW = Rule(
    claim=_re(
        r"\b(?:UU|Undang-Undang)(?: ASN)?(?: (?:RI|Republik Indonesia))?(?: ASN)?"
        r"~(?:No(?:mor|\.)?~)?5~(?:/|Tahun)~2014\b|\bUU ASN (?:Tahun )?2014\b"
    ),
    right="UU 5/2014 sudah dicabut; yang berlaku sejak 31 Oktober 2023 ialah UU 20/2023.",
    history=_re(rf"\b(?:{_REPEALED})\b"),
    successor=_re(r"\b(?:kini|sekarang)\b[^.]{0,60}?(?:UU 20/2023|UU ASN|Pasal \d)"),
)
_OLD_DISCIPLINE = Rule(
    claim=_re(
        r"\b(?:PP|Peraturan Pemerintah)(?: (?:RI|Republik Indonesia))?"
        r"~(?:No(?:mor|\.)?~)?53(?:~(?:/|Tahun)~2010|(?!\d|~/|~Tahun))"
    ),
    right="PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 ialah PP 94/2021.",
    history=_re(rf"\b(?:{_REPEALED})\b"),
    successor=_re(r"\b(?:kini|sekarang)\b[^.]{0,60}?(?:PP 94|Pasal \d)"),
)
_PAST_YEAR = r"(?<!SKB\s)(?<!Tahun\s)(?<![/.\d])(?:201[4-9]|202[0-4])\b(?!/)"
_KASN = Rule(
    claim=_re(r"\bKASN\b|\bKomisi (?:Aparatur Sipil Negara|ASN)\b"),
    right=(
        "KASN tidak lagi menangani laporan sejak 24 Agustus 2024; "
        "laporan masuk lewat Bawaslu atau BKN, sanksi dijatuhkan PPK."
    ),
    history=re.compile(
        r"(?i:\b(?:(?:tidak|tak|bukan)\s+lagi|(?:sudah|telah)\s+(?:tidak|tak|tiada|berakhir)"
        r"|tidak\s+ada|dibubarkan|pembubaran|bubar|berakhir\w*|dihapus(?:kan)?\s+(?:oleh\s+)?UU"
        r"|berhenti\s+(?:beroperasi|bekerja|bertugas)|dialihkan|beralih|pengalihan|mengalihkan"
        r"|menggantikan|digantikan|pengganti\w*|dahulu|dulu|semula|mantan|bekas|riwayat|sejarah"
        r"|(?:sampai|hingga)\s+(?:dengan\s+)?(?:24\s+)?(?:Agustus\s+)?(?:tahun\s+)?2024"
        r"|ditandatangani|menandatangani|penandatangan\w*|diteken|meneken"
        r"|pada\s+masa(?:nya|\s+(?:itu|lalu))|(?:saat|ketika|waktu|kala)\s+itu"
        r"|(?:survei|data|riset|catatan|statistik|rekap\w*|kajian)\s+(?:\S+\s+){0,2}(?:KASN|Komisi)"
        r"|memindahkan|dipindahkan|berpindah|masa\s+kerja\s+KASN)\b)"
        rf"|(?i:\bKASN)\b[^.]{{0,40}}?{_PAST_YEAR}"
        rf"|(?i:\b(?:pada|tahun|sepanjang|selama|per))\s+(?:\S+\s+){{0,2}}?(?:201[4-9]|202[0-4])"
        rf"\b[^.]{{0,60}}(?i:\bKASN)\b"
    ),
)
_SKB_DATE = Rule(
    claim=_re(
        r"\b(?:SKB|(?:Surat )?Keputusan Bersama)(?:(?: |/)(?:5|lima|K/L|kementerian|lembaga|menteri"
        r"|netralitas|ASN|pegawai|pemilu|tahun|tanggal|tertanggal|bertanggal|pada|yang|terbit"
        r"|ditandatangani|diteken|dan|\(?\d{1,2}|september))*,? \(?2023\b"
    ),
    right="SKB netralitas ditandatangani 22 September 2022 (SKB 2022).",
)
_SKB_DAY = Rule(
    claim=_re(r"\b22 September 2023\b"),
    right=_SKB_DATE.right,
    about=_re(r"\b(?:netralitas|lima lembaga|bersama)\b"),
    history=_SKB_DATE.claim,
)
_SKB_NUMBER = Rule(
    claim=_re(r"\bSKB (?:\S+ ){0,4}?(?:No(?:mor|\.)?~)22(?:/| Tahun )2022\b"),
    right="Nomor Menteri PANRB pada SKB 2022 ialah 2 Tahun 2022.",
)
_PARAGRAPH_TEN = Rule(
    claim=_re(r"\bPasal 15 ayat \(?10\b\)?"),
    right="Sanksi moral diatur dalam Pasal 15 ayat (1), (2), dan (3) PP 42/2004.",
)
_NOT_FOR_STAFF = (
    r"(?:bukan|tidak|tak) (?:untuk|bagi|menyasar|ditujukan|mengancam|memidana|mempidana|menjerat"
    r"|mengatur|berlaku|dapat|ASN|PNS)"
)
_ARTICLE_521 = Rule(
    claim=_re(r"\bPasal 521\b"),
    right=(
        "Pasal 521 UU 7/2017 menyasar pelanggar Pasal 280 ayat (1); untuk ASN pasalnya "
        "280 ayat (3) juncto 494."
    ),
    about=_STAFF,
    history=_re(rf"280 ayat \(1\)|{_NOT_FOR_STAFF}"),
)
_ARTICLE_189 = Rule(
    claim=_re(r"\bPasal 189\b"),
    right=(
        "Pasal 189 UU Pilkada mengancam calon yang melibatkan ASN; "
        "pejabat ASN diancam Pasal 71 juncto 188."
    ),
    about=_STAFF,
    history=_re(rf"\b(?:melibatkan|mengikutsertakan|pelibatan)\b|{_NOT_FOR_STAFF}"),
)
_CONFINEMENT = Rule(
    claim=_re(r"\b(?:pidana )?kurungan\b"),
    right="Pidana kurungan dihapus sejak 2 Januari 2026 oleh UU 1/2026.",
    history=_re(
        r"\b(?:rumusan(?:nya yang)? asli\w*|versi asli|bunyi asli|aslinya"
        r"|(?:dihapus|menghapus|penghapusan)\w*|(?:tidak|tak|bukan) lagi|sudah tidak|dahulu|dulu"
        r"|kurungan (?:\S+ ){0,6}?diganti (?:menjadi |dengan )?denda|kurungannya hapus"
        r"|(?:kalimat|rumusan|angka|bunyi|ancaman) lama"
        r"|semula|disesuaikan|riwayat|sejarah|historis"
        r"|sebelum (?:tanggal )?2 Januari 2026|(?:sampai|hingga) 1 Januari 2026)\b"
    ),
)
_POSES = Rule(
    claim=_re(
        r"\b(?:10|sepuluh|9|sembilan|daftar|berbagai|sejumlah) "
        r"(?:(?:pose|gaya|gestur|isyarat|simbol|tanda|foto) )+(?:jari|tangan)\b"
        r"|\b(?:pose|gaya|gestur|isyarat) jari\b"
    ),
    right=(
        "SKB 2022 berbicara tentang simbol keberpihakan; daftar pose berasal dari sosialisasi "
        "lembaga dan berbeda-beda."
    ),
    about=_re(r"\b(?:SKB|Keputusan Bersama)\b"),
    history=_re(
        r"\b(?:tidak|tak) (?:\S+ )?(?:memuat|mencantumkan|mengatur|menyebut|berisi|merinci|ada"
        r"|melarang|mengenal|memiliki|punya)|\bbukan\b"
    ),
)
_DISMISSAL = Rule(
    claim=_re(r"\bPTDH\b|\b(?:pemberhentian|diberhentikan|berhenti) tidak dengan hormat\b"),
    right=(
        "PTDH bukan jenis hukuman disiplin PP 94/2021; dasarnya Pasal 52 ayat (3) huruf j "
        "dan ayat (4) UU 20/2023."
    ),
    about=_re(
        r"\b(?:PP|Peraturan Pemerintah) (?:No(?:mor|\.)?~)?94\b"
        r"|\bhukuman (?:disiplin|(?:tingkat )?berat)[^.]{0,60}?"
        r"(?:berupa|meliputi|yaitu|ialah|adalah|terdiri|antara lain|termasuk|seperti|:)"
    ),
    history=_re(
        r"\b(?:UU 20/2023|UU Nomor 20 Tahun 2023|UU ASN|Pasal 52)\b"
        r"|\b(?:PTDH|tidak dengan hormat)\)? (?:itu |memang |sendiri )?(?:bukan|tidak)\b"
        r"|\b(?:tidak|tak) (?:mengenal|memuat|mengatur|mencantumkan|menyebut|termasuk)\b"
    ),
)

RULES = (
    _OLD_LAW,
    _OLD_DISCIPLINE,
    _KASN,
    _SKB_DATE,
    _SKB_DAY,
    _SKB_NUMBER,
    _PARAGRAPH_TEN,
    _ARTICLE_521,
    _ARTICLE_189,
    _CONFINEMENT,
    _POSES,
    _DISMISSAL,
)
#: Where one sentence ends and the next begins: also between paragraphs, items and table rows.
_BREAK = re.compile(
    r"(?<![ .(]No\.)(?<![ .(]jo\.)(?<=[.!?])[\"”’)_]*\s+(?=[\"“‘(_]*[A-Z])"
    r"|\n\s*\n|\n(?=\s*(?:[-+#|>]|\d+\.)\s?)"
)


#: Emphasis and link targets of Markdown: they part words that belong together.
_MARKUP = re.compile(r"\]\([^)\n]*\)|\*+(?=\S)|(?<=\S)\*+|[`\[\]]")


def stale_claims(text: str) -> list[StaleClaim]:
    """Every stale claim in `text`, at most one of a kind in a sentence, by line."""
    text = _MARKUP.sub("", text)
    rules = [rule for rule in RULES if rule.claim.search(text)]
    if not rules:
        return []
    sentences = [*_sentences(text), (0, "")]
    claims = []
    for (line, sentence), (_, following) in pairwise(sentences):
        for rule in rules:
            if match := rule.finds(sentence, following):
                at = line + sentence.count("\n", 0, match.start())
                claims.append(StaleClaim(at, " ".join(match[0].split()), rule.right))
    return claims


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The line of each sentence, and the sentence."""
    start, line = 0, 1
    for stop in _BREAK.finditer(text):
        yield line, text[start : stop.start()]
        line += text.count("\n", start, stop.end())
        start = stop.end()
    yield line, text[start:]
