"""Slips by file: every one of them once, no OPD beside another, no file too long."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from app.admin.slips import file_title, packed, whatsapp_link
from app.printing.slips import Pile, Slip


def pile(office: str, unit: str, count: int) -> Pile:
    slips = tuple(Slip(f"{unit} {n}", "NIP", "1", "K", "besok") for n in range(count))
    return Pile(unit, office, slips)


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 30)), max_size=12), st.integers(1, 20)
)
def test_every_slip_is_in_one_file_of_its_own_opd(sizes, most):
    piles = [pile(office, f"{office}{n}", size) for n, (office, size) in enumerate(sorted(sizes))]
    files = list(packed(piles, most))
    assert [one for file in files for each in file for one in each.slips] == [
        one for each in piles for one in each.slips
    ]
    assert all(len({one.office for one in file}) == 1 for file in files)
    assert all(sum(len(one.slips) for one in file) <= most for file in files)


def test_small_units_of_one_opd_share_a_file():
    files = list(packed([pile("Dinas", f"SDN {n}", 10) for n in range(5)], 30))
    assert [file_title(file) for file in files] == [
        "Dinas: SDN 0 sampai SDN 2",
        "Dinas: SDN 3 sampai SDN 4",
    ]


def test_a_link_carries_the_text_whole_and_no_number():
    text = "Yth. Sari & kawan,\nkode 50%: a+b=c?"
    link = urlsplit(whatsapp_link(text))
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/")
    assert parse_qs(link.query) == {"text": [text]}
