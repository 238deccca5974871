"""/unit/…/pindah, gabung, tutup: what changes the tree itself. Only of units below one's own."""

from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, open_to
from app.admin.desk import bp, zone
from app.admin.unit_forms import CloseForm, MergeForm, MoveUnitForm
from app.admin.units import changeable, hr_scope, url_of
from app.agencies import closing, tree
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.core import clock
from app.core.dates import thousands
from app.core.forms import form_page, saying
from app.core.web import done


@bp.route("/unit/<int:unit_id>/pindah", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def move_unit(unit_id: int) -> ResponseReturnValue:
    shown = changeable(unit_id)
    form = MoveUnitForm(since=clock.today(zone()), unit_id=shown.parent_id)
    form.unit_id.units = _others(shown)
    if form.validate_on_submit():
        with saying(form):
            parent = agencies.unit_in(hr_scope(), form.unit_id.chosen)
            tree.move_unit(shown, parent, form.day, current_person())
            return done(f"{shown.name} kini di bawah {parent.name}.", url_of(shown))
    return form_page("admin/unit_move.html", form, unit=shown)


@bp.route("/unit/<int:unit_id>/gabung", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def merge_unit(unit_id: int) -> ResponseReturnValue:
    shown, form = changeable(unit_id), MergeForm(since=clock.today(zone()))
    form.unit_id.units = _others(shown)
    if form.validate_on_submit():
        with saying(form):
            heir = agencies.unit_in(hr_scope(), form.unit_id.chosen)
            moved = closing.merge_unit(shown, heir, form.day, current_person())
            said = f"{shown.name} digabungkan ke {heir.name}; {thousands(moved)} orang ikut."
            return done(said, url_of(heir))
    return form_page("admin/unit_merge.html", form, unit=shown)


@bp.route("/unit/<int:unit_id>/tutup", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def close_unit(unit_id: int) -> ResponseReturnValue:
    shown, form = changeable(unit_id), CloseForm(since=clock.today(zone()))
    form.unit_id.units = _others(shown)
    if form.validate_on_submit():
        with saying(form):
            heir_id = form.unit_id.data
            heir = agencies.unit_in(hr_scope(), heir_id) if heir_id else None
            moved = closing.close_unit(shown, form.day, current_person(), heir=heir)
            return done(f"{shown.name} ditutup; {thousands(moved)} orang pindah.", url_of(shown))
    return form_page("admin/unit_close.html", form, unit=shown)


def _others(shown: Unit) -> list[Unit]:
    """Units of the desk that do not stand below this one."""
    return [one for one in agencies.units_in(hr_scope()) if not one.path.startswith(shown.path)]
