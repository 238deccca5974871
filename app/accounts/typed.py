"""What somebody had typed when her session ended, kept for her alone until she is back.

It stays in her own browser, sealed and bound to her: somebody else who signs in there cannot open
it. Passwords, codes and files are never kept, nor what is too long for a cookie, which no form of
ours is; then the sign-in page says so.
"""

import json
from functools import partial
from zlib import compress, decompress

from flask import flash, g, request, session
from werkzeug.datastructures import MultiDict

from app.accounts import operations, queries, sealed
from app.core import clock

#: Where the signed cookie has it, and the longest that it may be there: browsers take 4 kB in all.
KEPT, LONGEST = "typed", 2_800
#: Seconds for which it is worth anything.
LIFE = 3_600
#: Fields that are a proof, or make one; `tests/views/accounts/test_typed.py` looks for others.
SECRET = frozenset({"password", "old", "new", "repeat", "code", "csrf_token"})
#: What the sign-in page says.
WAITS = "Sesi Anda berakhir. Yang Anda ketik tersimpan; masuk untuk melanjutkan."
TOO_LONG = (
    "Sesi Anda berakhir, dan yang Anda ketik terlalu panjang untuk menunggu di sini. Tekan tombol "
    "kembali di peramban dan salin dahulu, lalu masuk."
)
UNSENT = (
    "Sesi Anda berakhir sebelum kiriman Anda sampai, jadi belum ada yang tersimpan. Periksa, lalu "
    "kirim sekali lagi."
)
BACK = "Isian Anda masih ada di bawah, kecuali kata sandi, kode, dan berkas."
_PURPOSE = "typed"


def keep(page: str | None) -> None:
    """Keep the form of this request, to be shown on `page`, if the cookie says whose it is."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in SECRET]
    owner_id = queries.owner_of_session(operations.digest(str(session.get("_user_id"))))
    if owner_id is None or page is None or not fields:
        return
    said = json.dumps([int(clock.now().timestamp()), page, fields])
    kept = sealed.seal(_PURPOSE, f"people:{owner_id}", compress(said.encode(), 9))
    is_kept = len(kept) <= LONGEST
    if is_kept:
        session[KEPT] = kept
    flash(WAITS if is_kept else TOO_LONG, "warning")


def show(person_id: int) -> None:
    """Let the forms of this page begin with what was typed into them, once."""
    if KEPT not in session or request.method != "GET":
        return
    at, page, fields = _opened(session[KEPT], person_id)
    if page == request.path:
        del session[KEPT]
        if 0 <= clock.now().timestamp() - at <= LIFE:
            flash(UNSENT, "warning")
            g.typed = partial(_taken, MultiDict(fields))


def _taken(fields: "MultiDict[str, str]") -> "MultiDict[str, str]":
    """What a form begins with. Pages that write their forms by hand do not ask."""
    flash(BACK, "warning")
    return fields


def _opened(kept: str, person_id: int) -> tuple[float, str | None, list[tuple[str, str]]]:
    """When, where and what. Of somebody else: nothing, nowhere."""
    try:
        said = sealed.opened(_PURPOSE, f"people:{person_id}", kept)
    except sealed.NotOpened:
        del session[KEPT]
        return 0, None, []
    at, page, fields = json.loads(decompress(said))
    return at, page, [(name, text) for name, text in fields]
