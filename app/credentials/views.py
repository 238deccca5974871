"""Public verification of documents, a person's own documents, and the root certificate."""

import hashlib
import re

from cryptography.hazmat.primitives.serialization import Encoding
from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.accounts import sessions, throttle
from app.accounts.access import PUBLIC, Role, current_person, open_to
from app.accounts.devices import network_of
from app.config import BadSetting
from app.core.db import reading
from app.core.errors import DomainError
from app.core.web import attachment
from app.credentials import inspection, queries
from app.credentials.forms import FileForm
from app.credentials.press import Press
from app.credentials.verification import standing, tidy_code
from app.credentials.web import handed
from app.sealing.checks import ADDRESS, LARGEST
from app.sealing.examiner import Examiner
from app.sealing.pki import KeyTrouble

bp = Blueprint("credentials", __name__)


class NotAPdf(DomainError):
    message = (
        "Berkas ini kosong atau lebih besar dari 1 MB, jadi pasti bukan dokumen dari Rambu. "
        "Tidak ada yang disimpan. Pilih berkas PDF yang Anda terima."
    )
    status = 413


@bp.record_once
def _open_press(state: BlueprintSetupState) -> None:
    config = state.app.config["RAMBU"]
    press = Press(config.KEYS, config.PUBLIC_URL)
    try:
        press.check_keys()
    except KeyTrouble as error:
        raise BadSetting(str(error)) from error
    state.app.extensions["press"] = press
    state.app.extensions["examiner"] = Examiner()


def current_press() -> Press:
    press: Press = current_app.extensions["press"]
    return press


# ---- anybody ---------------------------------------------------------------------------------


@bp.get("/verifikasi")
@open_to(PUBLIC)
def verification() -> ResponseReturnValue:
    typed = request.args.get("kode", "").strip()
    if code := tidy_code(typed):
        return redirect(url_for(".verify", code=code), code=303)
    page = render_template("credentials/verification.html", form=FileForm(), typed=typed)
    return page, 422 if typed else 200


@bp.get(f"{ADDRESS}<code>")
@bp.get(f"{ADDRESS.upper()}<code>", endpoint="verify_capitals")
@open_to(PUBLIC)
def verify(code: str) -> ResponseReturnValue:
    network = network_of(request.remote_addr)
    throttle.check((throttle.VERIFY, network))
    credential = queries.credential_by_code(code)
    if credential is None:
        throttle.spend((throttle.VERIFY, network))
    page = _private_page(
        "credentials/verified.html",
        credential=credential,
        standing=standing(credential),
        seal=queries.seal_of(credential) if credential else None,
        typed=code,
        form=FileForm(),
    )
    return page, 200 if credential else 404


@bp.post("/verifikasi/berkas")
@open_to(PUBLIC)
def verify_file() -> ResponseReturnValue:
    reading()
    form = FileForm()
    if not form.validate_on_submit():
        return render_template("credentials/verification.html", form=form, typed=""), 422
    content = form.file.data.read(LARGEST + 1)
    if not 0 < len(content) <= LARGEST:
        raise NotAPdf
    sha256 = hashlib.sha256(content).hexdigest()
    examiner: Examiner = current_app.extensions["examiner"]
    payer = sessions.payer()
    return _judged(inspection.by_content(sha256, content, current_press(), examiner, payer))


@bp.get("/verifikasi/berkas", defaults={"sha256": ""})
@bp.get("/verifikasi/berkas/<sha256>")
@open_to(PUBLIC)
def verify_sha256(sha256: str) -> ResponseReturnValue:
    """For the page's JavaScript: an authentic file need not travel."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        return redirect(url_for(".verification"), code=303)
    return _judged(inspection.by_hash(sha256.lower()))


def _judged(found: inspection.Inspection) -> ResponseReturnValue:
    page = _private_page(
        "credentials/file.html", found=found, standing=standing(found.credential), form=FileForm()
    )
    return page, 200 if found.is_authentic else 404


@bp.get("/segel/ca.crt")
@open_to(PUBLIC)
def root_certificate() -> ResponseReturnValue:
    pem = current_press().root().public_bytes(Encoding.PEM)
    return attachment(pem, "application/x-x509-ca-cert", "rambu-ca.crt")


# ---- the holder ------------------------------------------------------------------------------


@bp.get("/dokumen")
@open_to(Role.LEARNER)
def documents() -> ResponseReturnValue:
    press, own = current_press(), queries.credentials_of(current_person())
    return render_template(
        "credentials/documents.html",
        credentials=[(credential, standing(credential)) for credential in own],
        verification_url=press.verification_url,
    )


@bp.get("/dokumen/<code>.pdf")
@open_to(Role.LEARNER)
def download(code: str) -> ResponseReturnValue:
    credential = queries.own_credential(current_person(), code)
    return handed(credential, url_for(".download", code=code), url_for(".documents"))


def _private_page(template: str, **values: object) -> Response:
    """A page with a person's name on it: for whoever has the code, not for search engines."""
    page = make_response(render_template(template, **values))
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": over https the forms on this page are refused without one (CSRF).
    page.headers["Referrer-Policy"] = "same-origin"
    return page
