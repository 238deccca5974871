"""A question as it may be kept: nothing in it by which somebody can be reached or found. Pure.

What is hidden is never longer than what hid it, and hiding twice hides no more: so what a sender
was shown is exactly what is kept.
"""

import re
import unicodedata

#: What stands where something was hidden. Nothing that is hidden is shorter, and NFKC leaves it.
MASK = "***"
#: Characters that are never kept: control, format (they can part digits unseen), surrogates,
#: private and unassigned ones.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
#: A name that an account is called by.
_HANDLE = re.compile(r"@\w{2,}")
_SCHEME = re.compile(r"\b(?:https?|ftp)\s?:\s?//\S*|\bwww\.\S+", re.IGNORECASE)
#: A bare domain, by the endings that are typed in Indonesia: a forgotten space is no address.
_DOMAIN = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|id|info|biz|xyz|me|io|co|tv|app|dev|site|online|shop"
    r"|store|link|ly|gl|gg|page|web|news|blog|my|sg|us|ai|cc)\b(?:[/?#:]\S*)?",
    re.IGNORECASE,
)
#: Six digits or more, with up to four marks or spaces between two of them.
_NUMBER = re.compile(r"\+?\d(?:[\W_]{0,4}\d){5,}")
_HIDDEN = (_EMAIL, _HANDLE, _SCHEME, _DOMAIN, _NUMBER)


def tidied(typed: str) -> str:
    """On one line, in one spelling, without what nobody sees."""
    # Lines first: what ends one is among what is not seen.
    spelled = unicodedata.normalize("NFKC", _seen(" ".join(typed.split())))
    return " ".join(_seen(spelled).split())


def masked(text: str) -> str:
    """The same with addresses, names of accounts and long numbers hidden."""
    while (hidden := _once(text)) != text:
        text = hidden
    return text


def as_kept(typed: str) -> str:
    """What would be kept of what somebody typed."""
    return masked(tidied(typed))


def _seen(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)


def _once(text: str) -> str:
    for pattern in _HIDDEN:
        text = pattern.sub(MASK, text)
    return text
