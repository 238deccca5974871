"""What must not sound surer than its source: each kind, shown by a file that does."""

import pytest

SCENARIO = "scenarios/media-sosial/kasus-satu.md"
REASON = "Demikian kami baca."
LESSON = "courses/netralitas/01-tahap.md"
LAW = "regulations/pp-94-2021.md"


@pytest.fixture
def said(content):
    return lambda: [mistake.message for mistake in content.report().mistakes]


def test_ethics_without_a_row_of_the_joint_decree_is_said_to_be_a_reading(content, said):
    assert said() == []
    content.edit(SCENARIO, " Demikian kami baca.", "")
    assert said() == ["Vonis kode-etik tanpa baris E dari SKB ialah bacaan; katakan “kami baca”."]


@pytest.mark.parametrize("way", ["Ajukan CLTN.", "Ambil cuti di luar tanggungan negara."])
def test_leave_that_not_everybody_has_is_not_offered_to_everybody(content, said, way):
    content.edit(SCENARIO, "Lewati saja unggahan itu.", way)
    assert any("belum tentu ada bagi CPNS" in message for message in said())
    content.edit(SCENARIO, way, f"{way} CPNS dan PPPK bertanya tertulis kepada BKPSDM.")
    assert said() == []


@pytest.mark.parametrize(
    "sentence",
    [
        "PP 94/2021 hanya menyebut calon.",
        "Undang-undang itu cuma melarang kampanye.",
        "Aturan hanya secara tegas mengatur kampanye.",
    ],
)
def test_only_is_a_statement_about_a_whole_law(content, said, sentence):
    content.edit(SCENARIO, REASON, f"{REASON} {sentence}")
    assert any("berkata tentang seluruh peraturan" in message for message in said())


def test_a_law_that_was_read_whole_may_be_said_to_say_only_something(content, said):
    content.edit(SCENARIO, REASON, f"{REASON} PP 94/2021 hanya menyebut calon.")
    content.edit(LAW, "checked_on: 2026-11-21", "checked_on: 2026-11-21\nread_whole_on: 2026-11-21")
    assert said() == []


def test_only_that_is_not_about_law_is_left_alone(content, said):
    content.edit(SCENARIO, REASON, f"{REASON} Ia hanya menyebut nama temannya.")
    assert said() == []


def test_a_row_on_ethics_of_a_joint_decree_is_law_and_no_reading(content, said):
    content.edit(SCENARIO, " Demikian kami baca.", "")
    joint = content.read(LAW).replace("pp-94-2021", "skb-2022").replace("kind: pp", "kind: skb")
    content.write("regulations/skb-2022.md", joint.replace("id: 5-n-5", "id: E4"))
    content.edit(
        SCENARIO,
        "violation: kode-etik\n    cites: [pp-94-2021#5-n-5]",
        "violation: kode-etik\n    cites: [skb-2022#E4]",
    )
    assert said() == []
