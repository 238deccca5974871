"""A question is ours that says more of what our cases say than of anything else."""

import pytest

from app.asking.search.ours import Ours
from app.asking.search.words import Reading


def said(text: str) -> Reading:
    words = tuple(text.split())
    return Reading(words, words)


PHRASINGS = (
    "like foto calon",
    "foto bareng calon",
    "pasang baliho calon",
    "mobil dinas kampanye",
    "pinjam mobil dinas timses",
    "jadi timses calon",
    "ikut kampanye calon",
    "hadir kampanye timses",
)
OTHERS = ("gaji berapa", "jadwal kampanye kapan", "mobil dinas mudik", "resep rendang")
WEIGHTS = {word: 2.0 for text in (*PHRASINGS, *OTHERS) for word in text.split()}


@pytest.fixture(scope="module")
def ours():
    field = frozenset({"calon", "kampanye", "timses"})
    return Ours([said(one) for one in PHRASINGS], [said(one) for one in OTHERS], field, WEIGHTS)


@pytest.mark.parametrize("asked", ["foto calon", "mobil dinas timses", "hadir kampanye calon"])
def test_what_our_cases_say_is_ours(ours, asked):
    assert ours.holds(said(asked), 0.7)


@pytest.mark.parametrize("asked", ["kapan kampanye", "mobil dinas mudik", "gaji berapa"])
def test_what_is_asked_elsewhere_is_not_though_it_names_our_field(ours, asked):
    assert not ours.holds(said(asked), 0.5)


def test_what_nobody_ever_said_is_not_ours(ours):
    assert not ours.holds(said("ayam tetangga sakit"), 0.0)


def test_of_a_story_the_words_count_that_are_most_ours(ours):
    story = " ".join(f"kata{n}" for n in range(20))
    asked = "pinjam mobil dinas kampanye calon timses"
    assert ours.holds(said(f"{story} {asked}"), 0.4)
    assert not ours.holds(said(story), 0.4)


def test_the_likeness_to_a_phrasing_counts(ours):
    assert ours.holds(said("hadir"), 0.7)
    assert not ours.holds(said("hadir"), 0.2)


def test_with_nothing_to_learn_from_nothing_breaks():
    nothing = Ours([], [], frozenset(), {})
    assert not nothing.holds(said("calon"), 0.0)


def test_content_that_teaches_nothing_else_answers_what_its_phrasings_say():
    """A region's own few cases are found by two words of them."""
    untaught = Ours([said(one) for one in PHRASINGS], [], frozenset(), WEIGHTS)
    assert untaught.holds(said("pasang spanduk"), 0.2)
    assert not untaught.holds(said("ayam tetangga sakit"), 0.0)
