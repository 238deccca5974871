"""What makes a sentence about old law a right one: it corrects, denies, asks, quotes, or tells
history. Kept narrow on purpose: “paling lama” must not excuse a kurungan, “terlebih dahulu” not a
report to a body that is gone, nor “tidak netral” an article.
"""

import re

from app.catalog.staleness import Excuse, Expression
from app.stale.hearsay import is_disowned
from app.stale.text import NOT_IN_FORCE, Span
from app.stale.words import THEN, pattern

# --- clauses --------------------------------------------------------------------------------------

#: Here another clause begins, which its neighbour's history does not excuse. Not if it speaks of
#: its neighbour: “…, tetapi undang-undang itu sudah dicabut”.
_BOUNDARY = pattern(
    # A list goes on after a semicolon: “a. …; b. …”.
    r"(?:;(?! (?:(?:dan|atau|serta) )?\(?\w{1,2}[.)])"
    r"|\b(?:akan )?tetapi\b|\btapi\b|\bnamun\b|\bsedangkan\b|, sementara\b|\bmelainkan\b"
    # “…, bukan Pasal 494”: what it denies is its own, and excuses nothing before it.
    r"|,(?= bukan(?:lah)? )"
    r"|\bsehingga\b|\bmaka\b|, adapun\b|, (?:kini|sekarang)(?= (?:kita|kami|anda|laporkan|lapor"
    r"|patuhi|gunakan|pakai|ikuti)\b))(?! (?:[^\s.;]+ ){0,3}?(?:itu|tersebut|ini|tadi|keduanya|kini"
    r"|sekarang|sudah|telah|lembaganya|undang-undangnya|aturannya|dasarnya)\b)"
)


def boundaries_of(text: str) -> list[Span]:
    """Where one clause of a sentence ends and the next begins."""
    return [boundary.span() for boundary in _BOUNDARY.finditer(text)]


def follows_from(boundary: str) -> bool:
    """Whether what comes is still about the subject of what went before."""
    return boundary.strip().casefold() in {"sehingga", "maka"}


def clause_of(text: str, boundaries: list[Span], match: re.Match[str]) -> Span:
    """The clause in which a claim stands."""
    low, high = 0, len(text)
    for start, end in boundaries:
        if end <= match.start():
            low = end
        elif start >= match.end():
            return low, start
    return low, high


# --- excuses of every rule ------------------------------------------------------------------------

