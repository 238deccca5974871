"""What an answer must be, which law it finds, and that a new file is read as it was answered."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.catalog.terms import Footing, PersonStatus, Phase, Pressure, Topic, Verdict, Violation
from app.reading import pages, tree
from app.reading.files import Sort, SourceFile
from app.workshop import authoring
from app.workshop.authoring import Unfit
from app.workshop.exchange.drafts import Draft, Row
from app.workshop.exchange.tags import Cite
from tests.content import one_sentence, sound_content
from tests.stale import our_rules

#: What people type, and what breaks careless YAML and Markdown.
NASTY = """a: b|- x|# h|'|"|{a}|[b]|no|null|2026-11-21|😀|>|&a|*a|!t|%|@|`c`|```|---|===|\\|é|…|~"""
LETTERS = st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffe\uffff")
PART = st.sampled_from([*NASTY.split("|"), "|", "## Alasan", "\n", "\n\n"]) | st.text(LETTERS)
TYPED = st.lists(PART, min_size=1, max_size=6).map(" ".join)
FORBIDDEN = (Verdict.FORBIDDEN, Violation.ETHICS)


@pytest.fixture
def shelf(tmp_path):
    return authoring.shelf_of(tree.read(sound_content(tmp_path).root))


def fitting(read, text):
    """The value of an answer; another example where it is refused."""
    try:
        return read(text)
    except Unfit:
        assume(False)


def draft(**changes) -> Draft:
    values = {
        "id": "kasus-baru",
        "topic": Topic.SOCIAL_MEDIA,
        "question": "Bolehkah?",
        "applies_to": (PersonStatus.PNS,),
        "rows": (Row(Phase.ALWAYS, *FORBIDDEN, (Cite("pp-94-2021#5-n-5"),)),),
        "confidence": Footing.A,
        "pressure": Pressure.HABIT,
        "difficulty": 1,
        "asked_like": ("like",),
        "author": "Sari",
        "situation": "Sari.",
        "reason": "Karena.",
        "safe_act": "Lewati.",
    }
    return Draft(**{**values, **changes})


def read_back(made: Draft) -> pages.Page:
    place = Path(made.path)
    return pages.read(SourceFile(str(place), Sort.SCENARIO, place, made.text))


@given(
    question=TYPED,
    author=TYPED,
    asked=st.lists(TYPED, min_size=3, max_size=5),
    texts=st.tuples(TYPED, TYPED, TYPED),
)
def test_whatever_is_answered_is_read_as_it_was_answered(question, author, asked, texts):
    question, author = (fitting(authoring.read_line, text) for text in (question, author))
    asked_like = fitting(authoring.read_asked_like, asked)
    situation, reason, safe_act = (fitting(authoring.read_text, text) for text in texts)
    page = read_back(
        draft(
            question=question,
            author=author,
            asked_like=asked_like,
            situation=situation,
            reason=reason,
            safe_act=safe_act,
        )
    )
    assert list(page.mistakes()) == []
    row = page.row
    assert (row["question"], row["author"], row["asked_like"]) == (question, author, asked_like)
    assert (row["status"], row["reviewer"], row["reviewed_on"]) == ("draf", None, None)
    found = [page.sections[name].source.strip() for name in ("situation", "reason", "safe_act")]
    assert found == [situation.strip(), reason.strip(), safe_act.strip()]


def test_without_care_the_same_text_would_open_a_section_of_its_own():
    """Control: what `read_text` guards against does break a file."""
    text = "Cerita.\n## Alasan\nBukan."
    assert list(read_back(draft(situation=text)).mistakes())
    assert not list(read_back(draft(situation=authoring.read_text(text))).mistakes())


@pytest.mark.parametrize("text", ["# Judul", "```", "~~~", "A\n---", "A\n===", "   ## A"])
def test_lines_that_would_be_structure_stay_words(text):
    page = read_back(draft(reason=authoring.read_text(f"Sebab.\n{text}\nBegitu.")))
    assert list(page.mistakes()) == []
    assert not list(page.sections["reason"].headings())
    assert page.sections["safe_act"].source.strip() == "Lewati."


@pytest.mark.parametrize("text", ["", "  \n ", "a\x1b[D", "\ud800", "a\x00", "\uffff"])
@pytest.mark.parametrize("read", [authoring.read_line, authoring.read_text])
def test_nothing_and_what_nobody_sees_is_refused(read, text):
    with pytest.raises(Unfit) as why:
        read(text)
    assert one_sentence(str(why.value))


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("Apakah boleh menyukai?", "diawali “Bolehkah”"),
        ("Bolehkah", "diawali “Bolehkah”"),
        ("Bolehkah menyukai unggahan", "tanda tanya"),
        (f"Bolehkah {'x' * 200}?", "ringkas"),
        ("Bolehkah menyukai akun calon nomor 2?", "sebutan umum"),
        ("Bolehkah melapor ke KASN? KASN menangani laporan?", "KASN"),
    ],
)
def test_a_question_that_does_not_fit_is_told_why(question, hint):
    with pytest.raises(Unfit, match=re.escape(hint)):
        authoring.read_question(question, our_rules())


