"""What no page may do: complain in the console, break the security policy, call another host."""

import re
from urllib.parse import urlsplit

# Counted where the finger comes down: a click on a label fires a second click on its box.
SCRIPT = """
addEventListener("pointerdown", () =>
  sessionStorage.setItem("taps", 1 + Number(sessionStorage.getItem("taps") || 0)), true);
"""
ANSWER = re.compile(r"status of (4\d\d)")


class Watch:
    """Watches every page of a browser context and keeps what it has to say."""

    def __init__(self, context, host):
        self.host = host
        self.complaints = []
        self.answers = {}
        self.sent = []
        context.add_init_script(SCRIPT)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message):
        if message.type not in {"error", "warning"}:
            return
        # The browser notes a page that came with 404 or 422 as an error; the tests ask for those.
        answer = ANSWER.search(message.text)
        if answer and self.answers.get(message.location["url"]) == int(answer[1]):
            return
        self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request):
        self.sent.append(request)
        if urlsplit(request.url).netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def _response(self, response):
        if response.request.is_navigation_request():
            self.answers[response.url] = response.status
            if response.status >= 500:
                self.complaints.append(f"{response.status}: {response.url}")
        elif response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


def taps(page):
    """Return how often the pointer came down since `start_counting`."""
    return page.evaluate("Number(sessionStorage.getItem('taps') || 0)")


def start_counting(page):
    """Count taps from here on, across pages."""
    page.evaluate("sessionStorage.clear()")
