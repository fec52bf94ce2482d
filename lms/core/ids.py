"""Random names and secrets; 128 bits each."""

import hashlib
import secrets


def new_public_id() -> str:
    """Return 22 URL-safe characters with 128 random bits."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """Return a secret for a mail or a cookie; store only its `hash_secret`."""
    return secrets.token_urlsafe(24)


def hash_secret(secret: str) -> str:
    """Return the SHA-256 under which a secret is stored and looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()
