"""A text on one line as YAML, for whoever writes content. Pure."""

import json
import re

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ./()?-]*(?<! )")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def scalar(text: str) -> str:
    """Bare where nothing in it can be misread, else quoted."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
