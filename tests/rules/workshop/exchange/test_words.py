"""No word of a question's HTML is lost, none is said twice, and no two become one."""

import html
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.reading import markdown
from app.workshop.exchange.elements import KNOWN
from app.workshop.exchange.hypertext import plain, to_markdown
from app.workshop.exchange.trees import DEEPEST, Node, parse
from tests.rules.workshop.exchange.trees import TREES, counted, laid_out


def shown(text):
    """What a reader of the draft sees, with a blank where the page begins something new."""
    page = markdown.read(to_markdown(parse(text))).html()
    page = re.sub(r"</?(?:strong|em|a|code)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


BLOCKS = """
    address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li listing main marquee menu nav
    ol p pre search section summary td th title tr ul xmp label button option output
"""
BESIDE = {
    "a block of every kind": [f"<{x}>Senin</{x}><{x}>Selasa</{x}>" for x in BLOCKS.split()],
    "breaks of every kind": [
        f"Senin{br}Selasa"
        for br in ("<br>", "<br/>", "<BR />", "</br>", "<br clear='all'>", "<hr>", "</p>", "</div>")
    ],
    "in code and as it stands": [
        "<pre>Senin<br>Selasa</pre>",
        "<code>Senin<br>Selasa</code>",
        "<pre><p>Senin</p><p>Selasa</p></pre>",
        "<pre><div>Senin</div>Selasa</pre>",
        "<pre><code>Senin<br/>Selasa</code></pre>",
        "<pre><span>Senin</span><br><span>Selasa</span></pre>",
        "<code><p>Senin</p>Selasa</code>",
        "<kbd>Senin<br>Selasa</kbd>",
        "<td><pre>Senin<br>Selasa</pre></td>",
        "<pre><table><tr><td>Senin</td><td>Selasa</td></tr></table></pre>",
        "<pre>Senin<img alt=''>Selasa</pre>",
        "<textarea>Senin\nSelasa</textarea>",
    ],
    "lists": [
        "<ul><li>Senin</li><ul><li>Selasa</li></ul></ul>",
        "<ul>Senin<li>Selasa</li></ul>",
        "<ul><li>Senin</li>Selasa</ul>",
        "<ol><li>Senin</li><p>Selasa</p></ol>",
        "<ol><p>Senin</p><li>Selasa</li></ol>",
        "<ul><div><li>Senin</li><li>Selasa</li></div></ul>",
        "<ol><b><li>Senin</li></b><li>Selasa</li></ol>",
        "<ol><ol><ol><li>Senin</li></ol></ol><li>Selasa</li></ol>",
        "<ul><div><p>Senin</p></div><li>Selasa</li></ul>",
        "<ul><a href='x'>Senin</a><li>Selasa</li></ul>",
        "<dl><dt>Senin</dt><dd>Selasa</dd></dl>",
        "<dl><div><dt>Senin<dd>Selasa</div></dl>",
        "<dl>Senin<dd><ul><li>Selasa</ul></dl>",
        "<ul><li>Senin<ol start=3><li>Selasa</ol></ul>",
        "<ul><li></li><li>Senin</li><li><ul><li>Selasa</ul></li></ul>",
        "<ol><li><p>Senin</p><hr>Selasa</li></ol>",
        "<menu><li>Senin<li>Selasa</menu>",
        "<dir><li>Senin<li>Selasa</dir>",
        "<li>Senin<li>Selasa",
        "<ul><table><tr><td>Senin</td></tr></table><li>Selasa</li></ul>",
        "<ol type=a><li><ul><li>Senin</ul></li><li>Selasa</li></ol>",
    ],
    "tables": [
        "<table><caption>Senin</caption><tr><td>Selasa</td></tr></table>",
        "<table>Senin<tr><td>Selasa</td></tr></table>",
        "<table><tr>Senin<td>Selasa</td></tr></table>",
        "<table><tr><td>Senin</td>Selasa</tr></table>",
        "<table><td>Senin<td>Selasa</table>",
        "<table><tbody><td>Senin</td></tbody><tfoot><tr><th>Selasa</table>",
        "<table><form><tr><td>Senin</td></tr></form><tr><b><td>Selasa</td></b></tr></table>",
        "<table><tr><td>Senin<table><tr><td>Selasa</td></tr></table></td></tr></table>",
        "<table><tr><td><p>Senin</p><p>Selasa</p></td></tr></table>",
        "<table><tr><td>Senin<br>Selasa</td></tr></table>",
        "<table><tr><td><ul><li>Senin<li>Selasa</ul></td></tr></table>",
        "<table><tr><td><ol><li>Senin<li><ul><li>Selasa</ul></ol></td></tr></table>",
        "<table><tr><td><dl><dt>Senin<dd>Selasa</dl></td></tr></table>",
        "<table><tr><td rowspan=2>Senin</td></tr><tr><td>Selasa</td></tr></table>",
        "<table><tr><td colspan=999999>Senin</td><td>Selasa</td></tr></table>",
        "<table><colgroup><col></colgroup><div>Senin</div><tr><td>Selasa</td></tr></table>",
        "<table><caption>Senin</caption></table>Selasa",
        "<table><tr><td>Senin</td></tr></table><table><tr><td>Selasa</td></tr></table>",
        "<table><tr><th><h3>Senin</h3>Selasa</th></tr></table>",
        "<td>Senin</td><td>Selasa</td>",
        "<table><tr><td>Senin</div></td><td>Selasa</td></tr></table>",
    ],
    "drawings, formulas, forms, frames": [
        "<svg><text>Senin</text><text>Selasa</text></svg>",
        "<svg><title>Senin</title><g><text><tspan>Selasa</tspan></text></g></svg>",
        "<math><mfrac><mi>Senin</mi><mi>Selasa</mi></mfrac></math>",
        "<select><option>Senin<option>Selasa</select>",
        "<select><optgroup label=Senin><option>Selasa</optgroup></select>",
        "<datalist><option>Senin</option><option>Selasa</option></datalist>",
        "<input value=Senin><input placeholder=Selasa>",
        "<button>Senin</button><input type=submit value=Selasa>",
        "<video><p>Senin</p></video>Selasa",
        "<object data=x>Senin</object>Selasa",
        "<iframe src=x>Senin</iframe>Selasa",
        "<noscript>Senin</noscript><noframes>Selasa</noframes>",
        "<ruby>Senin<rt>Selasa</rt></ruby>",
        "<figure><img src=x><figcaption>Senin</figcaption></figure>Selasa",
        "<details><summary>Senin</summary>Selasa</details>",
        "<map><area alt=Senin href=x></map>Selasa",
        "<template>Senin</template>Selasa",
        "<span style='display:block'>Senin</span><span style='display:block'>Selasa</span>",
        "<b style='display: inline-block'>Senin</b>Selasa",
        "<a href='x'><p>Senin</p></a>Selasa",
        "<o:p>Senin</o:p><p>Selasa</p>",
        "<html><head><title>Senin</title></head><body>Selasa</body></html>",
        "<b><p>Senin</p><p>Selasa</p></b>",
        "<frameset><frame src=x></frameset>Senin<noembed>Selasa</noembed>",
    ],
    "what is broken": [
        "<p>Senin<p>Selasa",
        "<div>Senin</p>Selasa",
        "Senin<div",
        "Senin <!-- Selasa",
        "<script>Senin <p>Selasa",
        "<style>Senin <b>Selasa</b>",
        "<textarea>Senin <b>Selasa</b>",
        "<table><tr><td>Senin<div>Selasa",
        "<a href=\"x>Senin</a> Selasa",
        "<p title='it's'>Senin</p>Selasa",
        "<p title=\"a>b\">Senin</p>Selasa",
        "<plaintext>Senin<p>Selasa",
        "<![CDATA[Senin]]><p>Selasa</p>",
        "<![if !supportLists]>Senin<![endif]> <?xml:namespace prefix = o />Selasa",
        "<!doctype html><p>Senin<p>Selasa",
        "<b>Senin<p>Selasa</b></p>",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [pytest.param(t, id=f"{kind}: {t}") for kind, texts in BESIDE.items() for t in texts]
)
def test_monday_and_tuesday_stay_two_words(text):
    for said in (shown(text), plain(parse(text))):
        words = re.findall(r"\w+", said)
        if said or "Senin<div" not in text:
            assert words.count("Senin") == 1, said
            assert words.count("Selasa") == ("Selasa" in text), said


@given(st.lists(TREES, max_size=6))
@settings(max_examples=300)
@example([("ol", [("li", ["", ("hr", [])]), ("ol", [("li", [""])])])])
def test_every_word_of_any_tree_is_shown_once_and_apart(trees):
    numbers = counted()
    text = laid_out(("div", trees), numbers)
    wanted = sorted(f"k{n}" for n in range(next(numbers)))
    assert sorted(re.findall(r"(?:k\d+)+", shown(text))) == wanted, text
    assert sorted(re.findall(r"(?:k\d+)+", plain(parse(text)))) == wanted, text


LETTERS = st.text(
    st.sampled_from("<>/!-?&;=\"' \nabip1#[]") | st.characters(codec="utf-8", categories=["L"]),
    max_size=40,
)


@given(LETTERS)
@settings(max_examples=300)
def test_letters_in_any_broken_markup_are_kept_unless_they_are_markup(text):
    """Whatever is no known element stands in the draft as it was typed."""
    known = {"a", "b", "i", "p"}
    tags = {m.lower() for m in re.findall(r"</?([a-zA-Z][^\s/<>\"'=]*)", text)}
    if tags & known or "<!--" in text or "<?" in text or "<![" in text or "&" in text:
        return
    if any(tag in KNOWN for tag in tags):
        return
    assert "".join(plain(parse(text)).split()) == "".join(text.split())


STRANGERS = """
    <nama calon>|<nama>|<NIP>|<isi di sini>|<nama.calon>|<1>|< 5|<5|<=|<<nama>>|<->|<3|<!penting>
    |<?apa?>|</salah>|<a@b.id>|<data pemilih>|<data>|<link>|<link grup>|<menu utama>|<title>|<x
    |<image calon>|<form pengaduan>|<rt>|<RT>|<video kampanye>|<summary>|<address>|<nama-calon/>
    |<calon "Budi">|<b dan c>|<Nama Lengkap>|<...>|<tanggal
"""


@pytest.mark.parametrize("words", [words.strip() for words in STRANGERS.split("|")])
def test_words_in_angle_brackets_that_are_no_element_are_words(words):
    text = f"Pesan {words} menang"
    assert plain(parse(text)) == text
    assert shown(text) == text


def test_what_was_typed_as_words_ends_as_words():
    text = "Pesan <data pemilih>isi</data> dan <nama>Budi</nama>"
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a&nbsp;b &amp; c", "a b & c"),
        ("a&nbspb", "a b"),
        ("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3"),
        ("&tidakada; &#8217; &#x2019; &eacute;", "&tidakada; ’ ’ é"),
        ("AT&T &", "AT&T &"),
        ("ke&shy;pa\u00adla", "kepala"),
    ],
)
def test_entities_are_letters_and_other_ampersands_stay(text, expected):
    assert plain(parse(text)) == expected
    assert shown(text).replace("\xa0", " ") == expected


