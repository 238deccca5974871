"""Our own files travel compressed to whoever takes them so, and as they are to everybody else."""

import gzip

import pytest

from app.config import PROJECT

STATIC = PROJECT / "app" / "static"
PACKED = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("name", ["live/phone.js", "live/phone.css", "icons.svg"])
def test_what_grows_smaller_is_packed_once_and_is_the_same(wired_app, name):
    client = wired_app.test_client()
    with client.get(f"/static/{name}?v=1", headers=PACKED) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.data) == (STATIC / name).read_bytes()
        assert len(answer.data) < (STATIC / name).stat().st_size
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "immutable" in answer.headers["Cache-Control"]
        tag = answer.headers["ETag"]
    with client.get(f"/static/{name}?v=1", headers=PACKED | {"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_who_does_not_take_it_gets_it_as_it_is_and_a_picture_is_never_packed(wired_app):
    client = wired_app.test_client()
    with client.get("/static/live/phone.js") as plain:
        assert "Content-Encoding" not in plain.headers
        assert plain.data == (STATIC / "live" / "phone.js").read_bytes()
    with client.get("/static/preview.png", headers=PACKED) as picture:
        assert "Content-Encoding" not in picture.headers
    assert client.get("/static/none.js", headers=PACKED).status_code == 404
