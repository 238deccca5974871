"""What travels compressed, for whoever takes it so: our files, packed once in a process, and pages
that say so. A proxy would do it too, but a small office has none, and its phones are as far away.
"""

import gzip
from collections.abc import Callable
from functools import lru_cache, partial

from flask import Flask, Response, request

#: Kinds of files that grow smaller. A picture is packed already.
KINDS = (".js", ".css", ".svg")


def install(app: Flask) -> None:
    """Let the static files of an application be packed."""

    def static(filename: str) -> Response:
        response = app.send_static_file(filename)
        return packed(response) if filename.endswith(KINDS) else response

    app.view_functions["static"] = static


def packed(response: Response) -> Response:
    """A file, packed, for a browser that takes it so."""
    return _packed_by(_kept, response)


def packed_page(response: Response) -> Response:
    """A page, likewise; it is somebody's, so nothing of it is kept. Only for one in which nothing
    stands that another site could have chosen: by its length it would tell the secrets beside it
    (BREACH)."""
    return _packed_by(partial(gzip.compress, compresslevel=6, mtime=0), response)


def _packed_by(pack: Callable[[bytes], bytes], response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0
    if response.status_code == 200 and request.method == "GET" and takes:
        response.direct_passthrough = False
        response.set_data(pack(response.get_data()))
        response.content_encoding = "gzip"
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
    return response


@lru_cache(maxsize=64)
def _kept(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