def test_deep_nesting_loses_no_word_and_glues_none():
    deep = "".join(f"<div>k{n}" for n in range(DEEPEST * 3))
    assert re.findall(r"\w+", shown(deep)) == [f"k{n}" for n in range(DEEPEST * 3)]
    closed = "<div>" * 60 + "a</div>b<p>c</p>d" + "</div>" * 59 + "e"
    assert shown(closed) == "a b c d e"


@pytest.mark.parametrize(
    "text",
    ["<" * 50_000, "<a " * 20_000, '<a "' * 12_000, "<!--" * 12_000, "<![CDATA[" * 5_000,
     "&" * 50_000, "<p title='" * 5_000, "<b>!</b>" * 6_000, "<b>" + "!" * 20_000 + "</b>a",
     "<script>" * 6_000, "<table>" * 7_000, "<td colspan=1000 rowspan=1000>" * 1_500,
     "<ul>" * 12_000, "*" * 50_000],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_no_text_takes_long(text):

    start = time.process_time()
    to_markdown(parse(text))
    plain(parse(text))
    assert time.process_time() - start < 5


MARKED = {
    "<b>Tidak</b>boleh": "**Tidak**boleh",
    "ke<b>pada</b>nya": "ke**pada**nya",
    "<b>Tidak.</b>boleh": "**Tidak**.boleh",
    "<b>Tidak:</b> boleh": "**Tidak:** boleh",
    "kata<b>“tebal”</b>lagi": "kata“**tebal**”lagi",
    "<b>(a)</b>b": "**(a**)b",
    "<i>a</i><i>b</i>": "*ab*",
    "<b>a</b><b>b</b> c": "**ab** c",
    "<b>a <b>b</b> c</b>": "**a b c**",
    "<b>a</b><i>b</i>": "**a***b*",
    "<i>a</i><b>b</b>": "*a***b**",
    "<b>a<br></b>b": "**a**\\\nb",
    "<b> tebal </b>saja": "**tebal** saja",
    "a<b> tebal</b>": "a **tebal**",
    "<b>!</b>a": "!a",
    "<b><p>a</p><p>b</p></b>": "**a**\n\n**b**",
    "<span style='font-weight: 700'>a</span>b": "**a**b",
    "<b>a<ul><li>b</li></ul></b>": "**a**\n\n- **b**",
    "<b>5</b>%": "**5**%",
    "a<b>€</b>b": "a€b",
    "<b>a</b>€": "**a**€",
    "<b><a href='https://a.id'>x</a></b>y": "[x](https://a.id)y",
    "Lihat!<a href='https://a.id'>x</a>": "Lihat\\![x](https://a.id)",
    "<b>Pasal 9</b>ayat": "**Pasal 9**ayat",
}


@pytest.mark.parametrize(("text", "expected"), MARKED.items())
def test_emphasis_beside_a_letter_survives_or_gives_way(text, expected):
    assert to_markdown(parse(text)) == expected
    assert "*" not in shown(text)


INLINE = st.recursive(
    st.sampled_from([*"ab .“)€1!é*_&\n", "<br>"]),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "b", "i", "code", "u"]), st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


def run_on(tree):
    if isinstance(tree, str):
        return tree if tree == "<br>" else html.escape(tree)
    tag, inner = tree
    return f"<{tag}>{''.join(map(run_on, inner))}</{tag}>"


@given(st.lists(INLINE, max_size=8))
@settings(max_examples=300)
def test_no_mark_of_emphasis_is_ever_read_as_a_letter(trees):
    text = "".join(map(run_on, trees))
    seen = html.unescape(re.sub(r"<[^>]*>", "", text.replace("<br>", " ")))
    assert "".join(shown(text).split()) == "".join(seen.split())


def test_a_comment_or_an_end_is_no_element():
    assert parse("<!--a-->").children == [Node("#comment", {}, ["a"])]
    assert parse("a</div>").children == ["a", Node("#end")]
