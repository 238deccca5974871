"""The question that a text asks, never cut at the dot of an abbreviation or an address."""

import re

#: Written with a dot, and with a capital after it.
_ABBREVIATIONS = (
    "a.n adv apt art ayat bag bd brigjen bpk bu cq d.a dr dra drg drs dst dsb dkk dll dlsb ds etc "
    "gg gol gub hal hj hlm ir irjen jend jl jln jo kab kabag kabid kapt kasi kec kel kep ket "
    "kol kompol kpd lamp letjen lt mayjen m.m mis moh muh no nn nomor ny o.l orm pangkat par pdt "
    "pem per perda prof ps psl pt rev rp rt rw s.d sdh sdr sdri sek st sub tbk tdk tgl th tlp "
    "telp tn tsb ttd ttg u.b u.p ust up vol wkl yg yth"
)
_SHORT = frozenset(_ABBREVIATIONS.split())
#: A mark that may end a sentence, what closes behind it, and how the next one begins.
_END = re.compile(r"(?P<mark>[.!?…]+)[\"”’)\]]*\s+(?=(?P<next>[\"“‘(\[]*[A-Z0-9]\w*))")
_ASKED = re.compile(r"\?+(?=[\"”’)\].!]*(?:\s|$))")
_LAST_WORD = re.compile(r"[^\s\"“”‘’()\[\]]+$")
#: These ask, and with a capital they begin a sentence whatever stands before.
_ASKING = (
    "(?:adakah|apakah|bagaimanakah|benarkah|bisakah|bolehkah|cukupkah|dapatkah|haruskah|kapankah|"
    "layakkah|masihkah|mungkinkah|pantaskah|patutkah|perlukah|salahkah|siapakah|sudahkah|tepatkah|"
    "wajibkah)"
)
_ASKS = re.compile(rf"\b{_ASKING}\b", re.IGNORECASE)


def question_in(text: str) -> str:
    """The last sentence that ends in a question mark; a text need not hold any."""
    marks = list(_ASKED.finditer(text))
    if not marks:
        return ""
    end = marks[-1].end()
    found = list(_END.finditer(text, 0, end))
    starts = [0, *(match.end() for match in found if _is_end(match, text))]
    floor = max((match.end() for match in found if match["mark"] != "."), default=0)
    asks = list(_ASKS.finditer(text, floor, end))
    begun = [match.start() for match in asks if match[0][0].isupper()]
    if begun:
        return _bare(text[max(floor, begun[-1]) : end])
    limit = asks[-1].start() if asks else end
    return _bare(text[max(start for start in starts if start <= limit) : end])


def _is_end(match: re.Match[str], text: str) -> bool:
    if match["mark"] != ".":
        return True
    word = _LAST_WORD.search(text, 0, match.start())
    return word is not None and not _is_short(word[0])


def _is_short(word: str) -> bool:
    """Whether a dot after this word says that it is cut, and not that a sentence ends."""
    bare = word.casefold()
    is_name = word[:1].isupper() and len(word) <= 4
    return (
        bare in _SHORT or "." in word or is_name or (len(word) < 4 and not set(bare) & set("aiueo"))
    )


def _bare(sentence: str) -> str:
    """Without the quotation marks and brackets that only its end or its beginning had."""
    sentence = sentence.strip()
    while sentence and sentence[0] in '"“‘([':
        sentence = sentence[1:].lstrip()
    return sentence
