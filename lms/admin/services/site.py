"""The site and issuer profile: it stands on every certificate issued from now on."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from lms.accounts.policy import require_administrator
from lms.core import audit
from lms.core.site import Logo, Profile, SiteProfile, load_profile
from lms.core.web.auth import Viewer


def save_profile(session: Session, actor: Viewer, profile: Profile, now: datetime) -> None:
    """Replace the profile; certificates that were issued keep what they were issued with."""
    require_administrator(actor)
    before = load_profile(session)
    session.merge(
        SiteProfile(
            id=1,
            name=profile.name,
            address=profile.address,
            contact=profile.contact,
            logo_sha256=profile.logo_sha256,
        )
    )
    changes = {
        name: [getattr(before, name), getattr(profile, name)]
        for name in ("name", "address", "contact", "logo_sha256")
        if getattr(before, name) != getattr(profile, name)
    }
    audit.record(session, actor.person_id, "site.changed", "site:profile", now, **changes)


def keep_logo(session: Session, actor: Viewer, png: bytes) -> str:
    """Keep a re-encoded logo and return its SHA-256; the same picture is kept once."""
    require_administrator(actor)
    digest = hashlib.sha256(png).hexdigest()
    if session.get(Logo, digest) is None:
        session.add(Logo(sha256=digest, content=png))
        session.flush()
    return digest
