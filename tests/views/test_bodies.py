"""What a request may carry: every address has a limit, and beyond it there is a page of ours."""

import re

import pytest

from app.asking.linting import LONGEST
from app.core import web
from app.core.bodies import FORM, LIMITS, REFUSED, limit_of
from app.rosters.cells import MAX_BYTES
from app.sealing.checks import LARGEST


def posts(app) -> set[str]:
    """Addresses that take a POST, as the map has them."""
    return {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def test_every_address_that_takes_a_post_has_a_limit(app):
    """What the table does not name has 64 kB."""
    for rule in posts(app):
        path = re.sub(r"<int:\w+>", "1", rule)
        with app.test_request_context(re.sub(r"<\w+>", "x", path), method="POST") as asked:
            web._begin()
            allowed = asked.request.max_content_length
            assert allowed == LIMITS.get(rule, FORM), rule
            assert asked.request.max_form_memory_size == allowed


def test_the_table_names_addresses_that_there_are_and_what_they_take(app):
    assert LIMITS.keys() <= posts(app)
    assert not any("<" in path for path in LIMITS)  # they are compared letter by letter
    assert limit_of("/periksa") >= len("%F0%9F%99%82") * LONGEST
    assert limit_of("/verifikasi/berkas") > LARGEST
    assert limit_of("/pegawai/impor") > MAX_BYTES
    assert max(LIMITS.values()) == limit_of("/pegawai/impor")


@pytest.mark.parametrize(("size", "status"), [(FORM, 422), (FORM + 1, 413)])
def test_a_form_that_is_too_large_gets_a_page(client, db, size, status):
    fields = {"number": "x" * (size - len("number="))}
    answer = client.post("/masuk", data=fields)
    assert answer.status_code == status
    assert ("Kiriman terlalu besar" in answer.text) is (status == 413)


@pytest.mark.parametrize("status", [408, 411, 413, 503])
def test_a_body_that_was_not_read_gets_a_page_and_does_nothing(client, db, status):
    """As `core.front` says it; a header of that name says nothing."""
    refused = client.post("/masuk", data={"number": "1"}, environ_overrides={REFUSED: status})
    assert refused.status_code == status
    assert "<h1>" in refused.text
    said = client.post("/masuk", data={"number": "1"}, headers={"Rambu.Refused": str(status)})
    assert said.status_code == 422


def test_our_javascript_gets_a_sentence(client, db):
    answer = client.post(
        "/percobaan/1/soal/1",
        json={},
        environ_overrides={REFUSED: 408},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 408
    assert "Coba sekali lagi" in answer.json["error"]
