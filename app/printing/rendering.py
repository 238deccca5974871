"""Turn facts into a PDF/A-3a with WeasyPrint: same facts and stamp, same pages.

Reads nothing but bundled fonts, styles and art; never the network, never a caller's file. What it
prints comes escaped from plain values. The engine is shared and takes one page at a time.
"""

import tempfile
import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from math import sqrt
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from app.core import bounded
from app.core.dates import day_and_date, hours, local_date, local_time, long_date
from app.printing import ornament
from app.printing.facts import (
    AttendanceFacts,
    CertificateFacts,
    Facts,
    Official,
    PledgeFacts,
    Stamp,
)
from app.printing.typeset import balanced, fit_name, text_width

APP = Path(__file__).resolve().parent.parent
FONTS = {
    "serif.ttf": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-semibold.ttf": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "serif-italic.ttf": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "sans.ttf": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-semibold.ttf": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "sans-bold.ttf": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
}
#: Archival and tagged: screen readers and archives can use it. Survives the seal (measured).
VARIANT = "pdf/a-3a"
RGB = (["r"], ["g"], ["b"])
#: What a template is given.
Values = dict[str, object]
ART = {"emblem.svg": APP / "static" / "emblem.svg"}
#: The whole truth about what the seal is. PP 71/2019 Pasal 60: not certified by a PSrE.
SEAL_LABEL = "Segel elektronik internal — tidak tersertifikasi"
#: Pango and fontconfig are not to be shared by threads.
ONE_AT_A_TIME = threading.Lock()
#: What one document may take where it is rendered apart; an ordinary one takes half a second.
BOUNDS = bounded.Bounds(cpu=10, seconds=60, memory=512 * 1024 * 1024, files=256, written=1 << 24)
#: Width of the certificate's name, in mm.
NAME_WIDTH = 226
#: Body sizes of the pledge in points: the first that keeps its text on one page is taken.
PLEDGE_SIZES = (11.5, 11, 10.5, 10, 9.5)
#: Body sizes of the curriculum, likewise.
LESSON_SIZES = (10, 9, 8, 7)
#: Body sizes of a certificate of attendance: the first that keeps all of it on one page is taken.
ATTENDANCE_SIZES = (9.2, 8.3, 7.5, 7, 6.5)


class Bundled(URLFetcher):
    """Serves `data:` and our own fonts and art. Anything else stops the rendering."""

    def __init__(self) -> None:
        URLFetcher.__init__(self, allowed_protocols=("data",))

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "data":
            found: URLFetcherResponse = URLFetcher.fetch(self, url, headers)
            return found
        if scheme == "font" and name in FONTS:
            package, file = FONTS[name]
            return URLFetcherResponse(url, (files(package) / "files" / file).read_bytes())
        if scheme == "asset" and name in ART:
            kind = {"Content-Type": "image/svg+xml"}
            return URLFetcherResponse(url, ART[name].read_bytes(), kind)
        raise FatalURLFetchingError(f"a document may not fetch {url}")


