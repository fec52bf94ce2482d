"""The site's own profile: who runs it and issues its certificates."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from lms.core.db import Base


class Logo(Base):
    """A logo as PNG, re-encoded on upload; kept, since certificates point at it."""

    __tablename__ = "logo"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class SiteProfile(Base):
    """The single row that names the site and the issuer."""

    __tablename__ = "site_profile"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(400), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("logo.sha256"))


@dataclass(frozen=True)
class Profile:
    """What pages and certificates say about the site."""

    name: str
    address: str
    contact: str
    logo_sha256: str | None


UNNAMED = Profile("Waymark", "", "", None)


def load_profile(session: Session) -> Profile:
    """Return the site's profile, or a plain one while nobody has written it."""
    row = session.get(SiteProfile, 1)
    if row is None:
        return UNNAMED
    return Profile(row.name, row.address, row.contact, row.logo_sha256)
