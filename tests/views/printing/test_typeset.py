"""Names fit their line: measured, then shrunk, then broken, never cut."""

from hypothesis import given
from hypothesis import strategies as st

from app.credentials.samples import LONGEST
from app.printing.rendering import NAME_WIDTH
from app.printing.typeset import balanced, broken, fit_name, text_width

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.'", min_size=1, max_size=22)
NAMES = st.lists(LETTERS, min_size=1, max_size=24).map(" ".join).filter(lambda n: len(n) <= 240)


def test_an_ordinary_name_is_large_and_on_one_line():
    assert fit_name("Sari Lestari, S.Kep., Ns.", NAME_WIDTH) == (32, ["Sari Lestari, S.Kep., Ns."])


def test_a_long_name_breaks_into_even_lines_after_a_comma():
    name = "Prof. Dr. H. Muhammad Kusumawardhana Hadiningrat, S.Ked., Sp.P.D., M.Kes., M.H.Kes."
    size, lines = fit_name(name, NAME_WIDTH)
    assert len(lines) == 2
    assert lines[0].endswith(",")
    assert size >= 16


def test_a_comma_is_not_worth_a_smaller_size():
    name = LONGEST.name
    size, lines = fit_name(name, NAME_WIDTH)
    assert len(lines) == 2
    assert size >= 16


@given(NAMES)
def test_no_letter_is_lost_and_every_line_fits(name):
    size, lines = fit_name(name, NAME_WIDTH)
    assert " ".join(lines) == " ".join(name.split())
    assert len(lines) <= 3
    if size > 10:
        assert all(text_width(line, size) <= NAME_WIDTH for line in lines)


@given(NAMES, st.integers(1, 5))
def test_breaking_keeps_the_words_in_order(name, count):
    lines = broken(name, count)
    assert len(lines) <= count
    assert " ".join(lines) == " ".join(name.split())


def test_balanced_takes_the_fewest_lines():
    text = "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    assert balanced(text, 10, 300) == [text]
    assert len(balanced(text, 10, 80)) == 2