_QUESTION = pattern(
    r"[\"'(*_\s-]*(?:\w[\w ]{0,30}~: )?(?:(?:jadi|lalu|nah|lho|loh)(?:, | ))?"
    r"(?:(?:apa|benar|betul|boleh|masih|bukan"
    r"|perlu|harus|ada|dapat|bisa)kah|apa (?:benar|iya|betul)|emang(?:nya)?|memang(?:nya)?"
    r"|siapa bilang|siapa(?:kah)? (?:subjek|pelaku)\w*|kata siapa|mana yang|mengapa|kenapa|kok"
    r"|bagaimana (?:bisa|mungkin)|(?:sejak |mulai )?kapan(?! pun)|berapa"
    r"|masih \w+kah|apakah)\b[^?]*\?"
)
#: What would follow if it were so.
_SUPPOSED = pattern(r"[\"'(*_\s-]*(?:andai(?:kata|pun|kan|saja)?|seandainya|umpama(?:nya)?)\b")
_NOT_NEGATED = r"(?<!jangan\s)(?<!sampai\s)(?<!tidak\s)(?<!tak\s)"
_WRONG = pattern(
    rf"{_NOT_NEGATED}\b(?:keliru(?:an)?|kekeliruan|kesalahan (?:umum|lazim|penulisan)"
    rf"|yang salah|mitos|hoaks|hoax|ralat|usang|basi|kedaluwarsa|menyesatkan|sesat"
    r"|ngawur|rumor|menakut-nakuti|isapan jempol|kabar burung|(?:anggapan|klaim|tuduhan|isu) bahwa"
    r"|salah (?:di)?(?:kaprah|tulis|kutip|sebut|ketik|rujuk|dasar|pasal|tahun|nomor|tanggal))\b"
)
_WRONG_AFTER = pattern(
    r"\b(?:seharusnya|semestinya|yang benar|(?:itu|adalah|jelas|termasuk) salah"
    r"|(?:tidak|tak|kurang|nggak|gak|ga) (?:benar|tepat|akurat|sahih|sesuai lagi)"
    r"|(?:dokumen|aturan|rujukan|naskah|kutipan|contoh) (?:yang )?(?:lama|usang)\b"
    r"|(?:sudah|telah) (?:kami |kita )?(?:di)?(?:perbaiki|ganti|betulkan|hapus|koreksi)\b"
    r"|(?:supaya|agar|perlu|harus|wajib|mohon|harap|tolong) (?:di(?:perbaiki|betulkan|koreksi|ralat"
    r"|revisi|luruskan|ganti|hapus|coret|keluarkan))"
    r"|; (?:keluarkan|hapus|coret|betulkan|ganti|perbarui|perbaiki)(?:lah)?\b"
    r"|salah[.!]?~$)|(?:->|=>|→|⇒|=|:|\()~(?:salah|keliru|bukan)\b|[❌✗✘✖]"
)
_WRONG_BEFORE = pattern(
    r"\b(?:(?:tidak|tak|kurang) (?:benar|tepat)|tidaklah benar|jangan (?:mudah )?percaya)"
    r"(?: \S+){0,8} $"
)
#: A label or a sign at the head of the sentence.
_LABELLED = pattern(
    r"[\"'(*_\s|-]*(?:\d{1,3}[.)] )?(?:(?:salah|keliru|mitos|hoaks|hoax|dulu|dahulu|semula"
    r"|sebelum(?:nya)?|lama|jangan)~[:=-]|[❌✗✘✖🚫⛔])"
)
_NEXT_SAYS = pattern(
    r"[\"'(*_\s]*(?:(?:(?:itu|ini|hal (?:itu|ini)|klaim (?:itu|ini)|anggapan (?:itu|ini)) )?"
    r"(?:jelas |tentu )?(?:keliru|salah|tidak benar|tidak tepat|padahal|sebenarnya|faktanya)\b"
    r"|(?:tidak|tak|ga|gak|nggak|bukan) (?:begitu|gitu|demikian)\b"
    r"|tidak~[.!]|(?:fakta|yang benar|benarnya)~[:,]"
    r"|(?:keduanya|(?:undang-undang|uu|pp|peraturan(?: pemerintah)?|aturan|lembaga|komisi|ketentuan"
    r"|surat|pasal) (?:itu|tersebut|ini)) (?:\S+ ){0,3}?(?:dicabut|dibubarkan|bubar|digantikan"
    r"|diganti|(?:tidak|tak) (?:lagi )?(?:berlaku|ada)|berakhir))"
)
#: What is answered so was only asked: “Langsung dipecat? Itu berlebihan.”
_ASKED = pattern(r"[^?]*\?[\"')_\s]*$")
_ANSWERED_NO = pattern(
    r"[\"'(*_\s]*(?:(?:ah|eh|oh|wah|nah|ya|itu|ini|tentu|jelas)(?:, | ))*"
    r"(?:berlebihan|keliru|salah|mitos|hoaks|tidak~[,.!]|(?:tidak|tak|nggak|gak|ga) (?:benar|tepat"
    r"|sampai|begitu|gitu|demikian|juga)|tidak$|belum tentu|bukan begitu|jangan percaya"
    r"|justru tidak|sebaliknya|mana bisa)\b"
)
#: Keys of our own content that hold no sentences: what people type, and the names of provisions.
_NO_SENTENCE = pattern(r"[\s-]*(?:asked_like|id|cites|act|facets|twin)~:")
#: Not a denial, or one that a duty follows: “jangan lupa melapor”, “tidak boleh menunda”.
_YET = (
    r"lupa|melupakan|heran|kaget|sampai (?:kena|terkena|terjerat|dijerat|lupa)"
    r"|ragu\w*|segan|takut|sungkan|malu|tunda|menunda|diam|mendiamkan|abai|abaikan"
    r"|mengabaikan|melanggar|langgar|menolak|menghindar\w*|menghalangi|hanya|cuma|sekadar|saja"
    r"|semata|khawatir|bosan|berhenti|tanpa|kecuali|sebelum|selain|terlambat|bertentangan"
    r"|menyimpang|mematuhi|menaati|patuh|taat|menindaklanjuti|melaksanakan|netral|sesuai"
)
#: What one does with a source or a body.
_USE = (
    r"(?:(?:lagi|perlu|usah|boleh|dapat|bisa|harus|mungkin) )*"
    r"(?:(?:ke|kepada|pada|lewat|melalui|oleh|ada|adalah|dengan|di|ditangani|diawasi|diproses|lapor"
    r"|melapor|melaporkan|laporkan|dilaporkan|mengadu|menyurati|kirim|mengirim|dikirim|disampaikan"
    r"|ditujukan|mengenal|memakai|pakai|dipakai|menggunakan|gunakan|digunakan|mengutip|kutip"
    r"|dikutip|mengacu|merujuk|rujuk|dirujuk|menyebut|sebut|disebut|menulis|tulis|ditulis"
    r"|mencantumkan|cantumkan|memuat|berdasar|berdasarkan|bersandar|mengikuti|menurut|berlaku"
    r"|menjadi|menjadikan|dasar|nama|kata|tentang|mengenai|mengenakan|menjerat|memakaikan|pidana"
    r"|menghidupkan|mengaktifkan|membentuk|kembali|soal|istilah|ancaman|menyalin|salin"
    r"|menjatuhkan|dijatuhi|memasang|mengancam) )*"
)
_DENIED = pattern(
    rf"(?:\b(?:bukan|bukanlah|bukannya|jangan|jangan lagi)\b(?! (?:{_YET})\b)"
    rf"(?: (?!(?:{_YET})\b)[^\s,.;:]+){{0,3}}"
    rf"|\b(?:tidak|tak|tdk|gak|ga|nggak|enggak|ndak|tidak lagi|tak lagi)\b {_USE}~"
    r"|\b(?:tidak|tak) (?:akan )?(?:\S+ ){0,2}(?:temukan|ditemukan|menemukan|dijumpai)\b ?"
    r"|\btanpa (?:lagi |melalui |lewat |lagi lewat |menyebut |mengutip |merujuk |peran )*)"
    r"[ (\[\"'*_-]*$"
)
#: “Ganti UU 5/2014 dengan …”, “… jangan lagi dikutip”.
_TO_BE_MENDED = pattern(
    r"\b(?:ganti(?:lah|kan)?|mengganti|hapus(?:lah)?|coret(?:lah)?|perbaiki|perbarui|betulkan"
    r"|koreksi"
    r"|hindari(?:lah)?)(?: (?:setiap|semua|seluruh|tiap))?"
    r"(?: (?:kata|sebutan|istilah|tulisan|rujukan|kutipan|penyebutan|dasar"
    r"|angka))?"
    r" [\"(]?$"
)
_NOT_TO_BE_CITED = pattern(
    r"[^.;]{0,60}?(?<!yang\s)\b(?:jangan|(?:tidak|tak) (?:boleh|dapat|bisa|perlu|usah)|dilarang)"
    r" (?:lagi )?(?:dikutip|dipakai|dijadikan|dirujuk|dicantumkan|ditulis|disalin)\b"
)
#: What others write, and “padahal” what is so.
_SAID_BY_OTHERS = pattern(
    r"\b(?:media|pers|berita|laman|warta|koran|portal|spanduk|poster|slide|selebaran|orang|banyak"
    r"|sebagian|sejumlah|beberapa|sementara pihak|ada yang)(?: \S+){0,4}? (?:me(?:nulis|nyebut"
    r"|ngutip|ngira|nyangka|nganggap|ncantumkan|muat|ngatakan)\w*|bilang)\b[^.;]{0,60}$"
)
_BUT_IT_IS = pattern(
    r"[^.;]{0,60}?, ?(?:padahal|tetapi|tapi|namun|sebenarnya|yang benar"
    r"|luruskan|betulkan|perbaiki|ingatkan)\b"
)
_QUOTED_WORK = pattern(
    r"\b(?:judul|berjudul|bertajuk|tajuk|buku|artikel|makalah|tesis|skripsi|berita|jurnal|poster"
    r"|spanduk|selebaran|klaim|kabar|anggapan|pesan berantai|meme|tulisan|bertuliskan|berbunyi)"
    r"\W{1,3}$"
)


