"""What nobody may guess has enough of chance in it, and chance of the right kind."""

import math

from app.core import ids


def test_a_session_has_256_bits_and_a_document_130(monkeypatch):
    asked = []
    real = ids.secrets.token_bytes
    monkeypatch.setattr(ids.secrets, "token_bytes", lambda size: asked.append(size) or real(size))
    token, code = ids.url_token(), ids.secret_code()
    assert asked == [32, 17]  # whoever asks `random`, or for less, is seen here
    assert len(token) * math.log2(64) >= 256
    assert len(code) * math.log2(32) == 130


def test_none_comes_twice():
    assert (
        len({ids.url_token() for _ in range(500)} | {ids.secret_code() for _ in range(500)}) == 1000
    )
