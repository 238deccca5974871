"""/unit: the tree, one unit, and what is said about one: its name, its kind, its other names."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_scope, open_to
from app.admin import unit_queries
from app.admin.desk import DESKS, bp, desk, zone
from app.admin.unit_forms import AliasForm, DropAliasForm, NewUnitForm, UnitForm, kind_label
from app.agencies import aliases, timeline, tree
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.agencies.scope import Scope
from app.core import clock
from app.core.errors import DomainError
from app.core.forms import Form, form_page, saying, text_of
from app.core.web import asked_number, back_with, done


class OwnTop(DomainError):
    message = (
        "Peran Anda berdiri di unit ini, jadi unit ini sendiri tidak Anda ubah; yang di bawahnya "
        "dapat. Tidak ada yang berubah."
    )


class AliasGone(DomainError):
    message = "Nama lain itu sudah tidak ada. Tidak ada yang berubah."


@bp.get("/unit")
@open_to(*DESKS)
def units() -> ResponseReturnValue:
    search = " ".join(request.args.get("cari", "")[:80].replace("\0", " ").split())
    trees = unit_queries.trees_of(desk())
    agency = current_person().agency
    return render_template(
        "admin/units.html",
        trees=trees,
        search=search,
        found=unit_queries.matching(trees, search, agency) if search else [],
        total=len(unit_queries.all_of(trees)),
        may_change=bool(hr_scope().paths),
    )


@bp.get("/unit/<int:unit_id>")
@open_to(*DESKS)
def unit(unit_id: int) -> ResponseReturnValue:
    return _unit_page(agencies.unit_in(desk(), unit_id), AliasForm())


def _unit_page(shown: Unit, form: Form) -> str:
    lines = timeline.lines_of(shown)
    branches = unit_queries.trees_of(Scope((shown.path,)))
    return render_template(
        "admin/unit.html",
        unit=shown,
        kind=kind_label(shown.kind),
        branch=branches[0] if branches else None,
        parents=[one for one in agencies.ancestors_of(shown)[:-1] if desk().covers(one)],
        aliases=unit_queries.aliases_of(shown),
        lines=lines,
        names=unit_queries.parents_at([line.parent_id for line in lines]),
        may_change=is_below(hr_scope(), shown) and shown.closed_on is None,
        may_add=hr_scope().covers(shown) and shown.closed_on is None,
        may_alias=is_below(desk(), shown) and shown.closed_on is None,
        form=form,
    )


@bp.route("/unit/baru", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def add_unit() -> ResponseReturnValue:
    scope = hr_scope()
    form = NewUnitForm(unit_id=asked_number("induk"), since=clock.today(zone()))
    form.unit_id.units = agencies.units_in(scope)
    if form.validate_on_submit():
        with saying(form):
            parent, code = agencies.unit_in(scope, form.unit_id.chosen), text_of(form.code)
            new = tree.add_unit(parent, code, form.said, form.day, current_person())
            return done(f"{new.name} ditambahkan di bawah {parent.name}.", url_of(new))
    return form_page("admin/unit_add.html", form)


@bp.route("/unit/<int:unit_id>/ubah", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def change_unit(unit_id: int) -> ResponseReturnValue:
    shown = changeable(unit_id)
    told = {"name": shown.name, "kind": shown.kind.value, "is_reporting": shown.is_reporting}
    form = UnitForm(since=clock.today(zone()), **told)
    if form.validate_on_submit():
        with saying(form):
            is_new = tree.change_unit(shown, form.said, form.day, current_person())
            return done("Perubahan disimpan." if is_new else "Tidak ada yang baru.", url_of(shown))
    return form_page("admin/unit_change.html", form, unit=shown)


@bp.post("/unit/<int:unit_id>/nama-lain")
@open_to(*DESKS)
def add_alias(unit_id: int) -> ResponseReturnValue:
    shown, form = _renamable(unit_id), AliasForm()
    if form.validate_on_submit():
        with saying(form):
            added = aliases.add_alias(shown, text_of(form.text), current_person())
            return done(f"“{added.text}” kini berarti {shown.name}.", url_of(shown))
    return _unit_page(shown, form), 422


@bp.post("/unit/<int:unit_id>/nama-lain/hapus")
@open_to(*DESKS)
def drop_alias(unit_id: int) -> ResponseReturnValue:
    shown, form = _renamable(unit_id), DropAliasForm()
    if not form.validate_on_submit():
        return back_with(AliasGone(), url_of(shown))
    text = aliases.drop_alias(shown, form.alias_id.data or 0, current_person())
    return done(f"“{text}” tidak lagi berarti {shown.name}.", url_of(shown))


def hr_scope() -> Scope:
    """The part of the tree whose units the reader may change."""
    return current_scope(Role.HR_ADMIN)


def is_below(scope: Scope, unit: Unit) -> bool:
    """Whether a unit is of the scope, and not the very unit that it was given on."""
    return scope.covers(unit) and unit.path not in scope.paths


def changeable(unit_id: int) -> Unit:
    """A unit that the reader may change; one outside her part of the tree is 404.

    Raises OwnTop for the unit that her role stands on.
    """
    return _below(hr_scope(), unit_id)


def _renamable(unit_id: int) -> Unit:
    return _below(desk(), unit_id)


def _below(scope: Scope, unit_id: int) -> Unit:
    shown = agencies.unit_in(scope, unit_id)
    if not is_below(scope, shown):
        raise OwnTop
    return shown


def url_of(unit: Unit) -> str:
    return url_for("admin.unit", unit_id=unit.id)
