"""The rules of stale law: their words, their examples, and what they say is right."""

from collections.abc import Iterator

from app.catalog.staleness import StaleRule
from app.catalog.terms import Confidence
from app.reading.checks import names
from app.reading.checks.law import confidence_of
from app.reading.files import Sort
from app.reading.lines import Line
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Ref, Row
from app.reading.stale_law import Written
from app.reading.tree import Tree
from app.stale.batches import stale_claims_of_each
from app.stale.repeals import Instrument

#: Letters of an example that a message shows.
GLIMPSE = 60


def check(tree: Tree) -> Iterator[Mistake]:
    yield from tree.stale.mistakes
    yield from _twice(tree)
    for one in tree.stale.written:
        if one.row["source"] is not None:
            yield from _source(tree, one.page, one.row["source"])
        if one.rules:
            yield from _examples(one)
            yield from _since(tree, one, one.rules[0])
    yield from _rights(tree)
    for page in tree.of(Sort.STALE):
        yield from _names(page, tree)


def _twice(tree: Tree) -> Iterator[Mistake]:
    owners: dict[str, Page] = {}
    for one in tree.stale.written:
        id, line = one.row["id"], one.row.line_of("id")
        if id is None:
            continue
        if owner := owners.get(id):
            yield one.page.error(line, f"Aturan “{id}” sudah ada di {owner.file.path}.")
        owners.setdefault(id, one.page)


def _source(tree: Tree, page: Page, ref: Ref) -> Iterator[Mistake]:
    if ref.regulation_id not in tree.regulations:
        yield page.error(ref.line, f"Peraturan “{ref.regulation_id}” yang dirujuk tidak ditemukan.")
    elif tree.provision(ref) is None:
        yield page.error(
            ref.line,
            f"Ketentuan “{ref.anchor}” tidak ada dalam {ref.regulation_id}; "
            f"yang ada: {', '.join(tree.anchors(ref.regulation_id))}.",
        )
    elif ref.is_historical:
        yield page.error(ref.line, "Dasar aturan basi harus yang berlaku, bukan sejarah.")
    elif gone := _gone(tree, ref.regulation_id):
        yield page.error(ref.line, f"Dasar aturan ini, {ref}, {_repealed(tree, gone)}.")
    elif confidence_of(tree, ref) is Confidence.C:
        yield page.error(ref.line, f"Dasar aturan ini, {ref}, berkeyakinan C.")


def _examples(one: Written) -> Iterator[Mistake]:
    fires, silent = one.row["fires"] or (), one.row["silent"] or ()
    texts = [line.text for line in (*fires, *silent)]
    marked = {which for which, _ in stale_claims_of_each(texts, one.rules)}
    for which, line in enumerate((*fires, *silent)):
        should = which < len(fires)
        if should != (which in marked):
            told = "ditandai" if should else "dibiarkan"
            yield one.page.error(
                line.number,
                f"Contoh ini seharusnya {told} aturan “{one.rules[0].id}”: “{_glimpse(line)}”.",
            )


def _rights(tree: Tree) -> Iterator[Mistake]:
    """What a rule recommends must itself hold."""
    sound = []
    for one in tree.stale.written:
        if not one.rules:
            continue
        if gone := tree.stale.repeals.recommended(one.rules[0].right):
            sentence = f"Isian “right” menganjurkan {gone.short}, yang {_repealed(tree, gone)}."
            yield one.page.error(one.row.line_of("right"), sentence)
        else:
            sound.append(one)
    rights = [one.rules[0].right for one in sound]
    for which, claim in stale_claims_of_each(rights, tree.stale.law.rules):
        one = sound[which]
        yield one.page.error(one.row.line_of("right"), f"{claim.found}: {claim.right}")


def _since(tree: Tree, one: Written, rule: StaleRule) -> Iterator[Mistake]:
    gone = tree.stale.repeals.covered_by(rule)
    if gone is None or rule.since is None:
        return
    ended = tree.regulations[gone.id].row["repealed_on"]
    if ended is not None and ended != rule.since:
        yield one.page.error(
            one.row.line_of("since"),
            f"Isian “since” ({rule.since}) tidak sama dengan repealed_on {gone.id} ({ended}).",
        )


def _gone(tree: Tree, id: str) -> Instrument | None:
    one = tree.stale.repeals.instruments.get(id)
    return one if one and one.is_repealed else None


def _repealed(tree: Tree, gone: Instrument) -> str:
    heirs = [heir for heir in tree.stale.repeals.heirs(gone) if not heir.is_repealed]
    now = f"; yang berlaku ialah {heirs[-1].short}" if heirs else ""
    return f"sudah dicabut{now}"


def _glimpse(line: Line) -> str:
    text = " ".join(line.text.split()).rstrip(".")
    return text if len(text) <= GLIMPSE else f"{text[:GLIMPSE]}…"


def _names(page: Page, tree: Tree) -> Iterator[Mistake]:
    for row in page.row["rules"] or ():
        for line in _sentences(row):
            for name, _ in names.found_in(line.text, names.parties_of(tree)):
                yield page.warning(line.number, f"Teks menyebut “{name}”; pakai sebutan umum.")


def _sentences(row: Row) -> Iterator[Line]:
    if row["right"] is not None:
        yield Line(row["right"], row.line_of("right"))
    yield from row["fires"] or ()
    yield from row["silent"] or ()
