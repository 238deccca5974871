"""/sehat says that the application lives, /siap that it can serve."""

import sqlalchemy as sa

from app.catalog.web import BrokenContent
from app.home import readiness


def test_with_the_database_there_both_answer(client):
    assert client.get("/sehat").status_code == 200
    ready = client.get("/siap")
    assert ready.status_code == 200
    assert ready.text == "Siap: basis data, disk, kunci, dan isi.\n"
    assert ready.headers["Cache-Control"] == "no-store"


def test_with_the_database_gone_only_life_is_left(db, client):
    db.execute(sa.text("ALTER TABLE alembic_version RENAME TO alembic_version_gone"))
    db.commit()
    try:
        assert client.get("/sehat").status_code == 200
        ready = client.get("/siap")
        assert ready.status_code == 503
        assert ready.headers["Retry-After"] == "10"
        assert "basis data tidak menjawab" in ready.text
    finally:
        db.execute(sa.text("ALTER TABLE alembic_version_gone RENAME TO alembic_version"))
        db.commit()
    assert client.get("/siap").status_code == 200


def test_not_even_a_cookie_makes_siap_ask_who_is_there(sign_in, cast, queries_of):
    browser = sign_in(cast.sari)
    with queries_of() as statements:
        assert browser.get("/siap").status_code == 200
    assert statements == []
    with queries_of() as statements:  # control: another page asks
        browser.get("/akun")
    assert statements


def test_each_part_that_is_missing_is_named(app, client, monkeypatch):
    """Disk, keys and content, as the database above."""
    seal = app.extensions["press"].folder / "seal.pem"
    with app.app_context():
        app.extensions["press"].keys()
    kept = seal.read_bytes()
    seal.write_text("rusak")
    monkeypatch.setattr(readiness, "_room", lambda _folder: 1_000)
    monkeypatch.setitem(app.extensions, "catalog", _broken)
    try:
        ready = client.get("/siap")
    finally:
        seal.write_bytes(kept)
    assert ready.status_code == 503
    for said in ("disk hampir penuh", "kunci segel bermasalah", "isi tidak terbaca"):
        assert said in ready.text
    monkeypatch.undo()
    assert client.get("/siap").status_code == 200


def _broken():
    raise BrokenContent("rusak")
