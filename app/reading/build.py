"""From sound pages to frozen objects. Called only when the checker found no error."""

from collections.abc import Iterator
from types import MappingProxyType

from app.catalog import law
from app.catalog.cases import Ruling, Scenario
from app.catalog.courses import (
    LAST,
    AtLeast,
    Blueprint,
    Course,
    Draw,
    InlineCase,
    Lesson,
    Prose,
    Timing,
)
from app.catalog.law import Citation, Provision, Regulation
from app.catalog.lexicon import Lexicon
from app.catalog.model import Catalog, Guide, Pledge
from app.catalog.terms import Facet, Phase, Status, Verdict
from app.reading.dilemmas import read_dilemma
from app.reading.files import Sort
from app.reading.markdown import Passage
from app.reading.pages import Page
from app.reading.pledges import pledge_text
from app.reading.shapes import Ref, Row
from app.reading.tree import Tree

Regulations = dict[str, Regulation]


def build(tree: Tree) -> Catalog:
    regulations = {page.id: _regulation(page) for page in tree.of(Sort.REGULATION)}
    return Catalog(
        regulations=MappingProxyType(regulations),
        scenarios=MappingProxyType(
            {page.id: _scenario(page, regulations) for page in tree.of(Sort.SCENARIO)}
        ),
        courses=MappingProxyType(_courses(tree, regulations)),
        pledges=MappingProxyType(
            {page.id: _pledge(page, regulations) for page in tree.of(Sort.PLEDGE)}
        ),
        guides=MappingProxyType({page.id: _guide(page) for page in tree.of(Sort.GUIDE)}),
        lexicon=_lexicon(tree),
        stale=tree.stale.law,
    )


def _regulation(page: Page) -> Regulation:
    row = page.row
    provisions = {
        entry["id"]: Provision(
            anchor=entry["id"],
            label=entry["label"],
            text=entry["text"],
            confidence=entry["confidence"],
            sanction=entry["sanction"],
        )
        for entry in row["provisions"]
    }
    plain = {key: value for key, value in row.items() if key != "provisions"}
    return Regulation(
        **plain,
        provisions=MappingProxyType(provisions),
        body_html=_html(page.sections["body"]),
    )


def _scenario(page: Page, regulations: Regulations) -> Scenario:
    row = page.row
    rulings = [_ruling(verdict, regulations) for verdict in row["verdicts"]]
    dilemma = page.sections.get("dilemma")
    apart = ("verdicts", "status", "facets")
    plain = {key: value for key, value in row.items() if key not in apart}
    return Scenario(
        **plain,
        facets={facet: text for facet in Facet if (text := (row["facets"] or {}).get(facet))},
        rulings=tuple(ruling for ruling in rulings if not ruling.persons),
        others=tuple(ruling for ruling in rulings if ruling.persons),
        dilemma=read_dilemma(dilemma) if dilemma is not None else None,
        status=row["status"] or Status.PUBLISHED,
        situation_html=page.sections["situation"].html(),
        reason_html=page.sections["reason"].html(),
        safe_act_html=page.sections["safe_act"].html(),
    )


def _ruling(row: Row, regulations: Regulations) -> Ruling:
    return Ruling(
        phase=row["phase"],
        verdict=row["verdict"],
        violation=row["violation"],
        cites=_citations(row["cites"], regulations),
        persons=row["for"] or (),
        note=row["note"],
    )


def _courses(tree: Tree, regulations: Regulations) -> dict[str, Course]:
    """In the order in which people see them."""
    courses = [_course(tree, page, regulations) for page in tree.of(Sort.COURSE)]
    return {course.slug: course for course in sorted(courses, key=lambda c: (c.order, c.slug))}


