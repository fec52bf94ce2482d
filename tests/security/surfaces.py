"""Everything that a role can fetch, and all of an answer in which a secret could stand."""

import html
import io
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import BadSignature
from pypdf import PdfReader
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

LINK = re.compile(r'(?:href|src|data-[a-z-]*url)="(/[^"#]*)')
SKIPPED = ("/static/", "/sign-in?", "/register?")
MOST_PAGES = 600
SHORTEST = 10


@dataclass(frozen=True)
class Visit:
    """One answer to a GET: where it is, and everything that it says, in small letters."""

    path: str
    endpoint: str
    status: int
    text: str
    cookies: str
    body: bytes


def crawl(app: Flask, browser: FlaskClient, starts: list[str]) -> Iterator[Visit]:
    """Fetch the addresses and whatever is linked from the answers, each address once."""
    waiting, known = list(dict.fromkeys(starts)), set(starts)
    while waiting:
        visit = fetch(app, browser, waiting.pop(0))
        yield visit
        fresh = [path for path in _links(visit) if path not in known]
        waiting += fresh
        known.update(fresh)
        assert len(known) < MOST_PAGES, "the pages lead on and on; narrow the crawl"


def _links(visit: Visit) -> list[str]:
    """Return where an answer leads: no styles and scripts, and not once more to every door."""
    found = dict.fromkeys(map(html.unescape, LINK.findall(visit.body.decode(errors="replace"))))
    return [path for path in found if not path.startswith(SKIPPED)]


def fetch(app: Flask, browser: FlaskClient, path: str) -> Visit:
    with browser.get(path) as answer:
        headers = [f"{name}: {value}" for name, value in answer.headers if name != "Set-Cookie"]
        return Visit(
            path=path,
            endpoint=endpoint_of(app, path),
            status=answer.status_code,
            text=_plain([answer.status, *headers, *_texts(answer)]),
            cookies=_plain(_cookies(app, answer)),
            body=answer.data,
        )


def endpoint_of(app: Flask, path: str) -> str:
    """Return the endpoint that answers a path, or nothing."""
    try:
        return app.url_map.bind("localhost").match(unquote(path.partition("?")[0]))[0]
    except HTTPException:
        return ""


def _cookies(app: Flask, answer: TestResponse) -> Iterator[str]:
    """Read the cookies, also what is signed and packed in the session's."""
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    serializer = interface.get_signing_serializer(app)
    assert serializer
    for cookie in answer.headers.getlist("Set-Cookie"):
        value = cookie.partition("=")[2].partition(";")[0]
        try:
            yield repr(serializer.loads(value))
        except BadSignature:
            yield value


def _texts(answer: TestResponse) -> Iterator[str]:
    if answer.mimetype == "application/pdf":
        document = PdfReader(io.BytesIO(answer.data))
        yield repr(document.metadata)
        yield from (page.extract_text() for page in document.pages)
    yield answer.data.decode(errors="replace")


def _plain(parts: Iterable[str]) -> str:
    text = "\n".join(parts)
    return f"{text}\n{unquote(html.unescape(text))}".lower()


@cache
def disguises(secret: str) -> tuple[str, ...]:
    """Return how a secret could stand in a text: as it is, in hex, and in base 64.

    It must be long enough not to be met by chance in what is random on a page.
    """
    assert len(secret) >= SHORTEST, secret
    raw = secret.encode()
    packed = (
        b64encode(bytes(shift) + raw).decode().rstrip("=")[cut:-1].lower()
        for shift, cut in enumerate((0, 2, 3))
    )
    return (secret.lower(), raw.hex(), *packed)


def says(text: str, secret: str) -> bool:
    """Tell whether a secret stands anywhere in a text of a visit."""
    return any(disguised in text for disguised in disguises(secret))
