"""Public pages are kept for strangers alone: one shared cache, and nobody sees another's frame."""

import pytest

from app.core.sharing import MAX_AGE

CASE = "meneruskan-poster-ke-grup-keluarga"
SHARED = (
    "/",
    "/aturan",
    "/aturan/pp-94-2021",
    "/bolehkah",
    "/bolehkah/topik/media-sosial",
    f"/bolehkah/{CASE}",
    f"/bolehkah/{CASE}/dilema",
    "/bantuan",
    "/bantuan/privasi",
)
#: Public, and yet nobody may keep them: a token, a question, a person's document, a sign of life.
NOT_SHARED = ("/masuk", "/aktivasi", "/periksa", "/verifikasi", "/bolehkah?q=like", "/sehat")


class SharedCache:
    """What a proxy between many people and us does with what we say (RFC 9111)."""

    def __init__(self):
        self.kept = {}

    def get(self, browser, path: str):
        cookie = browser.get_cookie(browser.application.config["SESSION_COOKIE_NAME"])
        for_anybody, for_this_cookie = (path, "*"), (path, cookie and cookie.value)
        for key in (for_anybody, for_this_cookie):
            if key in self.kept:
                return self.kept[key]
        answer = browser.get(path)
        if answer.cache_control.public:
            varies = "Cookie" in answer.headers.get("Vary", "")
            self.kept[for_this_cookie if varies else for_anybody] = answer
        return answer


def test_the_cache_would_show_a_page_that_forgot_to_vary(app):
    """Control: what does not vary by cookie is given to everybody."""
    cache = SharedCache()
    assert cache.get(app.test_client(), "/gaya.css?v=1") is cache.get(
        app.test_client(), "/gaya.css?v=1"
    )
    assert ("/gaya.css?v=1", "*") in cache.kept


@pytest.mark.parametrize("path", SHARED)
def test_one_cache_for_a_visitor_and_for_those_who_signed_in(app, cast, sign_in, path):
    cache, visitor = SharedCache(), app.test_client()
    first = cache.get(visitor, path)
    assert cast.sari.full_name in cache.get(sign_in(cast.sari), path).text
    budis = cache.get(sign_in(cast.budi), path).text
    assert cast.budi.full_name in budis
    assert cast.sari.full_name not in budis
    again = cache.get(visitor, path)
    assert again is first  # out of the cache
    assert "Masuk" in first.text
    assert cast.sari.full_name not in first.text


@pytest.mark.parametrize("path", SHARED)
def test_a_stranger_is_not_sent_what_she_has(client, path):
    first = client.get(path)
    assert first.cache_control.max_age == MAX_AGE
    assert "Cookie" in first.headers["Vary"]
    assert "csrf_token" not in first.text
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data) == (304, b"")
    other = client.get(path, headers={"If-None-Match": '"lain"'})
    assert (other.status_code, other.text) == (200, first.text)


@pytest.mark.parametrize("path", SHARED)
def test_for_somebody_the_same_address_is_kept_nowhere(client, cast, sign_in, path):
    tag = client.get(path).headers["ETag"]
    hers = sign_in(cast.sari).get(path, headers={"If-None-Match": tag})
    assert hers.status_code == 200
    assert hers.headers["Cache-Control"] == "no-store"
    assert "ETag" not in hers.headers


@pytest.mark.parametrize("path", NOT_SHARED)
def test_what_is_nobody_else_s_is_never_kept(app, path):
    answer = app.test_client().get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_page_with_a_form_s_token_would_not_be_kept(app):
    """Control: the token, and not a list of addresses, keeps a page from being shared."""
    from app.core.kept import token
    from app.core.sharing import shareable

    with app.test_request_context("/"):
        assert shareable("halaman").cache_control.public
        token()
        assert not shareable("halaman").cache_control.public
