"""/instansi: how the agency heads and signs its letters, looked at before it is saved."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_scope, open_to
from app.admin.agency_forms import AgencyForm
from app.admin.desk import bp, zone
from app.agencies.letterhead import Letterhead, heading, signature
from app.agencies.models import Agency
from app.agencies.queries import root_of
from app.agencies.settings import change_agency
from app.core import clock
from app.core.errors import NotFound
from app.core.forms import form_page, saying
from app.core.web import done


@bp.route("/instansi", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def agency() -> ResponseReturnValue:
    mine = _own()
    form, is_look = AgencyForm(obj=mine), request.form.get("act") != "simpan"
    if is_look and request.method == "POST":
        form.forgo_proof()
    if form.validate_on_submit():
        if is_look:
            return _page(form, form.look)[0]
        with saying(form):
            form.prove()
            is_new = change_agency(mine, form.values, current_person())
            return done("Pengaturan disimpan." if is_new else "Tidak ada yang baru.", _url())
    return _page(form, mine)


def _page(form: AgencyForm, look: Letterhead) -> tuple[str, int]:
    day = clock.today(zone())
    return form_page(
        "admin/agency.html",
        form,
        heading=heading(look),
        signature=signature(look, day),
    )


def _own() -> Agency:
    """Whoever administers all of it; who administers a part does not see the page."""
    mine = current_person().agency
    if not current_scope(Role.HR_ADMIN).covers(root_of(mine)):
        raise NotFound
    return mine


def _url() -> str:
    return url_for(".agency")