class Engine:
    """What every render shares: fonts, parsed styles, templates, art. One page at a time."""

    def __init__(self) -> None:
        self.fetcher = Bundled()
        self.fonts = FontConfiguration()
        styles = (APP / "static" / "documents" / "documents.css").read_text("utf-8")
        self.styles = CSS(string=styles, font_config=self.fonts, url_fetcher=self.fetcher)
        self.templates = Environment(
            loader=FileSystemLoader(APP / "templates" / "printing"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["balanced"] = balanced
        self.templates.filters["jp"] = lambda jp: f"{jp:.2f}".replace(".", ",")
        self.srgb = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
        self.art = {
            "art:frame": ornament.frame(),
            "art:sheet": ornament.sheet(),
            "art:medallion": ornament.medallion(),
        }

    def layout(self, template: str, url: str | None, values: Values) -> Document:
        """Set a template; with an address, `art:qr` is its code."""
        code = {"art:qr": ornament.qr(qr_text(url))} if url else {}
        html = self.templates.get_template(template).render(values)
        document: Document = HTML(string=html, url_fetcher=self.fetcher).render(
            font_config=self.fonts,
            stylesheets=[self.styles],
            cache={**self.art, **code},
            color_profiles={"srgb": self.colours()},
            pdf_variant=VARIANT,
        )
        return document

    def colours(self) -> ColorProfile:
        """The output intent of PDF/A. WeasyPrint would open the same file and never close it."""
        return ColorProfile(BytesIO(self.srgb), "sRGB2014.icc", "relative-colorimetric", RGB)


@cache
def engine() -> Engine:
    return Engine()


def render(facts: Facts, stamp: Stamp) -> bytes:
    """The document as an unsealed PDF."""
    with ONE_AT_A_TIME:
        return _rendered(facts, stamp)


def render_apart(facts: Facts, stamp: Stamp) -> bytes:
    """The same, by a bounded child of this process. Raises bounded.Unfinished."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        return bounded.made(partial(_anew, partial(_rendered, facts, stamp), folder), BOUNDS)


def print_values(
    template: str,
    values: Values,
    *,
    is_apart: bool,
    sizes: tuple[float, ...] = (),
    url: str | None = None,
) -> bytes:
    """A template of plain values; with an address, `art:qr` is its code; with `sizes`, at the
    first of them at which it is one page. Raises bounded.Unfinished where `is_apart`."""
    laid_out = partial(_printed, template, url, values, sizes)
    if not is_apart:
        with ONE_AT_A_TIME:
            return laid_out()
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        return bounded.made(partial(_anew, laid_out, folder), BOUNDS)


def _printed(template: str, url: str | None, values: Values, sizes: tuple[float, ...]) -> bytes:
    if sizes:
        document = fitting(template, url, values, sizes, pages=1)
    else:
        document = engine().layout(template, url, values)
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT, output_intent="given")
    return pdf


def _anew(laid_out: Callable[[], bytes], folder: str) -> bytes:
    """With fonts of this process, which lie in `folder`: Pango (1.56) asks for them in a thread of
    its own, which a fork leaves behind, and would wait for it until the end of its bounds."""
    tempfile.tempdir = folder
    engine.cache_clear()
    return laid_out()


def _rendered(facts: Facts, stamp: Stamp) -> bytes:
    match facts:
        case CertificateFacts():
            document = _certificate(facts, stamp)
        case PledgeFacts():
            document = _pledge(facts, stamp)
        case AttendanceFacts():
            document = _attendance(facts, stamp)
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT, output_intent="given")
    return pdf


def _certificate(facts: CertificateFacts, stamp: Stamp) -> Document:
    size, lines = fit_name(facts.holder.name, NAME_WIDTH)
    values = _shared(facts, stamp) | {
        "name_size": size,
        "name_lines": lines,
        "dense": len(lines) > 2 or is_dense(facts),
        "held": date_range(facts.started_on, facts.finished_on),
    }
    return fitting("certificate.html", stamp.url, values, LESSON_SIZES)


def _attendance(facts: AttendanceFacts, stamp: Stamp) -> Document:
    size, lines = fit_name(facts.holder.name, NAME_WIDTH)
    values = _shared(facts, stamp) | {
        "name_size": size,
        "name_lines": lines,
        "dense": is_signed_at_length(facts.official),
        "held_on": day_and_date(facts.held_on),
        "hours": hours(facts.starts_at, facts.ends_at, facts.issuer.zone),
        "basis": basis(facts),
    }
    return fitting("attendance.html", stamp.url, values, ATTENDANCE_SIZES, pages=1)


def _pledge(facts: PledgeFacts, stamp: Stamp) -> Document:
    return fitting("pledge.html", stamp.url, pledge_values(facts, stamp), PLEDGE_SIZES)


def pledge_values(facts: PledgeFacts, stamp: Stamp) -> Values:
    """What the template says, but for the size of its letters."""
    return _shared(facts, stamp) | {
        "headline": headline(facts.title),
        "signed_at": local_time(facts.signed_at, facts.issuer.zone),
        "signed_on": local_date(facts.signed_at, facts.issuer.zone),
        "proved_at": local_time(facts.proved_at, facts.issuer.zone),
        "code_used_at": facts.code_used_at and local_time(facts.code_used_at, facts.issuer.zone),
    }


def fitting(
    template: str, url: str | None, values: Values, sizes: tuple[float, ...], pages: int = 2
) -> Document:
    """The layout at the first size that needs no more pages than these, or at the smallest on as
    many as it takes. Ordinary documents fit at once; only the longest pay for a second layout.
    """
    largest = sizes[0]
    for size in sizes:
        if size > largest and size != sizes[-1]:
            continue
        document = engine().layout(template, url, values | {"size": size})
        if len(document.pages) <= pages:
            break
        largest = fits_from(size, len(document.pages), pages)
    return document


def fits_from(size: float, taken: int, pages: int) -> float:
    """The largest size at which what took so many pages may fit on `pages`: it filled more than all
    of them but the last, and a text takes paper with the square of its size."""
    return size * sqrt(pages / max(taken - 1, pages))


def is_dense(facts: CertificateFacts) -> bool:
    """Whether page 1 needs its smaller sizes: some text would take a line more than usual."""
    return (
        text_width(facts.holder.position, 10.5) > NAME_WIDTH
        or text_width(facts.holder.unit, 10.5) > NAME_WIDTH
        or text_width(facts.course, 18) > NAME_WIDTH
        or is_signed_at_length(facts.official)
    )


def is_signed_at_length(official: Official) -> bool:
    """Whether the block of the signatory would take a line more than usual."""
    return text_width(official.position, 10.5) > 90 or text_width(official.name, 10.5) > 80


def basis(facts: AttendanceFacts) -> str:
    """By what attendance was found: the rule, what was counted, and where it is on record."""
    counted = f" Terjawab {facts.answered} dari {facts.asked} soal." if facts.asked else ""
    return f"Dasar kehadiran: {facts.rule}{counted} Kode kegiatan {facts.session}."


def _shared(facts: Facts, stamp: Stamp) -> Values:
    zone = facts.issuer.zone
    return {
        "facts": facts,
        "stamp": stamp,
        "issued_on": local_date(stamp.issued_at, zone),
        "issued_at": local_time(stamp.issued_at, zone),
        "seal_label": SEAL_LABEL,
        "host": urlsplit(stamp.url).netloc,
    }


def qr_text(url: str) -> str:
    """The URL in capitals: a QR holds those in 5.5 bits a character, so its modules grow.

    Names of hosts do not care for case, and `/VERIFIKASI/` is served too.
    """
    return url.upper()


def headline(title: str) -> list[str]:
    """`PAKTA INTEGRITAS` on its own line, as the form of an official statement wants it."""
    first, head, rest = title.upper().partition("PAKTA INTEGRITAS")
    return [head, rest.strip(" :–—-")] if not first and head and rest else [title.upper()]


def date_range(first: date, last: date) -> str:
    """`3–22 November 2026`, `28 Oktober–3 November 2026`, or one day."""
    if first == last:
        return long_date(last)
    start = long_date(first).split(" ")
    end = long_date(last).split(" ")
    while len(start) > 1 and start[-1] == end[len(start) - 1]:
        start.pop()
    dash = "–" if len(start) == 1 else " – "
    return " ".join(start) + dash + " ".join(end)
