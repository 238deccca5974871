"""Addresses inside this site. Pure: a link that leads elsewhere becomes the front page."""

from urllib.parse import urlsplit

HOME = "/"


def local_path(text: str | None) -> str:
    """`text` if it is a path on this site, else the front page.

    Browsers read `//host`, `/\\host` and `/<tab>/host` as another site, and drop control
    characters before they look: so none of them may occur.
    """
    if not text or not text.startswith("/") or text.startswith("//") or len(text) > 2000:
        return HOME
    if "\\" in text or any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in text):
        return HOME
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else text
