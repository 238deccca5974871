"""/pegawai/dokumen: documents of a desk's people: found, handed over, withdrawn, issued anew."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_scope, open_to
from app.accounts.witness import saw
from app.admin.desk import DESKS, bp, desk, must_be_below, zone
from app.admin.document_forms import DecideForm, ReplaceForm, RevokeForm
from app.admin.mending import differences, mended
from app.audit import trail
from app.audit.actions import Action
from app.core.errors import DomainError
from app.core.forms import form_page, saying, text_of
from app.core.web import done
from app.credentials import desk as documents
from app.credentials import operations, withdrawing
from app.credentials.models import Credential
from app.credentials.verification import standing
from app.credentials.web import handed
from app.learning.documents import holder_of


class YourOwn(DomainError):
    message = (
        "Dokumen ini milik Anda sendiri, jadi admin kepegawaian lain yang mencabut atau "
        "menggantinya. Tidak ada yang berubah."
    )


class NothingToMend(DomainError):
    message = (
        "Isi dokumen sudah sama dengan daftar pegawai untuk yang Anda pilih. Perbaiki dahulu data "
        "pegawainya (Ubah data), lalu ganti dokumennya. Tidak ada yang berubah."
    )


@bp.get("/pegawai/dokumen")
@open_to(*DESKS)
def find_documents() -> ResponseReturnValue:
    typed = " ".join(request.args.get("cari", "")[:120].replace("\0", " ").split())
    found = documents.documents_found(desk(), typed) if typed else []
    return render_template(
        "admin/documents.html",
        typed=typed,
        found=[(one, standing(one)) for one in found[: documents.SHOWN]],
        is_cut=len(found) > documents.SHOWN,
        waiting=documents.requests_in(desk()),
        zone=zone(),
    )


@bp.get("/pegawai/dokumen/<code>.pdf")
@open_to(*DESKS)
def document_file(code: str) -> ResponseReturnValue:
    credential = documents.document_in(desk(), code)
    page = url_for(".person", person_id=credential.holder_id)
    answer = handed(credential, url_for(".document_file", code=code), page)
    saw(Action.DOCUMENTS_TAKEN, trail.name_of(credential), number=credential.number)
    return answer


@bp.route("/pegawai/dokumen/<code>/cabut", methods=["GET", "POST"])
@open_to(*DESKS)
def revoke_document(code: str) -> ResponseReturnValue:
    credential, form = documents.document_in(desk(), code), RevokeForm()
    if form.validate_on_submit():
        with saying(form):
            form.prove()
            _must_be_theirs(credential)
            return done(_revoke(credential, text_of(form.reason)), _page_of(credential))
    waits = documents.open_request_of(credential)
    return form_page("admin/document_revoke.html", form, document=credential, waits=waits)


def _revoke(credential: Credential, reason: str) -> str:
    """Withdraw it, or ask for a second person; gives what is said then."""
    if credential.agency.two_to_revoke:
        withdrawing.ask_to_revoke(credential, reason, current_person())
        return "Permintaan pencabutan tercatat dan menunggu admin kepegawaian lain."
    operations.revoke(credential, reason, current_person())
    return f"Dokumen {credential.number} dicabut."


@bp.route("/pegawai/dokumen/pencabutan/<int:revocation_id>", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def decide_revocation(revocation_id: int) -> ResponseReturnValue:
    asked = documents.request_in(current_scope(Role.HR_ADMIN), revocation_id)
    form = DecideForm()
    if form.validate_on_submit():
        with saying(form):
            form.prove()
            _must_be_theirs(asked.credential)
            is_yes = request.form.get("act") == "setuju"
            (withdrawing.confirm if is_yes else withdrawing.decline)(asked, current_person())
            said = "dicabut" if is_yes else "tidak dicabut"
            return done(f"Dokumen {asked.credential.number} {said}.", url_for(".find_documents"))
    return form_page("admin/document_decide.html", form, asked=asked, zone=zone())


@bp.route("/pegawai/dokumen/<code>/ganti", methods=["GET", "POST"])
@open_to(*DESKS)
def replace_document(code: str) -> ResponseReturnValue:
    credential, form = documents.document_in(desk(), code), ReplaceForm()
    present = holder_of(credential.holder)
    if form.validate_on_submit():
        with saying(form):
            form.prove()
            _must_be_theirs(credential)
            facts = mended(credential.stated, present, with_post=bool(form.with_post.data))
            if facts == credential.stated:
                raise NothingToMend
            new = operations.replace(credential, facts, current_person(), text_of(form.reason))
            return done(f"Pengganti terbit dengan nomor {new.number}.", _page_of(credential))
    differs = differences(credential.stated, present)
    return form_page("admin/document_replace.html", form, document=credential, differs=differs)


def _must_be_theirs(credential: Credential) -> None:
    """Nobody decides about a document of her own, nor a unit's admin about one of who runs more."""
    if credential.holder_id == current_person().id:
        raise YourOwn
    must_be_below(credential.holder)


def _page_of(credential: Credential) -> str:
    return url_for(".person", person_id=credential.holder_id)
