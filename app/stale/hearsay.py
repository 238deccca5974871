"""What somebody says, thinks or wrote, and the turn by which the writer parts with it.

Neither is enough alone: “kata Pak Camat” stands before every rumour that is passed on, and
“padahal” begins as many wrong sentences as it ends.
"""

import re

from app.stale.words import pattern

#: How far back a voice is heard, and how far on a turn is looked for.
NEAR = 160

_WHO = (
    r"(?:orang|warga|pegawai|peserta|narasumber|pembicara|pemateri|trainer|guru|atasan|kepala|kades"
    r"|camat|lurah|rekan|teman|kawan|tetangga|seseorang|seorang|mereka|media|koran|berita|portal"
    r"|laman|spanduk|slide|modul|edaran|poster|ceramah|dokumen|buku|makalah|banyak|sebagian"
    r"|beberapa|sejumlah|ada yang|siapa|saya|kami)"
)
_SAYING = (
    r"(?:bilang|berkata|mengatakan|menulis|menyebut|mengutip|menjawab|mengira|menyangka|menganggap"
    r"|mengajar(?:kan)?|percaya|meyakini|yakin|mendengar|dengar|membaca|berpendapat|berpikir"
    r"|berdalih|mengklaim|mengaku|menduga|memasukkan|memuat|mencantumkan|membatasi|tertulis)"
)
#: Before the claim.
_VOICE = pattern(
    rf"\b{_WHO}(?: [^\s.;]+){{0,4}}? {_SAYING}\b"
    r"|\b(?:pendapat|pandangan|argumen|dalih|alasan|keyakinan|cerita|kabar|kisah|tafsir|pemahaman"
    r"|pernyataan|ucapan|kalimat|tulisan|kutipan|ceramah|pesan|unggahan|teori)(?: [^\s.;]+){0,3}?"
    r" (?:bahwa|berkata|menulis|menyebut|yang menyebut|yang mengatakan|\")"
    r"|\b(?:konon|katanya|dengar-dengar|disangka|dikira|dianggap)\b"
    r"|\b(?:rumusan|versi|bunyi|redaksi|teks|modul|edaran|naskah|slide) (?:yang )?lama\b"
)
#: Behind the claim: “…,” kata seorang kades.
_VOICE_AFTER = pattern(
    r"[^.;]{0,40}?[,\"] ?(?:begitu )?(?:kata|ujar|ucap|tutur|dalih|klaim|jawab|tulis|sangka)\b"
)
#: Behind the claim: the writer parts with what was said. “Saya ingatkan bahwa …” alone does not.
_TURN = pattern(
    r"\b(?:ternyata|nyatanya|faktanya|kenyataannya|aslinya|sesungguhnya|sebetulnya|sebenarnya)\b"
    r"|\bpadahal\b(?! (?:\S+ ){0,2}(?:banyak|orang|semua orang|media|sebagian)\b)"
    r"|\b(?:ia|dia|mereka|beliau) (?:lupa|keliru|salah|luput|belum (?:tahu|membaca|baca))\b"
    r"|\b(?:dan|lalu|maka|tetapi|tapi|namun),? (?:saya|kami|kita|panitia|moderator|pengawas)"
    r" (?:ingatkan|luruskan|betulkan|koreksi|bantah|jelaskan|jawab|perbaiki|tegur|mengingatkan"
    r"|meluruskan|membetulkan|mengoreksi|membantah)\b"
    r"|\b(?:mengabaikan|melupakan|melewatkan|menafikan|mengesampingkan|memakai rumusan"
    r"|membaca separuh|bersandar pada (?:aturan|rumusan|teks) (?:yang )?(?:lama|dicabut)"
    r"|(?:gugur|runtuh|patah|kandas|terbantah(?:kan)?|dibantah|tidak berdasar"
    r"|tak berdasar|tidak bertahan|bertentangan dengan|berlawanan dengan|lahir dari))\b"
    r"|\b(?:kemudian|lalu|sejak itu|lantas|belakangan)\b[^.;]{0,40}? (?:membuang|menghapus|mencabut"
    r"|menghilangkan|mengubah|dibuang|dihapus|dicabut|dihilangkan|diubah|meniadakan|ditiadakan)\b"
    r"|\b(?:kutipan|angka|rumusan|sebutan|istilah|tulisan|rujukan) (?:itu|tersebut|ini)"
    r" (?:kini |sekarang )?(?:harus|perlu|wajib|mesti|sudah|tidak|tak)\b"
    r"|[;,] (?:tolong )?(?:keluarkan|hapus|coret|betulkan|ganti|luruskan|tunjukkan|jelaskan"
    r"|jawab(?:lah)?|ingatkan|katakan|beri tahu|koreksi|tegur|abaikan)\b"
)
#: Who takes it to be so is wrong: “sering mengira …”, but not “saya kira …”.
_MISTAKEN = pattern(
    r"(?<!jangan\s)\b(?:mengira|menyangka|dikira|disangka|salah kira)\b[^.;]{0,80}$"
)
#: They need no voice beside them.
_SLIP = pattern(
    r"\b(?:selip lidah|keseleo lidah|salah ucap|salah dengar|salah paham|salah baca|keliru menyebut"
    r"|gagal paham)\b"
)
#: Whoever still says so: the sentence is about them.
_WHOEVER = pattern(
    rf"[\"'(*_\s-]*(?:siapa(?: pun)?|barang siapa|mereka|orang|yang) (?:yang )?(?:masih |tetap )?"
    rf"{_SAYING}\b[^.;]{{0,30}}$"
)
_WHOEVER_ERRS = pattern(
    r"[^.;]{0,120}?\b(?:sedang memakai|belum (?:membaca|tahu|mendengar)|ketinggalan|tertinggal|lupa"
    r"|keliru|salah|terlambat)\b"
)
#: It makes no difference: “cuti sehari tidak membuat ASN boleh …”, “lebih luas daripada sekadar”.
_MAKES_NOT = pattern(
    r"\b(?:(?:tidak|tak|bukan|belum) (?:berarti|membuat|menjadikan|menyebabkan|membuktikan"
    r"|membebaskan|mengubah|lantas|serta-merta|otomatis|dengan sendirinya)"
    r"|jangan mengira|jangan dikira|jangan sangka)(?: [^\s.;,]+){0,6} ?$"
)
_MORE_THAN = pattern(
    r"\b(?:lebih (?:luas|banyak) (?:daripada|dari) (?:sekadar|hanya|cuma)|lebih dari sekadar)\b"
)
#: What nobody is to say: “jangan menyebut SKB itu keputusan lima menteri”.
_NOT_TO_BE_SAID = pattern(
    r"\b(?:jangan|(?:tidak|tak) (?:boleh|perlu|usah)) (?:lagi |pernah |sampai )?(?:menyebut|sebut"
    r"|menulis|tulis|mengatakan|katakan|bilang|mengajarkan|ajarkan|menyampaikan|sampaikan"
    r"|menjanjikan|janjikan|mengklaim|menyimpulkan|simpulkan|mengartikan|artikan|memercayai"
    r"|mempercayai|percaya)"
    r"(?:kan)?\b[^.;]{0,80}$"
)
#: What was thought once stands before the turn to what is so now.
_ONCE = pattern(
    r"[\"'(*_\s-]*(?:dulu|dahulu|dulunya|semula|tadinya|awalnya)\b[^;]{3,120}?"
    r"(?P<turn>[,.;] (?:tetapi |tapi |namun )?(?:kini|sekarang|belakangan|sejak)\b)"
)
#: Looked for, and not found there.
_NOT_THERE = pattern(
    r"[^.;,]{0,40}? (?:(?:tidak|tak|tidak akan|takkan) (?:pernah )?(?:anda |kita |kami )?"
    r"(?:ditemukan|temukan|dijumpai|jumpai|tercantum|ada di (?:sana|situ|dalamnya))"
    r"|(?:tidak|tak) pernah ada)\b"
)


def is_disowned(text: str, match: re.Match[str]) -> bool:
    """Whether a claim is reported and then put right, or denied by what it is part of."""
    near, start, end = max(0, match.start() - NEAR), match.start(), match.end()
    if _MAKES_NOT.search(text, near, start) or _NOT_THERE.match(text, end):
        return True
    if _NOT_TO_BE_SAID.search(text, near, start) or _MISTAKEN.search(text, near, start):
        return True
    if (once := _ONCE.match(text)) and start < once.start("turn"):
        return True
    if _SLIP.search(text, near, end + NEAR) or _MORE_THAN.search(text, near, end):
        return True
    if _WHOEVER.search(text, 0, start) and _WHOEVER_ERRS.match(text, end):
        return True
    is_said = _VOICE.search(text, near, end) or _VOICE_AFTER.match(text, end)
    return bool(is_said and _TURN.search(text, start, end + NEAR))
