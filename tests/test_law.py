"""No sentence of law stands in the code: articles, instruments and repeals are content."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import PROJECT

FILES = [
    path
    for path in sorted((PROJECT / "app").rglob("*"))
    if path.suffix in {".py", ".html", ".js", ".css", ".svg", ".txt"}
]
#: Blanks, also as a regular expression of ours would write them.
_GAP = r"(?:[\s~(]|\\s[*+?]?|\\\()*"
#: `UU 20/2023`, `SKB Netralitas 2022`, `Peraturan Pemerintah RI No. 94`, `Permendagri 83`.
_INSTRUMENT = (
    r"(?i:\b(?:undang-undang|peraturan(?: pemerintah| presiden| badan| menteri)|surat edaran"
    r"|keputusan bersama|perpp?u|perpres|keppres|perka|perban|perbawaslu|perda|putusan mk"
    r"|(?:per|kep|in)men\w*))|\b(?:UU|PP|SKB|SE|PKPU|TAP MPR)"
)
LAW = re.compile(
    rf"(?:(?:{_INSTRUMENT})\b\.?(?: [A-Z][\w-]*){{0,3}}{_GAP}(?:(?i:nomor|no\b\.?){_GAP})?\d"
    rf"|(?i:\b(?:pasal|psl|ayat|lampiran)\b\.?){_GAP}(?:\d|[IVX]+\b)"
    rf"|(?i:\b(?:nomor|no\.)){_GAP}\d+{_GAP}(?i:tahun){_GAP}\d"
    rf"|(?i:\bhuruf [a-z],? angka){_GAP}\d"
    # The id under which the catalog knows it: `pp-94-2021`, `skb-2022`.
    r"|\b(?:uu|pp|perpres|perka|permen\w*|kepmen\w*|se|skb|surat|putusan-mk)-(?:\w+-)*\d)"
)
#: What looks like law and is none: file, text, and why. Each is read again when it changes.
REVIEWED = {
    # How a reference is written, told to an editor who wrote it wrongly; nothing rests on it.
    ("app/reading/shapes.py", "harus berupa rujukan seperti pp-94-2021#5-n-6"),
    ("app/workshop/exchange/tags.py", "” bukan rujukan seperti pp-94-2021#5-n-6."),
}


def is_command(node: ast.AST) -> bool:
    """Whether the docstring of a function is its help, which somebody reads at a terminal."""
    decorators = getattr(node, "decorator_list", ())
    return any(re.search(r"\b(?:command|group)\(", ast.unparse(one)) for one in decorators)


def docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and not is_command(node):
                yield first.value


def strings(source: str) -> Iterator[str]:
    """Every string of a Python file, pieces of f-strings too; comments and docstrings are none."""
    tree = ast.parse(source)
    passed = set(map(id, docstrings(tree)))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
        ):
            yield node.value


def without_comments(text: str, suffix: str) -> str:
    """A comment in HTML stays: it is sent to whoever looks."""
    comment = r"\{#.*?#\}" if suffix == ".html" else r"/\*.*?\*/|^\s*//[^\n]*"
    return re.sub(comment, " ", text, flags=re.DOTALL | re.MULTILINE)


def law_in(source: str, suffix: str) -> list[str]:
    """Texts of a file that name a provision or an instrument."""
    if suffix == ".py":
        return [text for text in strings(source) if LAW.search(text)]
    said = without_comments(source, suffix)
    return [line.strip() for line in said.splitlines() if LAW.search(line)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_file_names_a_provision_or_an_instrument(path: Path):
    name = str(path.relative_to(PROJECT))
    found = law_in(path.read_text(encoding="utf-8"), path.suffix)
    assert [text for text in found if (name, text) not in REVIEWED] == []


def test_what_was_reviewed_is_still_there():
    found = {
        (str(path.relative_to(PROJECT)), text)
        for path in FILES
        for text in law_in(path.read_text(encoding="utf-8"), path.suffix)
    }
    assert found >= REVIEWED
    assert len(FILES) > 300


@pytest.mark.parametrize(
    "text",
    [
        "UU 20/2023", "PP No. 94", "PP Nomor 94 Tahun 2021", "SKB Netralitas 2022", "SE 1/2023",
        "Undang-Undang Republik Indonesia Nomor 5 Tahun 2014", "Permendagri 83/2022",
        "menurut pasal 5 huruf n", "huruf n angka 6", "Ps. 9, ayat (2)", "Lampiran II A",
        "Putusan MK 121", "KepmenPANRB 16/2025", r"PP\s+53/2010", "pp-94-2021#penutup", "skb-2022",
    ],
)  # fmt: skip
def test_a_sentence_of_law_would_be_noticed(text):
    assert law_in(f"said = {text!r}", ".py")
    assert law_in(f"said = f'Sesuai {{name}}: {text}.'".replace("\\", "\\\\"), ".py")
    assert law_in(f"<p>{text}</p>", ".html")
    assert law_in(f'said = "{text}"; // {text}', ".js")


@pytest.mark.parametrize(
    "text",
    [
        "26 huruf dan angka", "huruf demi huruf: angka 0", "lapor ke BKN", "PP {number}",
        "Jalan Merdeka Nomor 1, Tirtasari", "<svg d='M 5 PP'>", "baris 5, pasal lain",
        "kode-etik", "Sebut pasalnya.",
        "se-kabupaten",
    ],
)  # fmt: skip
def test_what_is_no_law_is_left_alone(text):
    assert not LAW.search(text)


def test_the_source_of_a_rule_may_stand_beside_it():
    """And nowhere else: what a command says of itself is read by operators."""
    source = '"""PP 94/2021."""\n# PP 94/2021\ndef act():\n    """Pasal 5 huruf n."""\n'
    assert not law_in(source, ".py")
    assert law_in(source.replace("def", '@cli.command("act")\ndef'), ".py") == ["Pasal 5 huruf n."]
    assert law_in('name = "x"\n"""PP 94/2021 is no docstring here."""\n', ".py")
    assert not law_in("{# PP 94/2021\n Pasal 5 #}<p>Netral.</p>", ".html")
    assert not law_in("// PP 94/2021\n/* Pasal 5 */ act()", ".js")
