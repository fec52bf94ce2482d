"""The one place that knows Flask-Login.

What the browser carries is a revocable session token, since Flask-Login's own cookie cannot be
revoked. Accounts say how a token becomes a viewer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from lms.core.errors import NotAllowed, NotFound
from lms.core.text import sentence

P = ParamSpec("P")
SESSION_LENGTH = timedelta(days=30)


@dataclass(frozen=True)
class Viewer:
    """Who is looking: a signed-in person with the roles that were granted."""

    person_id: int
    public_id: str
    name: str
    email: str
    locale: str | None
    time_zone: str | None
    is_confirmed: bool
    session_id: int
    is_administrator: bool = False
    trains: frozenset[str] = field(default_factory=frozenset)

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def is_trainer(self) -> bool:
        return bool(self.trains)

    def may_train(self, course_key: str) -> bool:
        """Whether the person may see the studio of a course."""
        return self.is_administrator or course_key in self.trains

    def get_id(self) -> str:
        return str(session.get("_user_id", ""))


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """Somebody without an account, or who has not signed in."""

    person_id = None
    name = ""
    locale = None
    time_zone = None
    is_administrator = False
    is_trainer = False
    trains: frozenset[str] = frozenset()

    def may_train(self, course_key: str) -> bool:  # noqa: ARG002 - the same question as of a Viewer
        return False


@dataclass(frozen=True)
class SessionToken:
    """What Flask-Login stores in the cookie: the secret token of a login session."""

    token: str
    is_active = True
    is_authenticated = True

    def get_id(self) -> str:
        return self.token


Loader = Callable[[str], Viewer | None]


def install(app: Flask, load: Loader) -> None:
    """Let `load` turn a token into a viewer; whatever it refuses is a visitor."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = Visitor
    manager.user_loader(load)
    app.context_processor(lambda: {"viewer": viewer_or_visitor()})


def sign_in(token: str) -> None:
    """Start a signed-in session in this browser; the anonymous one ends."""
    session.clear()
    session.permanent = True
    login_user(SessionToken(token))
    g.pop("_login_user", None)


def sign_out() -> None:
    """Forget everything that this browser carries."""
    logout_user()
    session.clear()


def see_a_visitor() -> None:
    """Answer this request as a visitor's, since the database cannot say who is looking."""
    g._login_user = Visitor()


def viewer_or_visitor() -> Viewer | Visitor:
    """Return who is looking; in a job, where nobody is, a visitor."""
    return cast("Viewer | Visitor", current_user._get_current_object() or Visitor())


def optional_viewer() -> Viewer | None:
    """Return the signed-in person, or None for a visitor."""
    found = viewer_or_visitor()
    return found if isinstance(found, Viewer) else None


def viewer() -> Viewer:
    """Return the signed-in person; only for views behind one of the decorators below."""
    found = optional_viewer()
    if found is None:
        raise NotAllowed(sentence("Please sign in first."))
    return found


def signed_in(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Send a stranger to sign in (303) and back again."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if optional_viewer() is None:
            return to_sign_in()
        return view(*args, **kwargs)

    return guarded


def administrator_only(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Let administrators in; everyone else learns nothing of what is inside."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        person = optional_viewer()
        if person is None:
            return to_sign_in()
        if not person.is_administrator:
            raise NotAllowed(sentence("Only administrators may open this page."))
        return view(*args, **kwargs)

    return guarded


def require_trainer(person: Viewer, course_key: str) -> None:
    """Refuse whoever neither trains the course nor administers the site."""
    if not person.may_train(course_key):
        raise NotFound(sentence("There is no such page, or it is not yours to see."))


def to_sign_in() -> ResponseReturnValue:
    """Redirect to the sign-in page, remembering where the person wanted to go."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def safe_next(target: str | None, fallback: str) -> str:
    """Return `target` only if it is the path of a page of this site, else `fallback`."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return fallback
    if any(ord(character) < 33 or character == "\\" for character in target):
        return fallback
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return fallback
    try:
        current_app.create_url_adapter(request).match(parts.path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return fallback
    except HTTPException:
        return fallback
    return target
