"""The application factory: wires everything; the only module that imports every feature."""

import os
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import lms.accounts.queries as account_queries
from lms import settings as configuration
from lms.accounts.views import blueprint as accounts
from lms.admin.views import blueprint as admin
from lms.assessment.services import expire_due
from lms.assessment.views import blueprint as assessment
from lms.catalog.outlines import OutlineCache
from lms.catalog.published import RevisionCache
from lms.catalog.views import blueprint as catalog
from lms.certificates import jobs as certificate_jobs
from lms.certificates import subscribers as certificate_subscribers
from lms.certificates.links import Links
from lms.certificates.queries.promises import promise_of_award
from lms.certificates.views import blueprint as certificates
from lms.core import audit, events, jobs, logs, mail, throttle
from lms.core.clock import Clock, system_clock
from lms.core.db import Database
from lms.core.outbox import Worker
from lms.core.web import addresses, assets, auth, errors, headers, i18n, icons, intake
from lms.core.web.context import Program, now, program
from lms.core.web.environment import PageEnvironment
from lms.core.web.site import THEMES
from lms.core.web.site import blueprint as site
from lms.learning import subscribers as learning_subscribers
from lms.learning.promises import promise_from
from lms.learning.views import blueprint as learning
from lms.settings import Settings
from lms.studio.views import blueprint as studio

BLUEPRINTS = (site, accounts, catalog, assessment, learning, certificates, studio, admin)


def create_app(settings: Settings | None = None, clock: Clock = system_clock) -> Flask:
    """Build the program for `settings` (default: from the environment)."""
    settings = settings or configuration.load(os.environ)
    logs.configure()
    app = Flask(__name__, template_folder="../templates", static_folder="static")
    app.jinja_environment = PageEnvironment
    _configure(app, settings)
    app.extensions["waymark"] = wire(settings, clock, app.app_context)
    auth.install(app, _load_viewer)
    headers.install(app, settings)
    i18n.install(app, settings)
    addresses.install(app)
    icons.install(app, assets.install(app))
    errors.install(app)
    intake.install(app)
    CSRFProtect(app)
    app.context_processor(_page_context)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.is_https else ""
    app.config.update(
        SECRET_KEY=settings.effective_secret_key(),
        PERMANENT_SESSION_LIFETIME=auth.SESSION_LENGTH,
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def wire(
    settings: Settings, clock: Clock, context: Callable[[], AbstractContextManager[object]]
) -> Program:
    """Build the parts below the pages; jobs run inside `context`, so that mails are translated."""
    _make_data_folder(settings)
    database = Database(settings.effective_database_url)
    bus, worker = events.Bus(), Worker(database.unit_of_work)
    postman = mail.KeepingPostman() if settings.demo else mail.SmtpPostman(settings)
    worker.handle(mail.TASK, mail.delivery(postman))
    worker.handle(events.RETRY_TASK, bus.retry)
    learning_subscribers.connect(bus)
    certificate_subscribers.connect(bus, Links(settings.base_url))
    certificate_jobs.connect(worker, Links(settings.base_url))
    queue = jobs.make_queue(settings)

    def drain() -> None:
        with context():
            worker.drain(clock)

    def expire() -> None:
        with database.unit_of_work() as session:
            expire_due(session, clock())

    def seal() -> None:
        with database.unit_of_work() as session:
            audit.seal(session)

    def tidy() -> None:
        with database.unit_of_work() as session:
            throttle.sweep(session, clock())

    def sweep() -> None:
        with context():
            jobs.do_each(expire, drain, seal, tidy)

    wake = jobs.install(queue, drain, sweep)
    database.info.update(bus=bus, wake=wake, revisions=RevisionCache(), outlines=OutlineCache())
    promise_from(database, promise_of_award)
    return Program(settings, database, clock, bus, worker, queue, sweep)


def _make_data_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data):
            pass
    except OSError as error:
        raise configuration.unwritable(settings.data, error) from None


def _load_viewer(token: str) -> auth.Viewer | None:
    with program().database.read() as session:
        return account_queries.load_viewer(session, token, now())


def _page_context() -> dict[str, object]:
    wanted = request.cookies.get("theme", "system")
    return {
        "theme": wanted if wanted in THEMES else "system",
        "settings": program().settings,
        "now": now(),
    }
