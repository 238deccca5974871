"""Numbers of people: what is accepted, refused, doubted, and how it is printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agencies import nip
from app.agencies.nip import BadNumber, Level
from app.catalog.terms import PersonStatus
from app.rosters.statuses import read_status

TODAY = date(2026, 11, 22)
SARI = "199001012015032001"


def errors(number: str, status: PersonStatus | None = PersonStatus.PNS) -> list[str]:
    return [f.sentence for f in nip.faults(number, status, TODAY) if f.level is Level.ERROR]


def warnings(number: str, status: PersonStatus | None = PersonStatus.PNS) -> list[str]:
    return [f.sentence for f in nip.faults(number, status, TODAY) if f.level is Level.WARNING]


@pytest.mark.parametrize(
    "typed",
    [
        "199001012015032001",
        "19900101 201503 2 001",
        "19900101.201503.2.001",
        " 19900101\u00a0201503\u00a02\u00a0001 ",
        "'199001012015032001",
        "\u2019199001012015032001",
        "\ufeff199001012015032001\r\n",
        "\u200e19900101\u202f201503\u20092\u200b001",
    ],
)
def test_a_number_is_read_however_people_space_it(typed):
    assert nip.read_number(typed) == SARI


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "belum diisi"),
        ("  '  ", "belum diisi"),
        ("19900101201503200", "17 angka"),
        ("1990010120150320011", "19 angka"),
        ("3273011234560001", "NIK"),
        ("131234567", "NIP lama"),
        ("1,99001E+17", "bertipe Teks"),
        ("1.99001012015032E+17", "bertipe Teks"),
        ("2E17", "bertipe Teks"),
        ("199001012015032001.0", "bertipe Teks"),
        ("١٩٩٠٠١٠١٢٠١٥٠٣٢٠٠١", "angka biasa"),
        ("１９９００１０１２０１５０３２００１", "angka biasa"),
        ("19900101201503200１", "angka biasa"),
        ("19900101201503,001", "hanya boleh berisi angka"),
        ("19900101-201503-2-001", "hanya boleh berisi angka"),
        ("Sari Wulandari", "hanya boleh berisi angka"),
        ("2026000012", "10 angka"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed, reason):
    with pytest.raises(BadNumber, match=reason):
        nip.read_number(typed)


def test_people_without_a_nip_sign_in_with_their_participant_number():
    assert nip.read_identity("2026 000012") == "2026000012"
    assert nip.is_participant("2026000012")
    assert nip.participant_number(2026, 12) == "2026000012"


def test_a_nik_is_no_identity_either():
    with pytest.raises(BadNumber, match="NIK"):
        nip.read_identity("3273011234560001")


@pytest.mark.parametrize("number", [SARI, "197906062003121006", "200301012026031001"])
def test_an_ordinary_nip_has_no_fault(number):
    assert nip.faults(number, PersonStatus.PNS, TODAY) == []


@pytest.mark.parametrize("code", ["21", "24", "29"])
def test_digits_13_and_14_of_a_pppk_are_no_month(code):
    number = f"19900101{2022}{code}2001"
    assert nip.faults(number, PersonStatus.PPPK, TODAY) == []
    assert nip.faults(number, PersonStatus.PPPK_PART_TIME, TODAY) == []
    assert nip.proposal(number) is PersonStatus.PPPK


@pytest.mark.parametrize("born", ["19901301", "19900230", "00000000", "19900100"])
def test_a_birth_date_that_no_calendar_has_is_an_error(born):
    assert "tanggal lahir" in errors(f"{born}2015032001")[0]


def test_29_february_exists_in_a_leap_year_only():
    assert errors("198802292015032001") == []
    assert errors("198902292015032001") != []


@pytest.mark.parametrize("born", ["20150101", "19401231", "20300101"])
def test_an_age_outside_17_to_75_is_doubted(born):
    assert any("umur" in sentence for sentence in warnings(f"{born}2026012001"))


def test_75_is_not_yet_too_old():
    assert warnings("195111231970032001") == []


@pytest.mark.parametrize("year", ["2006", "2028"])
def test_a_start_before_17_or_after_next_year_is_doubted(year):
    assert any("pengangkatan" in sentence for sentence in warnings(f"19900101{year}032001"))


def test_the_sex_digit_is_1_or_2_and_never_a_comma():
    assert errors("199001012015031001") == []
    assert "ke-15" in errors("199001012015033001")[0]
    assert "ke-15" in errors("199001012015030001")[0]
    # A public validator says [1,2] and so takes a comma: ours never sees one.
    with pytest.raises(BadNumber):
        nip.read_number("19900101201503,001")


def test_a_sequence_of_000_is_the_mark_of_excel():
    assert any("Excel" in sentence for sentence in warnings("199001012015032000"))


def test_a_status_that_contradicts_the_digits_is_a_warning_not_a_correction():
    assert "PPPK" in warnings("199001012022212001", PersonStatus.PNS)[0]
    assert "PNS" in warnings(SARI, PersonStatus.PPPK)[0]
    assert "tidak lazim" in warnings("199001012022192001", PersonStatus.PPPK)[0]
    assert "tanpa NIP" in warnings(SARI, PersonStatus.NON_ASN)[0]


def test_a_missing_status_is_an_error_that_names_the_proposal():
    assert "kemungkinan PNS" in errors(SARI, None)[0]
    assert "kemungkinan PPPK" in errors("199001012022212001", None)[0]
    assert errors("199001012022192001", None) == [
        "Status kepegawaian belum diisi. Tulis statusnya."
    ]


def test_numbers_are_printed_in_groups_and_masked_for_strangers():
    assert nip.grouped("198609262015051001") == "19860926 201505 1 001"
    assert nip.masked("198609262015051001") == "1986•••• •••••• • •01"
    assert nip.grouped("2026000012") == "2026 000012"
    assert nip.masked("2026000012") == "2026 ••••12"


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_what_is_printed_can_be_read_again(value):
    number = f"{value:018d}"
    assert nip.read_number(nip.grouped(number)) == number


@given(st.integers(min_value=0, max_value=10**18 - 1), st.sampled_from([None, *PersonStatus]))
def test_any_18_digits_are_judged_without_a_trace(value, status):
    assert all(fault.sentence.endswith(".") for fault in nip.faults(f"{value:018d}", status, TODAY))


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_gets_a_sentence(text):
    try:
        read = nip.read_identity(text)
    except BadNumber as refused:
        read, sentence = None, refused.message
    assert sentence.endswith(".") if read is None else (read.isascii() and read.isdigit())


@given(st.integers(min_value=10**17, max_value=10**18 - 1))
def test_a_number_that_went_through_a_float_never_comes_back_as_another_one(value):
    """What Excel and spreadsheets' libraries make of 18 digits is refused."""
    for damaged in (f"{float(value):.14E}", f"{float(value):.5E}".replace(".", ","), f"{value}.0"):
        with pytest.raises(BadNumber, match="Teks"):
            nip.read_number(damaged)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("PNS", PersonStatus.PNS),
        ("p.n.s.", PersonStatus.PNS),
        ("CPNS", PersonStatus.CPNS),
        ("P3K", PersonStatus.PPPK),
        ("PPPK Paruh Waktu", PersonStatus.PPPK_PART_TIME),
        ("pppk-paruh-waktu", PersonStatus.PPPK_PART_TIME),
        ("Kepala Desa", PersonStatus.VILLAGE_HEAD),
        ("Kades", PersonStatus.VILLAGE_HEAD),
        ("Perangkat Desa", PersonStatus.VILLAGE_OFFICIAL),
        ("Sekdes", PersonStatus.VILLAGE_OFFICIAL),
        ("Kaur", PersonStatus.VILLAGE_OFFICIAL),
        ("BPD", PersonStatus.VILLAGE_COUNCIL),
        ("Anggota BPD", PersonStatus.VILLAGE_COUNCIL),
        ("Badan Permusyawaratan Desa", PersonStatus.VILLAGE_COUNCIL),
        ("Non-ASN", PersonStatus.NON_ASN),
        ("Honorer", PersonStatus.NON_ASN),
        ("ASN", None),
        ("", None),
    ],
)
def test_a_status_is_read_in_its_many_spellings_and_never_guessed(typed, status):
    assert read_status(typed) is status


def test_only_four_kinds_are_asn():
    asn = {status.value for status in PersonStatus if status.is_asn}
    assert asn == {"pns", "cpns", "pppk", "pppk-paruh-waktu"}
    assert {"kepala-desa", "perangkat-desa", "bpd", "non-asn"} == {*PersonStatus} - asn
