"""Files of ours that travel compressed: packed once in a process, for whoever takes them so.

A proxy would do it too, but a small office has none, and its phones are as far away.
"""

import gzip
from functools import lru_cache

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
    """The same, packed, for a browser that takes it so."""
    response.vary.add("Accept-Encoding")
    takes = request.accept_encodings.quality("gzip") > 0
    if response.status_code == 200 and request.method == "GET" and takes:
        response.direct_passthrough = False
        response.set_data(_packed(response.get_data()))
        response.content_encoding = "gzip"
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
    return response


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
