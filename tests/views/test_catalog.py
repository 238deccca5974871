"""Law and help for anybody: /aturan and /bantuan, without a sign-in."""

import html5lib
import pytest

from app import catalog


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return html5lib.parse(response.text, namespaceHTMLElements=False), response.text


def test_the_list_names_every_instrument_and_marks_the_repealed(client, app):
    tree, text = page(client, "/aturan")
    with app.app_context():
        regulations = catalog.current().regulations.values()
    links = {a.get("href") for a in tree.iter("a")}
    assert {f"/aturan/{regulation.id}" for regulation in regulations} <= links
    assert text.count("Sudah dicabut") == sum(r.is_repealed for r in regulations) > 0


def test_every_regulation_page_shows_its_provisions_under_their_anchors(client, app):
    with app.app_context():
        regulations = catalog.current().regulations.values()
    for regulation in regulations:
        tree, text = page(client, f"/aturan/{regulation.id}")
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert set(regulation.provisions) <= set(ids)
        assert len(ids) == len(set(ids)), regulation.id
        assert len(list(tree.iter("h1"))) == 1
        for form in ("src", "action"):
            assert f'{form}="http' not in text


def test_repealed_law_says_so_first_and_points_to_what_replaced_it(client):
    _, text = page(client, "/aturan/uu-5-2014")
    assert "Aturan ini tidak berlaku lagi sejak 31 Oktober 2023" in text
    assert 'href="/aturan/uu-20-2023"' in text
    assert text.index("Aturan ini tidak berlaku lagi") < text.index("Ketentuan yang kami rujuk")


def test_a_provision_says_in_plain_words_how_sure_we_are(client):
    _, text = page(client, "/aturan/pp-94-2021")
    assert "Terverifikasi: isi dan nomornya" in text
    assert "Belum terverifikasi: jangan dipakai" in text or "Satu sumber:" in text


def test_the_source_is_a_link_that_leaks_nothing(client):
    tree, _ = page(client, "/aturan/pp-94-2021")
    (source,) = [a for a in tree.iter("a") if a.get("href", "").startswith("https://")]
    assert source.get("rel") == "nofollow noopener noreferrer"


@pytest.mark.parametrize(
    "url",
    [
        "/aturan/tidak-ada",
        "/aturan/%2e%2e",
        "/aturan/<script>",
        "/bantuan/tidak-ada",
        "/aturan/" + "x" * 5000,
    ],
)
def test_what_is_not_there_is_a_decent_404(client, url):
    response = client.get(url)
    assert response.status_code == 404
    assert "<script>" not in response.text.replace('<script src="', "")


def test_every_guide_opens_from_the_list(client, app):
    tree, _ = page(client, "/bantuan")
    links = {a.get("href") for a in tree.iter("a")}
    with app.app_context():
        guides = catalog.current().guides
    for slug in guides:
        assert f"/bantuan/{slug}" in links
        guide, _ = page(client, f"/bantuan/{slug}")
        assert len(list(guide.iter("h1"))) == 1
