"""How an editor writes the words that give a claim away, and what no pattern may do."""

import pickle
import re

import pytest

from app.stale.composing import Kit, Place, joined
from app.stale.notation import LONGEST_LINE, Misspelt, read
from tests.patience import at_most

BLOCKS = {
    "PP": "<PP | P.P[.] | peraturan pemerintah> {..3 dari RI | PP}",
    "PASAL": "<pasal | ps>~[.]~",
    "ASN": "ASN | PNS",
    "HINGGA": "{..2 kata tanpa TNI}",
}
KIT = Kit.of({name: read(line) for name, line in BLOCKS.items()})


def pattern(line: str, place: Place = Place.CLAIM):
    regex = KIT.regex(line, place)
    assert regex is not None
    return joined([regex], place)


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("lapor ke KASN", "Lapor\n ke  kasn!", "Lapor\n ke  kasn"),
        ("KASN", "KASNI dan KASN", "KASN"),
        ("lapor*", "melapor, laporkan", "laporkan"),
        ("*lapor*", "melaporkan", "laporkan"),
        ("wajib | harus", "ia harus pergi", "harus"),
        ("<wajib | harus> [segera] mundur[lah]", "wajib mundurlah", "wajib mundurlah"),
        ("<wajib | harus> [segera] mundur[lah]", "harus segera mundur", "harus segera mundur"),
        ("[di]hapus[kan]", "dihapuskan", "dihapuskan"),
        ("[di]hapus[kan]", "hapus", "hapus"),
        ("[pidana] kurungan", "dipidana kurungan", "kurungan"),
        ("ayat~[(]4[)]", "ayat(4)", "ayat(4)"),
        ("B~/~36", "B / 36", "B / 36"),
        ("{PP} {NOMOR} 53 {TAHUN} 2010", "PP RI No. 53 Th. 2010", "PP RI No. 53 Th. 2010"),
        ("{PP} {NOMOR} 53 {TAHUN} 2010", "PP53/2010", "PP53/2010"),
        ("{PP} {NOMOR} 53{TANPA_TAHUN}", "PP 53/2018, lalu PP 53.", "PP 53"),
        ("{PASAL} 521", "Ps. 521", "Ps. 521"),
        ("pasal {..20} bulan", "pasal itu: satu bulan", "pasal itu: satu bulan"),
        ("pasal {..20 tanpa kerja} bulan", "pasal kerja pasal dua bulan", "pasal dua bulan"),
        ("{ASN} {HINGGA} memilih", "ASN tidak boleh memilih", "ASN tidak boleh memilih"),
        ("SKB {..4 dari tahun | {HARI}} 2023", "SKB tahun (22) 2023", "SKB tahun (22) 2023"),
        ("SKB {..4 dari tahun | netral* | {HARI}} 2023", "SKB tahun 2023", "SKB tahun 2023"),
        ("{bukan sesudah tidak | tak} cukup cuti", "kini cukup cuti", "cukup cuti"),
        ("pegawai {bukan sebelum KPU | Bawaslu}", "pegawai KPU dan pegawai", "pegawai"),
        ("12.000.000", "denda 12.000.000,00", "12.000.000"),
    ],
)
def test_what_is_written_is_found(line, text, found):
    match = pattern(line).search(text)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("KASN", "KASNI"),
        ("lapor ke KASN", "laporkan ke KASN"),
        ("pasal {..20} bulan", "pasal itu. Satu bulan"),
        ("pasal {..5} bulan", "pasal yang mengatur bulan"),
        ("{ASN} {HINGGA} memilih", "ASN dan TNI memilih"),
        ("{ASN} {HINGGA} memilih", "ASN satu dua tiga memilih"),
        ("{bukan sesudah tidak | tak} cukup cuti", "tidak cukup cuti"),
        ("pegawai {bukan sebelum KPU | Bawaslu}", "pegawai KPU"),
        ("{PP} {NOMOR} 53{TANPA_TAHUN}", "PP 530 dan PP 53/2018"),
        ("12.000.000", "12.000.000.000"),
    ],
)
def test_what_is_not_written_is_not_found(line, text):
    assert pattern(line).search(text) is None