def test_a_name_is_made_of_what_tells_the_question_from_others():
    question = "Bolehkah saya, ASN, menyukai unggahan di akun pemenangan?"
    assert authoring.proposed_id(question, ()) == "menyukai-unggahan-akun-pemenangan"
    taken = {"menyukai-unggahan-akun-pemenangan", "menyukai-unggahan-akun-pemenangan-2"}
    assert authoring.proposed_id(question, taken) == "menyukai-unggahan-akun-pemenangan-3"


@given(st.text(max_size=300))
def test_a_proposed_name_is_always_one_that_is_taken(question):
    name = authoring.proposed_id(question, {"kasus-baru"})
    assert authoring.read_id(name, {"kasus-baru"}) == name


@pytest.mark.parametrize("name", ["Kasus", "a b", "../a", "-a", "a_b", "x" * 61, "sudah-ada"])
def test_a_name_that_is_no_name_or_taken_is_refused(name):
    with pytest.raises(Unfit):
        authoring.read_id(name, {"sudah-ada"})


def test_terms_go_by_number_or_by_name():
    topics = tuple(Topic)
    assert authoring.read_term("1", topics) is Topic.SOCIAL_MEDIA
    assert authoring.read_term("Foto simbol", topics) is Topic.PHOTOS
    people = tuple(PersonStatus)
    assert authoring.read_terms("3 pns,pns", people) == (PersonStatus.PNS, PersonStatus.PPPK)
    for answer in ("0", "13", "²", "apa"):
        with pytest.raises(Unfit):
            authoring.read_term(answer, topics)


def test_a_provision_is_found_by_number_or_by_words(shelf):
    refs = lambda asked: [entry.ref for entry in authoring.search(shelf.values(), asked)]  # noqa: E731
    assert refs("94 5 n") == ["pp-94-2021#5-n-5"]
    assert refs("menguntungkan calon") == ["pp-94-2021#5-n-5"]
    assert refs("disiplin 13") == ["pp-94-2021#13-g"]
    assert refs("94 99") == refs("x") == refs("") == refs("?") == []


def test_law_that_lives_is_shown_before_law_that_does_not(shelf):
    found = authoring.search(shelf.values(), "9 partai politik")
    assert [entry.ref for entry in found] == ["uu-20-2023#9-2", "uu-5-2014#9-2"]


def test_repealed_law_is_refused_with_its_heir_unless_it_is_history(shelf):
    with pytest.raises(Unfit, match="sudah dicabut; cari penggantinya di uu-20-2023"):
        authoring.read_cite("uu-5-2014#9-2", shelf)
    assert authoring.read_cite("!uu-5-2014#9-2", shelf) == Cite("uu-5-2014#9-2", True)
    with pytest.raises(Unfit, match="masih berlaku"):
        authoring.read_cite("!uu-20-2023#9-2", shelf)
    with pytest.raises(Unfit, match="tidak ada"):
        authoring.read_cite("uu-1-1945#1", shelf)


@pytest.mark.parametrize(
    ("refs", "verdict", "hint"),
    [
        ((), Verdict.FORBIDDEN, "sedikitnya satu rujukan"),
        (("pp-94-2021#13-g",), Verdict.FORBIDDEN, "berkeyakinan C"),
        (("!uu-5-2014#9-2",), Verdict.DEPENDS, "sejarah"),
    ],
)
def test_a_verdict_rests_on_law_that_is_verified_and_alive(shelf, refs, verdict, hint):
    cites = [authoring.read_cite(ref, shelf) for ref in refs]
    with pytest.raises(Unfit, match=hint):
        authoring.check_cites(cites, verdict, shelf)
    authoring.check_cites([*cites, Cite("uu-20-2023#9-2")], verdict, shelf)


def test_the_weakest_verdict_decides_what_a_case_stands_on(shelf):
    a, b = Cite("pp-94-2021#5-n-5"), Cite("uu-20-2023#9-2")
    row = lambda *cites, verdict=FORBIDDEN: Row(Phase.BEFORE, *verdict, cites)  # noqa: E731
    mild = row(verdict=(Verdict.ALLOWED, Violation.NONE))
    assert authoring.footing_of([row(a, b), row(a)], shelf) is Footing.A
    assert authoring.footing_of([row(a), row(b)], shelf) is Footing.B
    assert authoring.footing_of([mild], shelf) is Footing.SAFE_PRACTICE
    assert authoring.unfounded([mild]) == []
    assert authoring.unfounded([row(a), mild]) == [1]
