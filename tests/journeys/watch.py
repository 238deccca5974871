"""Ears on a browser: whatever goes wrong behind a page's back fails the test that opened it."""

from urllib.parse import urlsplit

#: A document may say 4xx on purpose (a form that comes back); what a page is made of may not.
PARTS = ("stylesheet", "script", "image", "font", "manifest", "other")
#: The browser's own echo of a response that `Watch` judges by its status.
ECHO = "Failed to load resource"


class Watch:
    """Everything that one browser context asked for and complained about."""

    def __init__(self, context) -> None:
        self.asked: list[str] = []
        self.wrongs: list[str] = []
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"script error: {error.error}"))

    def take(self) -> list[str]:
        """What went wrong since the last time, for a test that means it."""
        found, self.wrongs = self.wrongs, []
        return found

    def _request(self, request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self._note(f"third party: {request.url}")

    def _response(self, response) -> None:
        is_part = response.request.resource_type in PARTS and response.status >= 400
        if response.status >= 500 or is_part:
            self._note(f"{response.status}: {response.url}")

    def _console(self, message) -> None:
        if message.type == "error" and not message.text.startswith(ECHO):
            self._note(f"console: {message.text}")

    def _note(self, wrong: str) -> None:
        self.wrongs.append(wrong)
