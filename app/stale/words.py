"""How officials write the names of instruments: the pieces from which the rules are made."""

import re

#: Inside a pattern a blank stands for white space, and ~ for perhaps some.


def pattern(text: str) -> re.Pattern:
    """A pattern of any case in which a blank stands for white space and ~ for perhaps some."""
    return re.compile(text.replace(" ", r"\s+").replace("~", r"\s*"), re.IGNORECASE)


#: `Nomor`, `No.`, `No:`, or nothing.
NUMBER = r"~(?:nomor|nomer|nmr|no)?~[.:]*~"
#: Between a number and a year: `5/2014`, `5 Tahun 2014`, `5 Th. 2014`, `5 (2014)`, `5-2014`.
YEAR = r"(?:~[/(,-]~| |(?=t))(?:(?:tahun|thn|th)~\.?~)?"
_OF_THE_REPUBLIC = r"RI|R\.I\.?|Republik Indonesia"
_OF_STAFF = r"ASN|Aparatur Sipil Negara|tentang ASN|tentang Aparatur Sipil Negara"
#: `UU`, `Undang – Undang`, `UNDANG UNDANG RI`, `UU ASN`, `Undang-Undang (UU)`.
ACT_NAME = r"(?<![\w-])(?:UU|U\.U\.?|undang[\s-]*undang|undang2|UUASN)"
ACT = rf"{ACT_NAME}(?:[\s(-]*(?:{_OF_THE_REPUBLIC}|{_OF_STAFF}|UU)\b\)?){{0,4}}"
ACT_OF_STAFF = (
    rf"{ACT_NAME}(?:[\s(-]*(?:{_OF_THE_REPUBLIC}|UU)\b\)?){{0,3}}[\s(-]*(?:{_OF_STAFF})\b\)?"
)
#: `PP`, `Peraturan Pemerintah (PP) RI`.
RULE_OF_GOVERNMENT = (
    rf"(?<![\w-])(?:PP|P\.P\.?|peraturan pemerintah)(?:[\s(]*(?:{_OF_THE_REPUBLIC}|PP)\b\)?){{0,3}}"
)
JOINT_DECREE = r"\b(?:SKB|(?:surat )?keputusan bersama)\b"
ARTICLE = r"\b(?:pasal|psl|ps)\b~\.?~"
STAFF = r"\b(?:ASN|PNS|CPNS|PPPK|P3K|pegawai(?! KPU)|aparatur)\b"
MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:s(?:tus)?)?|sept?"
    r"(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\.?"
)
#: A day of a year: `22 September {year}`, `22-9-{year}`, `22/09/{year}`.


def day_of(year: str, day: str = r"\d{1,2}", month: str = MONTH, number: str = r"0?\d{1,2}") -> str:
    return rf"(?<!\d){day}(?: {month} |~[-/.]~{number}~[-/.]~){year}\b"
