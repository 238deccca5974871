"""Markdown becomes HTML that cannot hurt, whatever an editor pastes."""

import re

import html5lib
import pytest

from app.reading import markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<!-- --><b onmouseover=alert(1)>x</b>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//jahat.example/)",
    "[x](/\\jahat.example/)",
    "[x](\\\\jahat.example)",
    "[x](http://jahat.example)",
    "[x](file:///etc/passwd)",
    '[x](aturan:x"onmouseover=alert(1))',
    "[x](aturan:../../keluar)",
    '[x](/a "t\\" onmouseover=alert(1)")',
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://jahat.example/pixel.gif)",
    "![x](//jahat.example/pixel.gif)",
    "![x](/static/../keluar)",
    '![x" onerror=alert(1)](/static/a.svg)',
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    '```"><script>alert(1)</script>\n</code><script>alert(1)</script>\n```',
    "| a |\n|:-:|\n| <script>alert(1)</script> |",
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAGS = set(
    re.findall(r"\w+", "html head body p a em strong code pre table thead tbody tr th td img")
)
ATTRIBUTES = {"href", "class", "rel", "src", "alt"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_render_inert(attack):
    rendered = markdown.read(attack).html()
    tree = html5lib.parse(rendered, namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in TAGS, rendered
        assert set(element.attrib) <= ATTRIBUTES, rendered
        for address in (element.get("href", "/"), element.get("src", "/static/")):
            assert address.startswith(("/", "https://")), rendered
            assert not address.startswith(("//", "/\\")), rendered
        if element.tag == "img":
            assert element.get("src").startswith("/static/")
            assert ".." not in element.get("src")


def test_links_of_each_kind():
    html = markdown.read(
        "[a](aturan:pp-94-2021#5-n-6) [b](aturan:skb-2022) [c](/kursus) [d](https://jdih.example/x)"
    ).html()
    assert '<a href="/aturan/pp-94-2021#5-n-6" class="citation">a</a>' in html
    assert '<a href="/aturan/skb-2022" class="citation">b</a>' in html
    assert '<a href="/kursus">c</a>' in html
    assert '<a href="https://jdih.example/x" rel="nofollow noopener">d</a>' in html


def test_tables_come_without_inline_styles():
    html = markdown.read("| a | b |\n|--:|:-:|\n| 1 | 2 |").html()
    assert "<table>" in html
    assert "style" not in html


def test_headings_are_lowered_and_never_beyond_six():
    passage = markdown.read("# a\n\n##### b\n\n###### c")
    assert passage.html(shift=1) == "<h2>a</h2>\n<h6>b</h6>\n<h6>c</h6>\n"


def test_rendering_twice_gives_the_same():
    passage = markdown.read("# a\n\n[x](aturan:skb-2022) ![](/static/a.svg)")
    assert passage.html(1) == passage.html(1)


def test_links_and_images_know_their_lines():
    passage = markdown.read("a\nb [x](/satu)\n\n- c\n- ![](/static/d.svg)", line=10)
    assert [(link.href, link.line) for link in passage.links()] == [("/satu", 11)]
    assert [(image.src, image.line) for image in passage.images()] == [("/static/d.svg", 14)]


def test_sentences_are_cut_where_a_reader_breathes():
    passage = markdown.read('Satu di PP No. 94 itu. Dua,\nlalu "tiga." Empat?\n\n- Lima', line=5)
    assert list(passage.sentences()) == [
        (5, "Satu di PP No. 94 itu."),
        (5, 'Dua, lalu "tiga.'),
        (6, "Empat?"),
        (8, "Lima"),
    ]


def test_words_are_counted_as_people_count_them():
    assert markdown.read("Pasal 5 huruf n, PP 94/2021: **jangan** ikut-ikutan!").words == 8
