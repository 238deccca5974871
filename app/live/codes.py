"""The code that people read off a projector and type into a phone. Pure.

Crockford's base 32, without what looks like something else from the back row: a typed O is a 0,
I and L are a 1, and 2/Z, 5/S and 8/B are never drawn. It names a session and opens nothing.
"""

import secrets

LENGTH = 6
LETTERS = "0134679ACDEFGHJKMNPQRTVWXY"
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code(length: int = LENGTH) -> str:
    """One of 26⁶: a few hundred million; a shorter one for a guest's card."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def meant(typed: str) -> str:
    """The code that somebody meant: `abc 1o7` is ABC107. What cannot be one stays what it is."""
    bare = "".join(letter for letter in typed.upper() if letter.isalnum())
    return bare.translate(_MEANT)[:40]


def grouped(code: str) -> str:
    """`ABC-107`, as it is shown."""
    return f"{code[:3]}-{code[3:]}"
