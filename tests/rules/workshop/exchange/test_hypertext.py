"""From a question's HTML to content's Markdown, and back by content's own parser."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading import markdown
from app.workshop.exchange.hypertext import plain, to_markdown, tree_of
from app.workshop.exchange.questions import Markup, Words
from app.workshop.exchange.trees import parse

SAME = [
    "<p>Satu\ndua.</p>\n<p><strong>Tebal</strong>, <em>miring</em>, <code>kode `x`</code>.</p>\n",
    "<p>Baris<br />\nbaru</p>\n",
    "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n",
    '<ol start="3">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ol>\n',
    "<blockquote>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>\n",
    "<pre><code>a\n  ```b\n</code></pre>\n<hr />\n",
    "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
    "<tbody>\n<tr>\n<td>c|d</td>\n<td></td>\n</tr>\n</tbody>\n</table>\n",
    '<p><a href="/aturan/pp-94-2021#5-n-5" class="citation">PP 94</a> '
    '<a href="/bantuan/belajar">di sini</a> '
    '<a href="https://contoh.go.id/a?b=1&amp;c" rel="nofollow noopener">luar</a></p>\n',
]


@pytest.mark.parametrize("text", SAME, ids=range(len(SAME)))
def test_what_content_can_say_stays_the_same(text):
    assert markdown.read(to_markdown(parse(text))).html() == text


OTHERS = {
    "<h2>Judul <b>x</b></h2><p>a": "**Judul x**\n\na",
    "a<div>b</div>c": "a\n\nb\n\nc",
    "<p>a<li>b": "a\n\nb",
    "a &nbsp; b&#8217;s": "a   b’s".replace("  ", " \xa0"),
    "<script>alert(1)</script><style>p{}</style>a<!-- b -->": "a",
    '<a href="javascript:alert(1)">klik</a>': "klik (javascript:alert(1))",
    '<img src="@@PLUGINFILE@@/a.png" alt="grafik">': "(gambar: grafik)",
    '<img src="a.png">': "(gambar: a.png)",
    '<img src="data:image/png;base64,AAAA">': "(gambar: tanpa nama)",
    "<b> tebal </b>saja": "**tebal** saja",
    "<b></b>": "",
    "<br>a<br><br>": "a",
    "1. a": "1\\. a",
    "# a\n- b": "\\# a\n\\- b",
    "<u>a<sub>2</sub></u>": "a₂",
    "10<sup>2</sup>, a<sup>ke</sup>": "10², ake",
    "<p>a</p><p>&nbsp;</p><p>b</p>": "a\n\nb",
    "<math><mrow><mi>a</mi><mo>+</mo></mrow></math>": "a +",
    "<q>a</q> <s>b</s>": "“a” (dicoret: b)",
    "<p class=Mso><![if !supportLists]>a<![endif]><o:p></o:p></p><!--[if x]>b<![endif]-->": "a",
    "a <![CDATA[b]]> <![ <!x <?y ?> </z>": "a b \\<!\\[ \\<!x \\<?y ?> \\</z>",
}


@pytest.mark.parametrize(("text", "expected"), OTHERS.items(), ids=range(len(OTHERS)))
def test_of_anything_else_the_words_remain(text, expected):
    assert to_markdown(parse(text)) == expected


def test_every_markup_of_moodle_is_read():
    text = "a <b>b</b>\nc\n\n*d*"
    read = {markup: to_markdown(tree_of(Words(text, markup))) for markup in Markup}
    assert read == {
        Markup.HTML: "a **b**\nc\n\\*d\\*",
        Markup.MARKDOWN: "a **b**\nc\n\n*d*",
        Markup.PLAIN: "a \\<b>b\\</b>\\\nc\n\n\\*d\\*",
        Markup.MOODLE: "a **b**\\\nc\n\n\\*d\\*",
    }


def test_a_picture_in_markdown_is_named():
    text = f"Lihat ![poster](data:image/png;base64,{'A' * 300}) dan ![](@@PLUGINFILE@@/b%20c.png)"
    said = to_markdown(tree_of(Words(text, Markup.MARKDOWN)))
    assert said == "Lihat (gambar: poster) dan (gambar: b c.png)"


LISTS = {
    "<ol type=a><li>x<li>y</ol>": "- a. x\n- b. y",
    "<ol style='list-style-type: upper-roman'><li>x<li>y</ol>": "- I. x\n- II. y",
    "<ol><li>x<li value=5>y</ol>": "- 1\\. x\n- 5\\. y",
    "<ol reversed><li>x<li>y</ol>": "- 2\\. x\n- 1\\. y",
    "<ol start=-1><li>x</ol>": "- \\-1. x",
    "<ol start=7><li>x<li>y</ol>": "7. x\n8. y",
    "<ol><li>x</ol><ol><li>y</ol><ol><li>z</ol>": "1. x\n\n1) y\n\n1. z",
    "<ul><li>x<ul><li>y</ul></ul><ul><li>- z</ul>": "- x\n  - y\n\n* \\- z",
    "<ul><li>x</ul><ol><li>y</ol>": "- x\n\n1. y",
    "<ol><li><ul><li>x</ul><li></ol>": "1. - x\n2.",
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_a_list_counts_as_its_author_counted(text, expected):
    assert to_markdown(parse(text)) == expected


TABLES = {
    "<table><caption>Judul</caption><tr><th>a<th>b<tr><td colspan=2>c<tr><td>d<td>e</table>": (
        "Judul\n\n| a | b |\n| --- | --- |\n| c |  |\n| d | e |"
    ),
    "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>": "| a | b |\n| --- | --- |\n|  | c |",
    "<table><tr><td><ul><li>a<li>b</ul><td><p>c<p>d</table>": ("| • a • b | c d |\n| --- | --- |"),
    "<table><tr><td>a|b<td><code>c|d</code></table>": "| a\\|b | `c\\|d` |\n| --- | --- |",
}


@pytest.mark.parametrize(("text", "expected"), TABLES.items(), ids=range(len(TABLES)))
def test_a_table_keeps_its_text_and_its_columns(text, expected):
    assert to_markdown(parse(text)) == expected


def test_links_of_others_never_become_pages_of_ours():
    text = (
        '<a href="/mod/quiz/view.php?id=1">kuis</a> <a href="#x">a</a> <a href="http://b.id">b</a>'
    )
    said = to_markdown(parse(text), is_ours=False)
    assert said == "kuis (/mod/quiz/view.php?id=1) a b (http://b.id)"


def test_links_to_our_own_pages_become_ours_again():
    site = "https://rambu.contoh.go.id"
    law = f'<a class="citation" href="{site}/aturan/pp-94-2021#5">a</a>'
    assert to_markdown(parse(law)) == "[a](aturan:pp-94-2021#5)"
    page = f'<a href="{site}/bantuan/x">a</a>'
    assert to_markdown(parse(page), site) == "[a](/bantuan/x)"
    assert to_markdown(parse(page)) == f"[a]({site}/bantuan/x)"


def test_a_text_of_a_hundred_thousand_elements_does_not_exhaust_anything():
    text = "<div>" * 100_000 + "a" + "<ul><li>" * 10_000 + "b"
    assert plain(parse(text)).replace(" ", "") == "ab"
    assert "a" in to_markdown(parse(text))


PROSE = st.text(
    st.one_of(
        st.sampled_from("\\`*_[]<>&#+-=|:~!.)(1 \n"),
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]),
    ),
    max_size=60,
)


@given(PROSE)
def test_no_character_of_a_text_becomes_markup(text):
    words = re.sub(r"[ \t]*\n\s*", "\n", re.sub(r" +", " ", text)).strip()
    expected = f"<p>{html.escape(words).replace('&#x27;', chr(39))}</p>\n" if words else ""
    shown = markdown.read(to_markdown(parse(f"<p>{html.escape(text)}</p>"))).html()
    assert shown == expected
