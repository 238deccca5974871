"""The harness itself: it serves, it watches, and it would notice."""

import pytest

from tests.databases import DATABASES

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]


def test_a_browser_reads_the_first_page(town, phone):
    page = phone.new_page()
    assert page.goto("/masuk").status == 200
    assert page.get_by_role("heading", name="Masuk", exact=True).is_visible()
    assert all(url.startswith(town.url) for url in phone.watch.asked)


@pytest.mark.parametrize(
    ("bad", "wrong"),
    [
        ('<img src="http://192.0.2.1/pixel.png" alt="">', "third party"),
        ("<script>1</script>", "console: "),
        ('<script src="/static/js/absent.js"></script>', "404: "),
        ('<p style="color: red">x</p>', "console: "),
    ],
)
def test_the_watch_notices(town, phone, bad, wrong):
    """Control: a page that asks a third party, breaks the policy or lacks a part is noticed."""
    page = phone.new_page()
    answer = phone.request.get("/masuk")

    def serve_bad(route):
        body = answer.text().replace("</main>", f"{bad}</main>")
        route.fulfill(status=200, headers=answer.headers, body=body)

    page.route("**/masuk", serve_bad)
    page.goto("/masuk")
    page.wait_for_timeout(100)
    assert any(note.startswith(wrong) for note in phone.watch.take())