def _course(tree: Tree, page: Page, regulations: Regulations) -> Course:
    row = page.row
    lessons = tuple(_lesson(lesson, regulations) for lesson in tree.lessons_of(page.id))
    return Course(
        slug=page.id,
        title=row["title"],
        summary=row["summary"],
        edition=row["edition"],
        jp=row["jp"],
        minutes=row["minutes"],
        timing=_timing(row["minutes_breakdown"]),
        audience=row["audience"],
        lessons=lessons,
        blueprint=_blueprint(row["quiz"]),
        passing_percent=row["passing_percent"],
        max_attempts=row["attempts"],
        cool_down_minutes=row["cool_down_minutes"],
        pledge_edition=row["pledge"],
        valid_months=row["valid_months"],
        diklat_kind=row["diklat"],
        rests_on=row["rests_on"],
        order=row["order"] or LAST,
    )


def _timing(row: Row) -> Timing:
    return Timing(lessons=row["pelajaran"], practice=row["latihan"], quiz=row["kuis"])


def _lesson(page: Page, regulations: Regulations) -> Lesson:
    number, _, slug = page.file.name.partition("-")
    return Lesson(
        slug=slug,
        number=int(number),
        title=page.row["title"],
        minutes=page.row["minutes"],
        summary=page.row["summary"],
        cites=_citations(page.row["cites"], regulations),
        blocks=tuple(_blocks(page)),
    )


def _blocks(page: Page) -> Iterator[Prose | InlineCase]:
    shift = _shift(*page.passages)
    for block in page.blocks:
        if isinstance(block, Passage):
            yield Prose(block.html(shift))
        else:
            yield InlineCase(block.scenario_id, Phase(block.phase))


def _blueprint(row: Row) -> Blueprint:
    floor = (row["at_least"] or {}).get("boleh-or-bergantung")
    soft = (Verdict.ALLOWED, Verdict.DEPENDS)
    return Blueprint(
        questions=row["questions"],
        draws=tuple(build_draw(line) for line in row["draw"]),
        at_least=(AtLeast(soft, floor),) if floor else (),
    )


def build_draw(row: Row) -> Draw:
    return Draw(row["topic"], row["count"], row["phase"], row["difficulty"])


def _pledge(page: Page, regulations: Regulations) -> Pledge:
    text = pledge_text(page.sections["body"])
    return Pledge(
        edition=page.row["edition"],
        title=page.row["title"],
        opening=text.opening,
        points=text.points,
        closing=text.closing,
        consent=page.row["consent"],
        cites=_citations(page.row["cites"], regulations),
        valid_from=page.row["valid_from"],
    )


def _guide(page: Page) -> Guide:
    return Guide(page.id, page.row["title"], page.row["roles"], _html(page.sections["body"]))


def _lexicon(tree: Tree) -> Lexicon:
    """The one lexicon, regional words included; an empty one where there is no file."""
    for page in tree.of(Sort.LEXICON):
        row = page.row
        spoken = [row, *(row["regional"] or {}).values()]
        same: dict[str, tuple[str, ...]] = {}
        for words in spoken:
            for meaning, variants in words["same"].items():
                same[meaning] = (*same.get(meaning, ()), *variants)
        return Lexicon(
            ignored=frozenset(w for words in spoken for line in words["ignored"] for w in line),
            same=MappingProxyType(same),
            field=frozenset(row["field"]),
            parties=row["parties"] or (),
            before_a_name=frozenset(row["before_a_name"] or ()),
            requests=frozenset(row["requests"] or ()),
            orders=frozenset(row["orders"] or ()),
            namesakes=row["namesakes"] or (),
            elsewhere=tuple(q for asked in (row["elsewhere"] or {}).values() for q in asked),
        )
    return Lexicon()


def _citations(refs: tuple[Ref, ...], regulations: Regulations) -> tuple[Citation, ...]:
    return tuple(
        law.cite(regulations[ref.regulation_id], ref.anchor, is_historical=ref.is_historical)
        for ref in refs
    )


def _html(passage: Passage) -> str:
    return passage.html(_shift(passage))


def _shift(*passages: Passage) -> int:
    """Levels to lower headings by, so that the page's own h1 stays the only one."""
    tops = [top for passage in passages if (top := passage.top_heading)]
    return max(0, 2 - min(tops, default=2))
