"""The many ways in which lists write a unit's name, brought together. Pure.

`SDN 39 Jeruklegi` is SD Negeri 39 Jeruklegi, `UPTD PKM Melati` is Puskesmas Melati, `Kec. Bojong`
is Kecamatan Bojong. Only what has one meaning is written out; what is guessed (`Disdikbud`) is
`likely`, and says so.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.agencies.finding import folded as fold
from app.rosters.words import listed

#: Written out wherever it stands as a word.
_SPELLED = {
    "sdn": "sd negeri", "smpn": "smp negeri", "sman": "sma negeri", "smkn": "smk negeri",
    "tkn": "tk negeri", "slbn": "slb negeri", "negri": "negeri", "neg": "negeri",
    "pkm": "puskesmas", "pusk": "puskesmas", "kec": "kecamatan", "kel": "kelurahan", "ds": "desa",
    "bid": "bidang", "bag": "bagian", "subbag": "sub bagian", "kasubbag": "sub bagian",
    "subag": "sub bagian", "subbagian": "sub bagian", "subbid": "sub bidang", "sie": "seksi",
    "sekre": "sekretariat", "sekret": "sekretariat", "sekt": "sekretariat",
    "setda": "sekretariat daerah", "setwan": "sekretariat dprd", "sekwan": "sekretariat dprd",
    "itda": "inspektorat", "itkab": "inspektorat", "itko": "inspektorat", "din": "dinas",
    "satpol": "satuan polisi", "pp": "pamong praja", "rsu": "rumah sakit umum",
    "rsud": "rumah sakit umum daerah",
}  # fmt: skip
_PHRASES = (
    ("sekolah dasar", "sd"),
    ("sekolah menengah pertama", "smp"),
    ("sekolah menengah atas", "sma"),
    ("sekolah menengah kejuruan", "smk"),
    ("taman kanak kanak", "tk"),
    ("sekolah luar biasa", "slb"),
    ("pusat kesehatan masyarakat", "puskesmas"),
    ("unit pelaksana teknis daerah", "uptd"),
    ("unit pelaksana teknis dinas", "uptd"),
    ("unit pelaksana teknis", "upt"),
    ("inspektorat daerah", "inspektorat"),
    ("sekretariat dewan perwakilan rakyat daerah", "sekretariat dprd"),
)
#: Before a puskesmas or a school it says nothing.
_UPT = re.compile(r"^(?:uptd|upt)\s+(?=(?:puskesmas|sd|smp|sma|smk|tk|rsud|rumah)\b)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
_NUMBERED = listed("bidang bagian seksi asisten sub subbidang wilayah irban pembantu")
_OF = re.compile(
    r"\s+(?:pada\s+)?(?:pemerintah\s+)?(?:kab|kabupaten|kota|prov|provinsi)\s+[a-z ]{2,40}$"
)
_SEPARATOR = re.compile(r"\s+[-–—|>•·»]+\s+|\s*[/\\>|;\n]\s*|\s+pada\s+", re.IGNORECASE)
_SMALL = listed("dan serta pada di the")
_COMMON = listed("dan daerah serta kabupaten kota provinsi kab prov")

#: What regions call their offices for short: stems that the full name has, in any order. The first
#: is the name's first word.
_OFFICES = {
    "dinas pendidikan kebudayaan": "disdikbud dikbud dindikbud",
    "dinas pendidikan pemuda olahraga": "disdikpora",
    "dinas pendidikan": "disdik diknas dindik",
    "dinas kesehatan": "dinkes dinkesp2kb",
    "dinas pekerjaan umum": "dpupr dinaspupr pupr dpu",
    "dinas perumahan": "disperkim perkim dperkim disperakim",
    "dinas sosial": "dinsos",
    "dinas tenaga kerja": "disnaker disnakertrans disnakerin",
    "dinas pemberdayaan perempuan": "dispppa dp3a dpppa dp3akb dp3ap2kb",
    "dinas ketahanan pangan": "dishanpan",
    "dinas lingkungan hidup": "dlh dinlh",
    "dinas kependudukan pencatatan": "disdukcapil dukcapil dindukcapil",
    "dinas pemberdayaan masyarakat desa": "dispermasdes dpmd dispermades pmd",
    "dinas perhubungan": "dishub",
    "dinas komunikasi informatika": "diskominfo kominfo diskominfotik diskominfosp dinkominfo",
    "dinas koperasi": "dinkopukm dinkop diskop diskopukm",
    "dinas penanaman modal": "dpmptsp dinpmptsp",
    "dinas pemuda olahraga": "dispora disporapar dinporabudpar",
    "dinas perpustakaan": "dispusip disarpus dinarpus disperpusip",
    "dinas perikanan": "diskan diskanlut",
    "dinas pariwisata": "dispar disparbud disbudpar",
    "dinas pertanian": "distan dispertan distanak distankp",
    "dinas perdagangan": "disdag disperindag disperdagin",
    "dinas perindustrian": "dinperindag",
    "badan perencanaan pembangunan": (
        "bappeda bapelitbangda bappelitbangda bappedalitbang bapperida baperlitbang"
    ),
    "badan keuangan aset": "bkad bpkad bpkpad dppkad bppkad",
    "badan keuangan": "bpkd",
    "badan pendapatan": "bapenda",
    "badan kepegawaian": "bkd bkpp bkppd bkpsdm bkpsdmd bkdpsdm bkdd",
    "badan kesatuan bangsa": "kesbangpol kesbang bakesbangpol",
    "badan penanggulangan bencana": "bpbd",
    "satuan polisi pamong": "satpolpp polpp",
    "inspektorat": "inspektorat",
    "sekretariat daerah": "setda",
    "sekretariat dprd": "setwan",
    "dinas pemadam": "damkar",
}
_SHORT = {short: stems for stems, names in _OFFICES.items() for short in names.split()}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A name in small letters without marks: what is compared first."""
    return fold(text)


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """A name with its short words written out and its numerals as digits."""
    name = f" {plain(text)} "
    for phrase, short in _PHRASES:
        name = name.replace(f" {phrase} ", f" {short} ")
    words = [_SPELLED.get(word, word) for word in name.split()]
    name = _UPT.sub("", " ".join(word for word in words if word and word not in _SMALL))
    words = name.split()
    return " ".join(
        _ROMAN.get(word, word) if at and words[at - 1] in _NUMBERED else word
        for at, word in enumerate(words)
    )


