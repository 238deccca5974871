"""What anybody may send: a question that found no answer, and whether a case answered.

No account is looked at and no address is kept. The network of a request is asked for by the brake
alone, which hashes it and forgets it within days; no row of ours names it.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts import throttle
from app.accounts.access import PUBLIC, open_to
from app.accounts.sessions import network
from app.catalog.web import current
from app.core.db import db
from app.core.errors import DomainError
from app.core.forms import text_of
from app.editing import operations, settings
from app.editing.forms import QuestionForm
from app.editing.models import LONGEST

bp = Blueprint("sending", __name__)
TOO_MANY = (
    "Sudah banyak pertanyaan dikirim dari jaringan ini. Pertanyaan Anda belum disimpan dan masih "
    "ada di halaman ini; tunggu {seconds} detik, lalu kirim lagi."
)


@bp.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More bytes than were read, so there is nothing to show again."""
    return _page("", None, operations.TooLong().message), 413


@bp.record_once
def _spare_the_counter(state: BlueprintSetupState) -> None:
    """A case is a page for everybody and holds no token; what it sends names nobody (`answer`)."""
    state.app.extensions["csrf"].exempt(answer)


@bp.get("/bolehkah/kirim")
@open_to(PUBLIC)
def draft() -> ResponseReturnValue:
    """What would be kept of the question that was asked; an empty box where none was."""
    return _preview(request.args.get("q", ""), has_been_asked="q" in request.args)


@bp.post("/bolehkah/kirim")
@open_to(PUBLIC)
def send() -> ResponseReturnValue:
    form = QuestionForm()
    typed = text_of(form.text)
    if not form.validate_on_submit() or not form.send.data:
        return _preview(typed, has_been_asked=True)
    try:
        if operations.shown(typed) != typed:
            raise operations.NotYetShown
        throttle.spend((throttle.SEND, network()))
        operations.send(typed)
        db.session.commit()
    except throttle.TooSoon as error:
        page = _page(typed, typed, TOO_MANY.format(seconds=error.seconds))
        return page, 429, {"Retry-After": str(error.seconds)}
    except operations.AlreadySent:
        db.session.rollback()  # the form was sent twice, and what it says is kept
    except operations.NotYetShown as error:
        return _preview(typed, has_been_asked=True, problem=error.message)
    except DomainError as error:
        db.session.rollback()
        wait = {"Retry-After": str(error.seconds)} if error.seconds else {}
        return _page(typed, None, error.message), error.status, wait
    return redirect(url_for(".sent"), code=303)


@bp.get("/bolehkah/kirim/selesai")
@open_to(PUBLIC)
def sent() -> ResponseReturnValue:
    return render_template("editing/sent.html", days=settings.kept_days())


@bp.get("/bolehkah/<id>/menjawab")
@open_to(PUBLIC)
def answered(id: str) -> ResponseReturnValue:
    """Thanks for an answer; the two buttons for whoever comes here without one."""
    said = request.args.get("tanggapan", "")
    return render_template("editing/answered.html", case=current().shown(id), said=said)


@bp.post("/bolehkah/<id>/menjawab")
@open_to(PUBLIC)
def answer(id: str) -> ResponseReturnValue:
    """Count one answer. Nothing but a number changes, so a page of others could only miscount; a
    browser that says it comes from there is refused all the same."""
    scenario, said = current().shown(id), request.form.get("menjawab")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    if said not in ("ya", "tidak"):
        return redirect(url_for(".answered", id=id), code=303)
    throttle.spend((throttle.ANSWER, network()))
    operations.count_answer(scenario, is_answered=said == "ya")
    db.session.commit()
    return redirect(url_for(".answered", id=id, tanggapan=said), code=303)


def _preview(typed: str, *, has_been_asked: bool, problem: str = "") -> ResponseReturnValue:
    """The page that shows what would be kept, or says why nothing would."""
    if not has_been_asked:
        return _page("", None)
    try:
        text = operations.shown(typed)
    except DomainError as error:
        return _page(typed, None, error.message), error.status
    return _page(typed, text, problem), 422 if problem else 200


def _page(typed: str, text: str | None, problem: str = "") -> str:
    """`text` is what would be kept; None where there is nothing yet."""
    box = typed[:LONGEST] if text is None else text
    return render_template(
        "editing/send.html",
        form=QuestionForm(formdata=None, text=box),
        text=text,
        is_masked=text is not None and " ".join(typed.split()) != text,
        problem=problem,
        longest=LONGEST,
        days=settings.kept_days(),
    )
