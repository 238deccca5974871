"""What a sentence is about when the one before named it: “Honorer bukan ASN. Jadi …”."""

from app.stale.text import Sentence
from app.stale.words import pattern

#: Longer ones name too much.
LONGEST_BEFORE = 240
#: A question this short is put for the answer that follows.
LONGEST_QUESTION = 80

_POINTS_BACK = pattern(
    r"[\"'(*_\s-]*(?:(?:jadi|maka|sehingga|karena itu|oleh (?:karena|sebab) itu|makanya|artinya"
    r"|akibatnya|tenang|dengan (?:begitu|demikian)|soalnya|sebab|toh)\b"
    r"|(?:mereka|ia|dia|beliau|keduanya|semuanya|yang (?:bersangkutan|begini|begitu)|statusnya)\b"
    r"|(?:pasal|aturan|undang-undang|putusan|cuti|larangan|ketentuan|peraturan|kewajiban|lembaga"
    r"|komisi|keputusan|surat|hal) (?:itu|ini|tersebut)\b"
    r"|\w{4,20}nya\b|(?:tinggal|ambil|ajukan|boleh|bebas|bisa|langsung|cukup|(?:tidak|tak) usah"
    r"|(?:tidak|tak) perlu|silakan|pasti|otomatis)\b)"
)


def subject_before(sentence: Sentence, before: Sentence) -> str:
    """The text of the sentence before, if this one goes on about it in the same paragraph."""
    if before.start + len(before.text) != sentence.start or len(before.text) > LONGEST_BEFORE:
        return ""
    said = before.text.rstrip()
    asks = said.endswith("?") and len(said) <= LONGEST_QUESTION
    return before.text if asks or _POINTS_BACK.match(sentence.text) else ""
