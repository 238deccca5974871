"""Courses: lessons one can read in the time, a quiz one can draw, a pledge that exists."""

from collections.abc import Iterator

from app.catalog.terms import Phase
from app.reading.files import Sort
from app.reading.markdown import Passage
from app.reading.mistakes import Mistake
from app.reading.pages import CaseMark, Page
from app.reading.tree import Tree, is_published

WORDS_PER_MINUTE = 200
#: Minutes of the longest lesson that a person on a phone finishes.
LONGEST_LESSON = 8
#: Minutes of one jam pelajaran.
MINUTES_PER_JP = 45


def check(tree: Tree) -> Iterator[Mistake]:
    for page in tree.of(Sort.COURSE):
        yield from _lessons(tree, page)
        yield from _time(tree, page)
        yield from _rests(tree, page)
        yield from _twice(tree, page)
    for page in tree.of(Sort.LESSON):
        yield from _reading_time(tree, page)
        if page.file.folder not in tree.courses:
            yield page.error(1, "Pelajaran ini tidak mempunyai course.yaml di foldernya.")
        if not any(page.passages):
            yield page.error(page.row.line, "Pelajaran ini belum berisi.")
        for block in page.blocks:
            if isinstance(block, CaseMark):
                yield from _case(tree, page, block)


def slug_of(lesson: Page) -> str:
    """The name of a lesson without its number."""
    return lesson.file.name[3:]


def _lessons(tree: Tree, course: Page) -> Iterator[Mistake]:
    """The lessons that course.yaml names are the files in its folder, in that order."""
    files = tree.lessons_of(course.id)
    named, line = course.row["lessons"], course.row.line_of("lessons")
    if not files:
        yield course.error(line, "Kursus ini belum mempunyai pelajaran.")
    for number, lesson in enumerate(files, start=1):
        if int(lesson.file.name[:2]) != number:
            yield lesson.error(1, f"Nomor pelajaran ini seharusnya {number:02d}.")
    found = [slug_of(lesson) for lesson in files]
    if named is not None and list(named) != found:
        yield course.error(
            line, f"Daftar pelajaran tidak sama dengan berkasnya, yaitu: {', '.join(found)}."
        )


def _time(tree: Tree, course: Page) -> Iterator[Mistake]:
    minutes, jp = course.row["minutes"], course.row["jp"]
    if minutes is not None and jp is not None and jp != minutes // MINUTES_PER_JP:
        yield course.error(
            course.row.line_of("jp"),
            f"JP harus {minutes // MINUTES_PER_JP}: {minutes} menit dibagi {MINUTES_PER_JP}.",
        )
    timing = course.row["minutes_breakdown"]
    if timing is None or None in timing.values():
        return
    spent = sum(timing.values())
    if minutes is not None and spent != minutes:
        yield course.error(
            course.row.line_of("minutes_breakdown"),
            f"Rincian waktu berjumlah {spent} menit, bukan {minutes}.",
        )
    taught = sum(lesson.row["minutes"] or 0 for lesson in tree.lessons_of(course.id))
    if taught != timing["pelajaran"]:
        yield course.error(
            timing.line_of("pelajaran"),
            f"Pelajaran di folder ini berjumlah {taught} menit, bukan {timing['pelajaran']}.",
        )


def _rests(tree: Tree, course: Page) -> Iterator[Mistake]:
    pledge, line = course.row["pledge"], course.row.line_of("pledge")
    if pledge is not None and pledge not in tree.pledges:
        yield course.error(line, f"Edisi pakta “{pledge}” tidak ditemukan.")
    for id in course.row["rests_on"] or ():
        line = course.row.line_of("rests_on")
        if id not in tree.regulations:
            yield course.error(line, f"Peraturan “{id}” yang mendasari kursus tidak ditemukan.")
        elif tree.is_repealed(id):
            yield course.error(line, f"Peraturan “{id}” yang mendasari kursus sudah dicabut.")


def _twice(tree: Tree, course: Page) -> Iterator[Mistake]:
    """A reader meets a case once in a course; in another phase it is another case."""
    seen: set[tuple[str, str]] = set()
    for lesson in tree.lessons_of(course.id):
        for mark in lesson.blocks:
            if not isinstance(mark, CaseMark):
                continue
            if (mark.scenario_id, mark.phase) in seen:
                yield lesson.error(
                    mark.line,
                    f"Kasus “{mark.scenario_id}” tahap “{mark.phase}” sudah ada di kursus ini.",
                )
            seen.add((mark.scenario_id, mark.phase))


def _reading_time(tree: Tree, lesson: Page) -> Iterator[Mistake]:
    minutes, line = lesson.row["minutes"], lesson.row.line_of("minutes")
    if minutes is None:
        return
    if minutes > LONGEST_LESSON:
        yield lesson.error(line, f"Pelajaran paling lama {LONGEST_LESSON} menit, ini {minutes}.")
    words = sum(_words(tree, block) for block in lesson.blocks)
    if words > minutes * WORDS_PER_MINUTE:
        yield lesson.error(
            line,
            f"Pelajaran dengan kasusnya berisi {words} kata; dalam {minutes} menit terbaca "
            f"paling banyak {minutes * WORDS_PER_MINUTE}.",
        )


def _words(tree: Tree, block: Passage | CaseMark) -> int:
    """Words that the reader of a block reads: of a case the situation, reason and safe act."""
    if isinstance(block, Passage):
        return block.words
    scenario = tree.scenarios.get(block.scenario_id)
    if scenario is None:
        return 0
    read = ("situation", "reason", "safe_act")
    return sum(scenario.sections[name].words for name in read if name in scenario.sections)


def _case(tree: Tree, lesson: Page, mark: CaseMark) -> Iterator[Mistake]:
    scenario = tree.scenarios.get(mark.scenario_id)
    if mark.phase not in list(Phase):
        yield lesson.error(mark.line, f"Tahap “{mark.phase}” tidak dikenal.")
    if scenario is None:
        yield lesson.error(mark.line, f"Kasus “{mark.scenario_id}” tidak ditemukan.")
        return
    if not is_published(scenario):
        yield lesson.error(mark.line, f"Kasus “{mark.scenario_id}” masih draf.")
    verdicts = scenario.row["verdicts"] or ()
    phases = {verdict["phase"] for verdict in verdicts}
    if verdicts and mark.phase in list(Phase) and phases.isdisjoint({mark.phase, Phase.ALWAYS}):
        yield lesson.error(
            mark.line, f"Kasus “{mark.scenario_id}” tidak mempunyai vonis tahap “{mark.phase}”."
        )