def test_before_and_after_touch_the_claim_but_for_blanks_and_signs():
    text = "Eks komisioner (KASN) sudah bubar"
    start, end = text.index("KASN"), text.index("KASN") + 4
    assert pattern("eks {..20}", Place.BEFORE).search(text, 0, start)
    assert not pattern("eks", Place.BEFORE).search(text, 0, start)
    assert pattern("sudah bubar", Place.AFTER).match(text, end)
    assert not pattern("bubar", Place.AFTER).match(text, end)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("", "kosong"),
        ("|", "kosong"),
        ("a | | b", "kosong"),
        ("<>", "kosong"),
        ("[a]", "teks kosong"),
        ("[a] [b]", "teks kosong"),
        ("{..5 kata}", "teks kosong"),
        ("{NOMOR}", "teks kosong"),
        ("a | [b]", "teks kosong"),
        ("{..5} a", "Celah tidak boleh mengawali"),
        ("a {..5 kata}", "Celah tidak boleh mengawali atau mengakhiri"),
        ("<a | b", "tidak ditutup"),
        ("a]", "tidak mempunyai pembuka"),
        ("a {..5 tanpa b", "tidak ditutup"),
        ("{KASUS}", "Blok {KASUS} tidak dikenal"),
        ("{..5 huruf}", "Kurung kurawal"),
        ("{..5000} a", "Kurung kurawal"),
        ("{apa saja}", "Kurung kurawal"),
        ("a*b", "Tanda *"),
        ("*", "Tanda *"),
        ("{bukan sesudah a}", "di depan kata"),
        ("{bukan sesudah <a | b>} c", "hanya boleh kata biasa"),
        ("{bukan sesudah a*} c", "hanya boleh kata biasa"),
        ("<" * 9 + "a" + ">" * 9, "lebih dalam"),
        ("a " * LONGEST_LINE, "lebih panjang"),
        ("a {..200} b {..200} c {..200} d", "terlalu longgar"),
        (" ".join(["x", *["[x]"] * 20, "y"]), "terlalu longgar"),
        (" ".join(["x", *["<a | a b | a*>"] * 12, "y"]), "terlalu longgar"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(line, hint):
    with pytest.raises(Misspelt) as refused:
        pattern(line)
    assert hint in str(refused.value)
    assert str(refused.value).endswith((".", "”"))


def test_blocks_that_hold_themselves_are_named_and_kept_out():
    kit = Kit.of({"A": read("x {B}"), "B": read("{A} | y"), "C": read("z"), "D": read("{A} z")})
    assert kit.circular == {"A", "B", "D"}
    assert set(kit.blocks) == {"C"}
    assert kit.regex("lapor {D}", Place.CLAIM) is None


def test_blocks_that_double_each_other_do_not_fill_the_memory():
    blocks = {"B0": read("satu | dua")}
    for n in range(1, 40):
        blocks[f"B{n}"] = read(f"{{B{n - 1}}} {{B{n - 1}}} | a {{B{n - 1}}}")
    with at_most(cpu_seconds=30), pytest.raises(Misspelt):
        Kit.of(blocks).regex("{B39}", Place.CLAIM)


@pytest.mark.parametrize(
    "line",
    [
        "a {..140 tanpa b} a {..140 tanpa b} c",
        "x {..90 dari a | a a | a a a} y",
        "a [a] [a] [a] [a] [a] [a] [a] b",
        "a {..9 kata} {..9 kata} {..9 kata} b",
        "*a* {..300} *a* b",
    ],
)
@pytest.mark.parametrize("piece", ["a ", "a", "x a a a ", "a;", "a."])
def test_the_loosest_pattern_that_passes_reads_a_sentence_to_its_end(line, piece):
    """A sentence is never longer than 1,500 characters, and a claim is looked for in each."""
    expression = pattern(line)
    with at_most(cpu_seconds=30):
        expression.search(piece * (1500 // len(piece)))


def test_an_expression_is_kept_as_text():
    expression = pattern("lapor ke KASN")
    assert pickle.loads(pickle.dumps(expression)) == expression


#: A group that is repeated possessively, as in `(?:…){0,4}+`.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_no_group_is_repeated_possessively():
    """Before 3.11.5 Python loses its place there (gh-106052), and a pattern of ours then finds less
    on Debian 12 than anywhere else."""
    run = KIT.assembled(read("SKB {..4 dari tahun | netral* | {HARI}} 2023"))
    assert "(?>" in run
    assert not POSSESSIVE_GROUP.search(run)


def test_a_group_that_is_would_be_noticed():
    """Control; a possessive repeat of a single sign is sound everywhere."""
    assert POSSESSIVE_GROUP.search(r"(?:a|b){0,4}+")
    assert not POSSESSIVE_GROUP.search(r"\w*+")
