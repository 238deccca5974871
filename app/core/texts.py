"""What people type or paste, made fit to be stored and printed. Pure."""

import unicodedata
from urllib.parse import quote

#: Soft hyphen, zero-width space and joiners, byte order mark: pasted along unseen, and harmless.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def tidy(text: str, label: str, longest: int) -> tuple[str, str | None]:
    """A text with ordinary spaces; and, if something is wrong with it, the sentence.

    `label` names the column or field in that sentence; `longest` counts letters. What holds nothing
    but dashes is empty.
    """
    if len(text) > 4 * longest + 100:
        return "", f"Kolom {label} terlalu panjang: paling banyak {longest} huruf."
    tidied = unicodedata.normalize("NFC", " ".join(text.translate(_INVISIBLE).split()))
    if tidied.strip("-–—") == "":
        return "", None
    if len(tidied) > longest:
        return "", f"Kolom {label} terlalu panjang: {len(tidied)} huruf, paling banyak {longest}."
    if not tidied.isprintable() or "\ufffd" in tidied:
        return "", f"Kolom {label} memuat huruf yang rusak atau tidak terlihat; ketik ulang isinya."
    return tidied, None


def whatsapp_link(text: str) -> str:
    """Opens WhatsApp with this text, to whomever the sender chooses there: no number is known, and
    nothing is sent before that tap."""
    return f"https://wa.me/?text={quote(text, safe='')}"
