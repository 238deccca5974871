"""Whoever types what the list shows finds it, however the letters were typed."""

import pytest

from app.agencies.finding import folded, folds, sounded, words_of

RAHAYU = {"front_title": "dr. Hj.", "name": "Raden Rahayu Sjafi’i", "back_title": "A.Md.Kep.",
          "position": "Perawat Ahli Pertama"}  # fmt: skip


def finds(typed: str, person=None) -> bool:
    searched = folds(person or RAHAYU)["searched"]
    return all(part in searched for word in words_of(typed) for part in sounded(word).split())


@pytest.mark.parametrize(
    "typed",
    ["dr. Rahayu", "Hj. Raden", "A.Md.Kep", "AMd Kep", "Syafi'i", "SYAFI’I", "syafii", "Sjafi`i",
     "rahayu raden", "perawat", "Ráhayu", "dr Rahayu, A.Md.Kep.", "  "],
)  # fmt: skip
def test_what_the_list_shows_is_found(typed):
    assert finds(typed)


@pytest.mark.parametrize("typed", ["Ramadhan", "guru", "S.Kep", "rahayu budi"])
def test_what_it_does_not_show_is_not(typed):
    """Control."""
    assert not finds(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soetomo", "Sutomo"), ("Djoko", "Joko"), ("Tjahjono", "Cahjono"), ("Sary", "Sari"),
     ("Muhammad", "Muhamad"), ("Moehammad", "Muhammad"), ("I’in", "Iin"), ("Renée", "Renee")],
)  # fmt: skip
def test_names_that_sound_alike_are_found_by_either_spelling(one, other):
    assert sounded(one) == sounded(other)


def test_the_label_of_a_number_is_no_word_of_a_name():
    assert list(words_of("NIP. 19900101 201503 2 001")) == ["19900101", "201503", "2", "001"]
    assert list(words_of("NI PPPK: 1990")) == ["1990"]
    assert list(words_of("Ni Putu")) == ["ni", "putu"]


def test_the_order_is_that_of_letters_alone():
    names = ["Zulkifli", "abdul", "Ángga", "D’Cruz", "Dcruza", "Budi Hartono", "Budi  hartawan"]
    assert sorted(names, key=folded) == [
        "abdul", "Ángga", "Budi  hartawan", "Budi Hartono", "D’Cruz", "Dcruza", "Zulkifli",
    ]  # fmt: skip
