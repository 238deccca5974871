"""/aturan: every instrument, and the cases that rest on it. No sign-in, nothing written."""

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import PUBLIC, open_to
from app.asking.shelf import Wanted, cases_by_provision, predecessors, wanted
from app.catalog.labels import CONFIDENCES, KINDS, STANDINGS
from app.catalog.law import ADDRESS, Regulation
from app.catalog.web import current
from app.core.dates import long_date
from app.core.sharing import shareable

bp = Blueprint("regulations", __name__)


@bp.get("/aturan")
@open_to(PUBLIC)
def regulations() -> ResponseReturnValue:
    asked = Wanted.read(request.args)
    found = wanted(current().regulations.values(), asked)
    return shareable(
        render_template(
            "asking/regulations.html",
            groups=_by_kind(found),
            count=len(found),
            total=len(current().regulations),
            asked=asked,
            kinds=KINDS,
            standings=STANDINGS,
        )
    )


@bp.get(f"{ADDRESS}<id>")
@open_to(PUBLIC)
def regulation(id: str) -> ResponseReturnValue:
    catalog = current()
    shown = catalog.regulation(id)
    cases = cases_by_provision(catalog, shown)
    return shareable(
        render_template(
            "asking/regulation.html",
            regulation=shown,
            heir=catalog.regulations.get(shown.repealed_by or ""),
            predecessors=predecessors(catalog, shown),
            cases=cases,
            case_count=len({case.id for found in cases.values() for case in found}),
            confidences=CONFIDENCES,
            kind=KINDS[shown.kind],
            long_date=long_date,
        )
    )


def _by_kind(regulations: Iterable[Regulation]) -> list[tuple[str, list[Regulation]]]:
    """Highest instrument first, newest first within a kind, what is repealed at the end of it."""
    rank = {kind: place for place, kind in enumerate(KINDS)}
    ordered = sorted(
        regulations, key=lambda r: (rank[r.kind], r.is_repealed, -(r.year or 0), r.short.casefold())
    )
    return [(KINDS[kind], list(group)) for kind, group in groupby(ordered, lambda r: r.kind)]
