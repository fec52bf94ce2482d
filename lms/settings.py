"""Everything that an operator can set, read once from the environment.

Each field's metadata carries the variable's name and its meaning; `docs/operations.md` lists the
same names, and a test compares the two.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


class SettingsError(Exception):
    """A setting cannot be used; the text says which one and what to write instead."""


def _setting(variable: str, meaning: str, default: Any = MISSING) -> Any:
    metadata = {"variable": variable, "meaning": meaning}
    return (
        field(metadata=metadata)
        if default is MISSING
        else field(default=default, metadata=metadata)
    )


@dataclass(frozen=True)
class Settings:
    """The program's configuration; build it with `load`."""

    data: Path = _setting("LMS_DATA", "The folder that holds all state.", Path("instance"))
    database_url: str = _setting(
        "DATABASE_URL",
        "SQLAlchemy address of the database; empty means SQLite in the data folder.",
        "",
    )
    base_url: str = _setting(
        "LMS_BASE_URL",
        "Public address of the site: links in mails and on certificates start with it.",
        "http://127.0.0.1:8000",
    )
    secret_key: str = _setting(
        "LMS_SECRET_KEY",
        "Signs sessions and forms; empty means a key kept in the data folder.",
        "",
    )
    host: str = _setting("LMS_HOST", "Address that `lms serve` listens on.", "127.0.0.1")
    port: int = _setting("PORT", "Port that `lms serve` listens on.", 8000)
    threads: int = _setting("LMS_THREADS", "Threads of `lms serve`.", 8)
    proxies: int = _setting(
        "LMS_PROXIES", "How many reverse proxies stand in front and set X-Forwarded-*.", 0
    )
    demo: bool = _setting("LMS_DEMO", "Whether this is a demo: mails are shown at /outbox.", False)
    demo_password: str = _setting(
        "LMS_DEMO_PASSWORD", "Password of the demo's people; empty means a generated one.", ""
    )
    development: bool = _setting("LMS_DEVELOPMENT", "Whether /styleguide is served.", False)
    smtp_host: str = _setting(
        "SMTP_HOST", "Mail server; empty means that mails wait in the outbox.", ""
    )
    smtp_port: int = _setting("SMTP_PORT", "Port of the mail server.", 587)
    smtp_user: str = _setting("SMTP_USER", "Name for the mail server.", "")
    smtp_password: str = _setting("SMTP_PASSWORD", "Password for the mail server.", "")
    smtp_security: str = _setting(
        "SMTP_SECURITY", "starttls, tls or none: how to speak with the mail server.", "starttls"
    )
    mail_from: str = _setting("MAIL_FROM", "Sender of all mails.", "waymark@localhost")
    time_zone: str = _setting("LMS_TIME_ZONE", "Time zone of people who chose none.", "UTC")

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError("LMS_BASE_URL must begin with http:// or https://.")
        if self.smtp_security not in {"starttls", "tls", "none"}:
            raise SettingsError("SMTP_SECURITY must be starttls, tls or none.")
        if not 0 <= self.port <= 65535:
            raise SettingsError("PORT must lie between 0 and 65535.")
        if self.threads < 1:
            raise SettingsError("LMS_THREADS must be 1 or more.")
        if self.proxies < 0:
            raise SettingsError("LMS_PROXIES must be 0 or more.")
        if not self.effective_database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise SettingsError(
                "DATABASE_URL must begin with postgresql:// or sqlite:///, or be empty."
            )
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            raise SettingsError(
                f"LMS_TIME_ZONE must name a time zone such as Europe/Berlin, not {self.time_zone}."
            ) from None

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def effective_database_url(self) -> str:
        """The database's address with the driver that the program ships."""
        if not self.database_url:
            return f"sqlite:///{(self.data / 'waymark.sqlite3').resolve()}"
        for short in ("postgres://", "postgresql://"):
            if self.database_url.startswith(short):
                return "postgresql+psycopg://" + self.database_url.removeprefix(short)
        return self.database_url

    def effective_secret_key(self) -> str:
        """The signing key: the one that was set, or one kept in the data folder (mode 0600)."""
        if self.secret_key:
            return self.secret_key
        return kept_secret(self.data / "secret-key")


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
    """Return the secret in `path`, which is made with mode 0600 if it does not exist."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _keep(path, make())
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise unwritable(path.parent, error) from None


def _keep(path: Path, secret: str) -> None:
    """Write the secret whole, or leave that of another process that was faster."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as file:
        file.write(secret + "\n")
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def unwritable(data: Path, error: OSError) -> SettingsError:
    """Return what to say where the data folder cannot be used."""
    return SettingsError(
        f"The data folder {data} cannot be written ({error.strerror}). Give it to this user, or "
        "name another one in LMS_DATA."
    )


def _read(variable: str, text: str, kind: object) -> object:
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise SettingsError(f"{variable} must be a whole number, not {text!r}.") from None
    return Path(text) if kind is Path else text.rstrip("/") if variable == "LMS_BASE_URL" else text


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raise SettingsError with the variable's name where one is unusable."""
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        variable = entry.metadata["variable"]
        if environment.get(variable):
            values[entry.name] = _read(variable, environment[variable], entry.type)
    if "base_url" not in values and "port" in values:
        values["base_url"] = f"http://127.0.0.1:{values['port']}"
    return Settings(**values)