def claims_nothing(text: str, lead: str, following: str) -> bool:
    """Whether the whole sentence asks, or is called wrong by what stands around it."""
    return bool(
        NOT_IN_FORCE.search(lead)
        or _NO_SENTENCE.match(text)
        or _NO_SENTENCE.match(lead)
        or _QUESTION.match(text)
        or _SUPPOSED.match(text)
        or _LABELLED.match(text)
        or _NEXT_SAYS.match(following)
        or (_ASKED.match(text) and _ANSWERED_NO.match(following))
    )


def calls_it_wrong(text: str, clause: Span) -> bool:
    """Whether a clause names the mistake that it repeats."""
    return bool(_WRONG.search(text, *clause))


def is_denied(text: str, crossed_out: tuple[Span, ...], match: re.Match[str], clause: Span) -> bool:
    """Whether the words around the claim deny it, strike it out, or quote somebody else."""
    near = max(clause[0], match.start() - 80)
    return bool(
        any(a <= match.start() < b for a, b in crossed_out)
        or _DENIED.search(text, near, match.start())
        or _WRONG_BEFORE.search(text, near, match.start())
        or _TO_BE_MENDED.search(text, near, match.start())
        or _NOT_TO_BE_CITED.match(text, match.end(), clause[1])
        or _is_put_right(text, match)
        or _WRONG_AFTER.search(text, match.end(), match.end() + 250)
        or _is_quoted(text, match)
        or is_disowned(text, match)
    )


