"""Titles and degrees that stand in one cell with a name: parted where it is sure. Pure.

What is not sure stays whole, and the row says so: a degree that stays in a name looks odd on a
certificate, but a name that loses a part is somebody else's.
"""

import re
from dataclasses import dataclass

from app.rosters.words import listed

#: In front, with or without their dot. Single letters and R. (Raden) need theirs.
_FRONT = listed("dr drg drh drs dra ir h hj prof apt ns pdt kh tgk ust")
_NEED_DOT = listed("h ns")
#: Behind, without dots; case does not matter.
_BACK = listed(
    "sh se spd spdi spdsd spdaud ssos sosi skm skep skeb ners ns st skom sip sag spi ssi sp "
    "spt sfarm apt stp sst stpi sstp smi sm mm msi mpd mpdi mh mhum mkes mt mkom map mkep "
    "mkeb mba msc ma mag phd amd amdkeb amdkep amk amkeb amdkom amdak amdfarm amdkl amkl "
    "amdgz sgz mgizi sipem sikom mikom sap sak mak mek stat sstat mstat spsi mpsi sth sthi "
    "shi spkp mmr mars mhkes mars mepid mars sked skg drh dpl lc mph spog spa spb spm span "
    "sptht spkk spjp spbs spot sppd sprad sppk sprm spu spkj spn spp spkga spperio spbm "
    "spkga mmed cert bbus bsc ba bed bsw mpa mps mcom mds mdev meng med mtp mling map mil "
    "msp mpwk ars mars iai ipm ipu aseaneng cgcae cfe cpm crmp amdpk amdkg amdrad amdft "
    "amdto amdok sft str strkep strkeb strgz strkes strak strkl stkom stt spar mpar sds mds "
    "sn ssn msn sthum sbns sab mab skh mvet mbiomed mfarm mpi msos mikm mtrap mtr dess dea "
    "mec mabnp ciqar qia qrmo cra crp cgap cha"
)
#: In capitals behind a name, these may be names.
_NAMES = listed("mars cha dea dess stat meng mil bed med ma map span ars str")
_LOOKS_BACK = re.compile(
    r"(?:A\.?\s?Md|A\.?\s?Ma|S\.?\s?Tr|M\.?\s?Tr|S|M|D|B|Sp|Ph|Dr)"
    r"(?:\.\s?[A-Z][A-Za-z]{0,6}){1,3}\.?(?:\s?\([A-Za-z]{1,12}\))?",
)
_SPACED = re.compile(r"\s+")


@dataclass(frozen=True)
class Parted:
    """A name without its titles; `is_sure` is False when something may be left in it."""

    name: str
    front: str = ""
    back: str = ""
    is_sure: bool = True


def part(text: str) -> Parted:
    """`Dra. Hj. Siti Aminah, S.Kep., Ners` in its three parts."""
    head, comma, tail = text.partition(",")
    pieces = [piece.strip(" .") for piece in tail.split(",") if piece.strip(" .")] if comma else []
    front, name = _front(head.strip())
    if pieces and not all(is_degree(piece) for piece in pieces):
        return Parted(text, is_sure=False)
    back = ", ".join(_dotted(piece.strip()) for piece in tail.split(",") if piece.strip(" ."))
    if not pieces:
        name, back = _trailing(name)
    if not name or not any(letter.isalpha() for letter in name):
        return Parted(text, is_sure=False)
    return Parted(name, front, back, is_sure=not _has_rest(name))


def is_degree(piece: str) -> bool:
    """Whether a piece behind a comma is surely a degree."""
    piece = piece.strip()
    letters = re.sub(r"\([^)]*\)|[^A-Za-z]", "", piece).casefold()
    return letters in _BACK or bool(_LOOKS_BACK.fullmatch(piece))


def folded(titles: str) -> str:
    """Titles as they are compared: `S.Pd., M.Si` and `S.PD,M.SI.` are one."""
    return re.sub(r"[^a-z]", "", titles.casefold())


def pieces_of(titles: str) -> list[str]:
    return [piece.strip() for piece in titles.split(",") if piece.strip(" .")]


def once(titles: str) -> str:
    """Titles without those that were written before."""
    seen: set[str] = set()
    kept = []
    for piece in pieces_of(titles):
        if folded(piece) not in seen:
            seen.add(folded(piece))
            kept.append(piece)
    return ", ".join(kept) if len(kept) < len(pieces_of(titles)) else titles


def _front(text: str) -> tuple[str, str]:
    """Titles before the name, and the rest. `Dr.Siti` and `Drs.H.` stand without a space."""
    found = []
    rest = _SPACED.sub(" ", text)
    while match := re.match(r"([A-Za-z]{1,6})(\.?)\s*(?:\((?:c|hc|H\.C\.)\)\s*)?", rest):
        word, dot = match[1].casefold(), match[2]
        is_end = match.end() == len(rest)
        parts = dot or (rest[match.end(1) :].startswith(" "))
        if word not in _FRONT or is_end or not parts or (not dot and word in _NEED_DOT):
            break
        if not dot and (match[1].isupper() and len(word) <= 2 and word != "dr"):
            break
        found.append(match[0].strip())
        rest = rest[match.end() :]
    return " ".join(found), rest.strip()


def _trailing(name: str) -> tuple[str, str]:
    """Degrees behind a name without a comma, where each has its dots."""
    words = name.split(" ")
    degrees: list[str] = []
    while len(words) > 1 and "." in words[-1].strip(".") and is_degree(words[-1].strip(" .")):
        degrees.insert(0, words.pop())
    return " ".join(words), ", ".join(degrees)


def _has_rest(name: str) -> bool:
    """Whether a word at either end of a name still looks like a title: `SITI SE`, `H Budi`."""
    words = name.split()
    if len(words) < 2:
        return False
    last, first = words[-1].casefold(), words[0].casefold()
    is_shout = words[-1].isupper() and last in _BACK and last not in _NAMES
    return is_shout or first in _NEED_DOT or any("." in word.strip(".") for word in words[2:])


def _dotted(piece: str) -> str:
    return _SPACED.sub(" ", piece)
