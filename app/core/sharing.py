"""Pages that every stranger sees alike: kept for a moment, and not sent again while they stay.

With it, Back works on a bad network, and a cache in front may answer for us. Whoever carries our
cookie is somebody: her frame names her and a verdict may be chosen for her, so for her the same
address is `no-store`, as every page is that says nothing else.
"""

from flask import Response, current_app, g, make_response, request, session

#: Seconds. Today's stage may be as old (`asking.web.KEPT_FOR`), and nobody's data is on the page.
MAX_AGE = 60


def shareable(page: str) -> Response:
    """`page` with an ETag for a stranger, answered with 304 if she has it; as it is for others.

    A page that holds a form's token, or that sets a cookie, is nobody else's and stays as it is.
    """
    response = make_response(page)
    if not _is_for_anybody():
        return response
    response.headers.extend({"Cache-Control": f"public, max-age={MAX_AGE}", "Vary": "Cookie"})
    response.add_etag()
    if request.if_none_match:
        response.make_conditional(request)
    return response


def _is_for_anybody() -> bool:
    has_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return not (has_cookie or session.modified or "csrf_token" in g)