def _is_put_right(text: str, match: re.Match[str]) -> bool:
    near = max(0, match.start() - 120)
    said = _SAID_BY_OTHERS.search(text, near, match.start())
    return bool(said and _BUT_IT_IS.match(text, match.end()))


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    opened = text.rfind('"', max(0, match.start() - 200), match.start())
    if opened < 0 or text.find('"', match.end(), match.end() + 200) < 0:
        return False
    return bool(_QUOTED_WORK.search(text, max(0, opened - 60), opened + 1))


# --- history --------------------------------------------------------------------------------------

#: Said of a source that is gone, after it.
GONE = (
    r"(?:dicabut|digantikan|(?:sudah|telah|kini|lalu|kemudian|yang) (?:diganti|berganti)(?:kan)?"
    r"|diganti (?:oleh|dengan|menjadi)|(?:tidak|tak|tdk|gak|ga|nggak|bukan) lagi|(?:sudah"
    r"|telah) (?:tidak|tak|gak|ga|nggak) (?:berlaku|dipakai|digunakan|lagi|ada)|tidak berlaku"
    r"|tak berlaku|gak berlaku|ga berlaku|gugur|tinggal sejarah|tinggal riwayat|(?:jangan|(?:tidak"
    r"|tak) (?:boleh|dapat|bisa|perlu|usah)|dilarang) (?:lagi )?(?:dikutip|dipakai|digunakan"
    r"|dijadikan|dirujuk|disebut|dicantumkan|ditulis|disalin))"
)
_BASIS = (
    r"menurut|berdasar(?:kan)?|sesuai|mengacu|merujuk|berpedoman|bersandar|atas dasar|tunduk"
    r"|sebagaimana|mengikuti|berlandaskan|diatur|melanggar"
)
_AFTER_BASIS = pattern(
    rf"\b(?:{_BASIS})(?: (?:dengan|pada|kepada|atas|dalam|oleh|diatur|dimaksud|ketentuan|amanat"
    rf"|isi))*(?: pasal [^,.;]{{0,50}})?[ (\"]*$"
)
_NORM = r"mengatur|menyatakan|menegaskan|mewajibkan|melarang|menentukan|berbunyi|bahwa|diwajibkan"
_IS_GONE = pattern(rf"(?:(?!\b(?:{_NORM})\b)[^.;]){{0,120}}?\b{GONE}\b")
_WHICH_IS_GONE = pattern(
    rf"(?:(?!\b(?:{_NORM})\b)[^.;]){{0,100}}?(?:\byang|\()~(?:\S+ ){{0,2}}?{GONE}\b"
)
_ENDING = pattern(
    r"\b(?:mencabut|pencabutan|dicabutnya|menggantikan|pengganti|penggantian|padanan\w*|pendahulu"
    r"|perbedaan|beda(?:nya)?|perbandingan|membandingkan|perubahan dari|(?:per|ber)alih\w* dari"
    r"|pindah dari"
    r"|berganti dari|bergeser dari|(?:masa|era|zaman|rezim)(?: berlakunya)?|berakhirnya"
    r"|(?:sebelum|setelah|sesudah|sejak|walau(?:pun)?|meski(?:pun)?|karena)(?: \w+)? dicabut"
    r"|(?:UU|PP|undang-undang|peraturan pemerintah|peraturan|aturan|ketentuan|dasar|rujukan|hukuman"
    r"|istilah|rumusan|sebutan)(?: ASN)?(?: yang)? lama(?: (?:menurut|dalam|dari|di))?)\b"
    rf"(?:(?!\b(?:{_BASIS}|tetap|kepada|laporkan)\b)[^.;]){{0,100}}$"
)
_THEN = pattern(THEN)
#: “… terbit ketika UU 5/2014 masih berlaku”.
_WHILE = pattern(r"\b(?:ketika|saat(?! ini)|sewaktu|semasa) (?:[^.;,]{1,60}, )?$")
#: “Ketika SKB diteken, yang berlaku masih …”.
_WHEN_MADE = pattern(
    r"\b(?:ketika|saat|sewaktu|waktu) \S+(?: \S+){0,3}? (?:diteken|ditandatangani|terbit|lahir"
    r"|dibuat|disusun)\b[^.;]{0,80}$"
)
_STILL = pattern(r"[^.;]{0,60}?\bmasih\b")
#: What says that another law took the place of this one, up to the name of that law.
_NOW = (
    r"[^.;]{0,80}?(?:\b(?:kini|sekarang|menjadi|(?:di)?ganti(?:lah|kan)?|dibaca|lalu"
    r"|berbeda (?:dari|dengan))\b|->|=>|→|⇒)[^.;]{0,60}?"
)