def without_region(text: str) -> str:
    """`Dinas Kesehatan Kabupaten Arga` without its last two words."""
    return _OF.sub("", spelled(text))


def parts_of(text: str) -> list[str]:
    """`Bidang III - Dinas Pariwisata - Pemerintah Kab. Arga` in its parts, as written."""
    return [part.strip(" .-–") for part in _SEPARATOR.split(text) if part.strip(" .-–")]


def listed_parts_of(text: str) -> list[str]:
    """The same where commas part it; names have commas too, so this comes last."""
    return [part.strip(" .") for part in text.split(",") if part.strip(" .")]


def stems_of(text: str) -> tuple[str, ...]:
    """What a short name such as `Disdikbud` stands for in most regions; or nothing."""
    return tuple(_SHORT.get(plain(text).replace(" ", ""), "").split())


def fits(name: str, stems: tuple[str, ...]) -> bool:
    """Whether a unit's name could be what these stems abbreviate."""
    words = set(plain(name).split())
    return bool(stems) and plain(name).startswith(stems[0]) and set(stems) <= words


def initials_of(name: str) -> Iterator[str]:
    """`Badan Keuangan dan Aset Daerah` is bkad, and bka to those who leave the last one out."""
    words = [word for word in plain(name).split() if word not in _SMALL]
    if len(words) >= 3:
        yield "".join(word if word.isdigit() else word[0] for word in words)
