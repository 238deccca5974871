"""/bantuan: the guides, by the role that each is written for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.access import PUBLIC, open_to
from app.catalog.labels import READERS
from app.catalog.web import current
from app.config import VERSION
from app.core.sharing import shareable

bp = Blueprint("guides", __name__)


@bp.get("/bantuan")
@open_to(PUBLIC)
def guides() -> ResponseReturnValue:
    place = list(READERS).index
    guides = sorted(current().guides.values(), key=lambda g: (place(g.roles[0]), g.title))
    return shareable(
        render_template("asking/guides.html", guides=guides, readers=READERS, version=VERSION)
    )


@bp.get("/bantuan/<slug>")
@open_to(PUBLIC)
def guide(slug: str) -> ResponseReturnValue:
    return shareable(render_template("asking/guide.html", guide=current().guide(slug)))