def succeeded_by(heirs: str) -> Expression:
    """Of a regular expression for the names of the law that followed."""
    return Expression(pattern(_NOW).pattern + heirs)


def is_said_to_be_gone(text: str, match: re.Match[str], clause: Span) -> bool:
    """Whether the clause says that the instrument is gone."""
    low, high = clause
    near = max(low, match.start() - 160)
    if _WHILE.search(text, near, match.start()) and _STILL.match(text, match.end(), high):
        return True
    if _ENDING.search(text, near, match.start()) or _WHEN_MADE.search(text, near, match.start()):
        return True
    gone = _WHICH_IS_GONE if _AFTER_BASIS.search(text, near, match.start()) else _IS_GONE
    return bool(gone.match(text, match.end(), high))


_CITATION = pattern(
    r"\b(?:SKB|keputusan bersama|lembaran|UU|PP|SE|surat|perpres|peraturan|keputusan|nomor|no"
    r"|putusan|undang)\b[^,;()]{0,60}?(?<!\d)(?:19|20)\d\d\b|/(?:19|20)\d\d\b"
    r"|\bsejak (?:\S+ ){0,3}?(?:19|20)\d\d\b"
)
_YEAR = re.compile(r"(?<![\d/.])20\d\d\b(?![/.]\d)")
_DUTY = pattern(
    r"\b(?:wajib|harus|agar|supaya|hendaknya|diminta|diimbau|dihimbau|silakan|segera|akan|(?<!di)"
    r"laporkan|lapor|hubungi|adukan|dapat (?:di)?lapor\w*|dapat melapor\w*|bisa (?:di|me)?lapor\w*"
    r"|dilarang|menjelang|dalam rangka|kini|sekarang|saat ini|masih)\b"
)

#: “Tahun 2020 … masih”: what still was, then.
_AT_THAT_TIME = pattern(
    r"^[\"'(*_\s-]*(?:(?:waktu|saat|ketika|kala) itu, |(?:pada|di|sampai|hingga|waktu|saat|ketika"
    r"|selama|zaman|masa) )?(?:akhir |awal )?(?:tahun|pemilu|pilkada|pilpres|pileg)"
    r"(?: tahun)? (?:19|20)\d\d\b[^.;]{0,60}\bmasih\b"
)


def _is_dated(said: str, last_year: int) -> bool:
    """Whether the clause tells what was in a year when the claim held, and no duty of today."""
    if _DUTY.search(said) and not _AT_THAT_TIME.search(said):
        return False
    said = _CITATION.sub(" ", said)
    return any(int(year[0]) <= last_year for year in _YEAR.finditer(said))


def covers(excuse: Excuse, text: str, clause: Span, claim: Expression) -> bool:
    """Whether every claim in the clause is excused."""
    return bool(
        (excuse.around and excuse.around.search(text, *clause))
        or (excuse.repealed and _THEN.search(text, *clause))
        # The year of the instrument itself tells nothing.
        or (excuse.last_year and _is_dated(claim.without(text[slice(*clause)]), excuse.last_year))
    )


def is_mended_by(excuse: Excuse, following: str) -> bool:
    """Whether the next sentence adds what was left out."""
    return bool(excuse.next and excuse.next.search(following))


def holds(excuse: Excuse, text: str, match: re.Match[str], clause: Span) -> bool:
    """Whether this claim is excused."""
    low, high = clause
    near = max(low, match.start() - 200)
    return bool(
        (excuse.before and excuse.before.search(text, near, match.start()))
        or (excuse.after and excuse.after.match(text, match.end(), high))
        or (excuse.succeeded and excuse.succeeded.match(text, match.end()))
        or (excuse.repealed and is_said_to_be_gone(text, match, clause))
    )
