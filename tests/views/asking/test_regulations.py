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
    marks = text.count(">Sudah dicabut</span>")
    assert marks == sum(r.is_repealed for r in regulations) > 0


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


@pytest.mark.parametrize(
    ("query", "some", "none"),
    [
        ("status=dicabut", "uu-5-2014", "uu-20-2023"),
        ("status=berlaku", "uu-20-2023", "uu-5-2014"),
        ("status=diperdebatkan", "posisi-kehadiran", "uu-2-2002"),
        ("status=belum-terverifikasi", "pp-11-2017", "pp-94-2021"),
        ("jenis=skb", "skb-2022", "pp-94-2021"),
        ("jenis=permen", "permendagri-112-2014", "kepmenpanrb-16-2025"),
        ("cari=desa+kampanye", "uu-6-2014", "perpres-91-2024"),
    ],
)
def test_the_list_of_instruments_can_be_narrowed(client, query, some, none):
    _, text = page(client, f"/aturan?{query}")
    assert f'href="/aturan/{some}"' in text
    assert f'href="/aturan/{none}"' not in text


@pytest.mark.parametrize("query", ["jenis=apa", "status=<b>", "cari=%00", "cari=" + "x" * 5000])
def test_a_filter_that_names_nothing_hurts_nothing(client, query):
    page(client, f"/aturan?{query}")


def test_a_regulation_lists_the_cases_that_rest_on_each_provision(client, app):
    _, text = page(client, "/aturan/skb-2022")
    with app.app_context():
        scenarios = catalog.current().on_show
    resting = [
        s.id
        for s in scenarios
        if any(c.regulation_id == "skb-2022" for r in (*s.rulings, *s.others) for c in r.cites)
    ]
    assert resting
    assert all(f'href="/bolehkah/{id}"' in text for id in resting)
    assert f"{len(resting)} kasus di Rambu bersandar" in text


def test_what_replaced_what_is_said_on_both_pages(client):
    assert 'Menggantikan <a href="/aturan/uu-5-2014">' in page(client, "/aturan/uu-20-2023")[1]


def test_a_dispute_is_said_before_the_provisions(client):
    _, text = page(client, "/aturan/posisi-kehadiran")
    assert text.index("Masih ada perbedaan") < text.index("Ketentuan yang kami rujuk")
