"""What stands in running text: links, images, stale law, tired sentences, names."""

from collections.abc import Iterator

from app.catalog.terms import Topic
from app.reading.checks import names
from app.reading.files import Sort
from app.reading.markdown import Link, Passage
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Row
from app.reading.tree import Tree, cites_of
from app.stale.batches import stale_claims_of_each

LONGEST_SENTENCE = 30
#: The title that marks a link to repealed law: `[UU 5/2014](aturan:uu-5-2014 "historis")`.
HISTORICAL = "historis"
#: Keys of front matter that hold sentences, in any sort of file.
_SENTENCES = ("title", "question", "status_note", "disputed", "summary", "consent")
_PROVISION_SENTENCES = ("label", "text", "sanction")


def check(tree: Tree) -> Iterator[Mistake]:
    parties = names.parties_of(tree)
    for page in tree.pages:
        for passage in page.passages:
            yield from _links(tree, page, passage)
            yield from _images(page, passage)
            yield from _long_sentences(page, passage)
        for line, text in _texts(page):
            for name, at in names.found_in(text, parties):
                yield page.warning(
                    line + text.count("\n", 0, at), f"Teks menyebut “{name}”; pakai sebutan umum."
                )
    yield from _stale_law(tree)


def _stale_law(tree: Tree) -> Iterator[Mistake]:
    pieces = [
        (page, line, text)
        for page in tree.pages
        if not (page.sort is Sort.REGULATION and tree.is_repealed(page.id))
        for line, text in _texts(page)
    ]
    for which, claim in stale_claims_of_each([text for *_, text in pieces], tree.stale.law.rules):
        page, line, _ = pieces[which]
        yield page.error(line + claim.line - 1, f"{claim.found}: {claim.right}")


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    """Every piece of text that readers see, with the line on which it begins."""
    for key in _SENTENCES:
        if isinstance(text := page.row.get(key), str):
            yield page.row.line_of(key), text
    for row in page.row.get("provisions") or ():
        yield from _provision_texts(row)
    for row in page.row.get("verdicts") or ():
        if row["note"] is not None:
            yield row.line_of("note"), row["note"]
    for passage in page.passages:
        yield passage.line, passage.source


def _provision_texts(row: Row) -> Iterator[tuple[int, str]]:
    for key in _PROVISION_SENTENCES:
        if row[key] is not None:
            yield row.line_of(key), row[key]


def _links(tree: Tree, page: Page, passage: Passage) -> Iterator[Mistake]:
    for link in passage.links():
        if link.citation:
            problem = _citation_problem(tree, page, link, *link.citation)
        elif link.is_internal:
            problem = _internal_problem(tree, link.href)
        elif link.is_external:
            problem = None
        else:
            problem = f"Tautan “{link.href}” tidak dikenal; pakai aturan:, alamat / atau https://."
        if problem:
            yield page.error(link.line, problem)


def _citation_problem(
    tree: Tree, page: Page, link: Link, id: str, anchor: str | None
) -> str | None:
    if id not in tree.regulations:
        return f"Peraturan “{id}” yang dirujuk tidak ditemukan."
    if anchor is not None and tree.provision(f"{id}#{anchor}") is None:
        return f"Ketentuan “{anchor}” tidak ada dalam {id}."
    if tree.is_repealed(id) and not _is_history(page, link, id):
        return (
            f"Tautan menunjuk {id} yang sudah dicabut{tree.heir_of(id)}; ganti, atau beri judul "
            f"“{HISTORICAL}” "
            "bila disebut sebagai sejarah."
        )
    return None


def _is_history(page: Page, link: Link, id: str) -> bool:
    """Said on the link itself, or by a historical citation of the same instrument."""
    return link.title == HISTORICAL or any(
        ref.is_historical and ref.regulation_id == id for ref in cites_of(page)
    )


def _internal_problem(tree: Tree, href: str) -> str | None:
    dead = f"Tautan “{href}” tidak menuju ke mana pun."
    path, _, anchor = href.partition("#")
    parts = [part for part in path.split("?")[0].split("/") if part]
    known: Row | Page | bool | None
    if not path:
        return dead
    match parts:
        case ["aturan", id]:
            known = tree.provision(f"{id}#{anchor}") if anchor else tree.regulations.get(id)
        case ["bantuan", slug]:
            known = tree.guides.get(slug)
        case ["bolehkah", "topik", topic]:
            known = topic in list(Topic)
        case ["bolehkah", id, *_]:
            known = tree.scenarios.get(id)
        case ["kursus", slug, "pelajaran", number]:
            known = number in [str(n + 1) for n, _ in enumerate(tree.lessons_of(slug))]
        case ["kursus", slug, *_]:
            known = tree.courses.get(slug)
        case [] | ["aturan"] | ["bantuan"] | ["bolehkah"] | ["kursus"]:
            known = True
        case [area, *_]:
            known = tree.areas is None or area in tree.areas
    return None if known else dead


def _images(page: Page, passage: Passage) -> Iterator[Mistake]:
    for image in passage.images():
        if not image.alt:
            yield page.error(image.line, f"Gambar “{image.src}” belum mempunyai teks pengganti.")
        if not image.is_ours:
            yield page.error(image.line, f"Gambar “{image.src}” harus berasal dari /static/.")


def _long_sentences(page: Page, passage: Passage) -> Iterator[Mistake]:
    for line, sentence in passage.sentences():
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield page.warning(line, f"Kalimat ini panjang ({words} kata): “{sentence[:40]}…”")
