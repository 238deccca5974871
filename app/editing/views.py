"""/penyunting: the editors' desk. What it reads belongs to no instansi, as content does not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, open_to
from app.asking.web import finder
from app.audit import trail
from app.audit.actions import Action
from app.catalog.cases import Scenario
from app.catalog.web import current
from app.core import clock
from app.core.dates import long_date
from app.core.db import db, start_writing
from app.core.errors import DomainError, NotFound
from app.core.forms import Form, text_of
from app.core.web import attachment
from app.editing import operations, queries, settings
from app.editing.forms import DealForm
from app.editing.grouping import beside, grouped
from app.editing.models import Fate, SentQuestion

if TYPE_CHECKING:
    from app.editing.patching import Patch

bp = Blueprint("editing", __name__)


class UnknownCase(DomainError):
    message = (
        "Tidak ada kasus terbit dengan nama itu. Salin namanya dari alamat kasus, misalnya "
        "suka-unggahan-akun-pemenangan. Tidak ada yang berubah."
    )


class NothingChosen(DomainError):
    message = "Pilih dahulu apa yang dikerjakan dengan pertanyaan ini. Tidak ada yang berubah."


class NothingToPatch(DomainError):
    message = (
        "Tidak ada yang dapat dimuat ke dalam tambalan terhadap isi yang sedang dijalankan. "
        "Sebabnya tertulis pada setiap pertanyaan di halaman Penyunting. Tidak ada yang berubah."
    )
    status = 409


@bp.get("/penyunting")
@open_to(Role.EDITOR)
def desk() -> ResponseReturnValue:
    ready = queries.questions(Fate.ATTACHED)
    patch = _patch(ready) if ready else None
    reasons = dict(patch.refused) if patch else {}
    return render_template(
        "editing/desk.html",
        groups=grouped(_with_stems(queries.questions(Fate.OPEN))),
        wanted=queries.questions(Fate.WANTED),
        ready=[(one, one.addition and reasons.get(one.addition)) for one in ready],
        patch=patch,
        tallies=queries.tallies(),
        scenarios=current().scenarios,
        days=settings.kept_days(),
    )


@bp.route("/penyunting/<int:question_id>", methods=["GET", "POST"])
@open_to(Role.EDITOR)
def question(question_id: int) -> ResponseReturnValue:
    shown = queries.question_by(question_id)
    alike = _alike(shown)
    form = DealForm(phrasing=shown.phrasing or shown.text, case=shown.scenario_id)
    if form.validate_on_submit():
        try:
            return _done(_dealt_with(shown, form))
        except NotFound:
            raise
        except DomainError as error:
            db.session.rollback()
            form.form_errors.append(error.message)
            shown = queries.question_by(question_id)
    page = render_template(
        "editing/question.html",
        question=shown,
        form=form,
        alike=alike,
        near=[] if form.errors else _near(shown.text),
    )
    return page, 422 if form.errors else 200


@bp.post("/penyunting/<int:question_id>/kembalikan")
@open_to(Role.EDITOR)
def release(question_id: int) -> ResponseReturnValue:
    shown = queries.question_by(question_id)
    if Form().validate_on_submit():
        operations.release(shown, current_person())
        return _done("Pertanyaan dikembalikan ke antrean.")
    return redirect(url_for(".desk"), code=303)


@bp.get("/penyunting/tambalan.patch")
@open_to(Role.EDITOR)
def download() -> ResponseReturnValue:
    """The next patch. Asking for it changes no question: it is done when the content has it."""
    made = _patch(queries.questions(Fate.ATTACHED))
    if not made.diff:
        raise NothingToPatch
    person = current_person()
    start_writing()
    trail.record(
        Action.PHRASINGS_EXPORTED,
        f"people:{person.id}",
        actor=person,
        content=made.fingerprint,
        phrasings=made.phrasings,
    )
    db.session.commit()
    name = f"cara-bertanya-{clock.today():%Y-%m-%d}.patch"
    return attachment(_head(made) + made.diff, "text/x-diff", name)


def _head(made: "Patch") -> str:
    """Lines that git and patch pass over, and people read."""
    lines = (
        f"# Cara bertanya dari /penyunting, {long_date(clock.today())}: {made.phrasings} kalimat.",
        f"# Dihitung terhadap isi yang dijalankan server; sidik isinya {made.fingerprint}.",
        "# Pasang dari folder yang memuat content/: git apply --check BERKAS, lalu git apply BERKAS"
        " (atau patch -p1 < BERKAS).",
        "# Sesudah dipasang, jalankan content check dan nyalakan ulang server.",
        *(f"# Tidak dimuat: {one.scenario_id}: {why}." for one, why in made.refused),
    )
    return "\n".join(lines) + "\n"


def _patch(ready: Sequence[SentQuestion]) -> "Patch":
    from app.editing.patching import patch  # YAML: no other page needs it

    additions = [one.addition for one in ready if one.addition is not None]
    return patch(current_app.config["RAMBU"].CONTENT, current(), additions)


def _with_stems(questions: Sequence[SentQuestion]) -> list[tuple[SentQuestion, frozenset[str]]]:
    """Each with what the search makes of its words."""
    from app.asking.search.words import Reader  # stems: a start needs none

    reader = Reader(current().lexicon)
    return [(one, frozenset(reader.read(one.text).meanings)) for one in questions]


def _alike(shown: SentQuestion) -> list[tuple[SentQuestion, bool]]:
    """The open questions of its group, and which say the same; of one that waits no more, none."""
    if shown.fate is not Fate.OPEN:
        return []
    return beside(_with_stems(queries.questions(Fate.OPEN)), shown)


def _near(text: str) -> list[Scenario]:
    """The cases that the search finds, for an editor who may see more in them than it did."""
    return [answer.scenario for answer in finder().ask(text).answers]


def _dealt_with(shown: SentQuestion, form: DealForm) -> str:
    """Do what was decided, to the question and to those that were ticked; say it."""
    by, deed = current_person(), request.form.get("deed")
    also = [one for one in queries.open_by(form.also_ids) if one.id != shown.id]
    if deed == "attach":
        return _attached(shown, form, also)
    if deed == "want":
        for one in (shown, *also):
            operations.want(one, by)
        return f"{1 + len(also)} pertanyaan ditandai dicari."
    if deed == "discard":
        return f"{operations.discard((shown, *also), by)} pertanyaan dihapus."
    raise NothingChosen


def _attached(shown: SentQuestion, form: DealForm, also: Sequence[SentQuestion]) -> str:
    """The others ask the same, so the case answers them too."""
    try:
        scenario = current().shown(form.case_id)
    except NotFound as error:
        raise UnknownCase from error
    operations.attach(shown, scenario, text_of(form.phrasing), current_person())
    gone = operations.discard(also, current_person())
    more = f" {gone} pertanyaan serupa dihapus." if gone else ""
    return f"Pertanyaan dilampirkan pada “{scenario.question}”.{more}"


def _done(sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for(".desk"), code=303)
