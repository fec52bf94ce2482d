"""How passwords are kept: argon2id behind a small semaphore.

The semaphore keeps a storm of sign-ins from starving the people who sit an exam: at most two
processor cores of a process hash at the same time. Never call these inside a unit of work.
"""

import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = threading.BoundedSemaphore(2)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Return the argon2id hash under which a password is kept (about 30 ms of a core)."""
    with AT_ONCE:
        return HASHER.hash(_normal(password))


def is_right_password(password: str, stored: str | None) -> bool:
    """Compare; where there is no hash the same work is done and the answer is no."""
    with AT_ONCE:
        try:
            return HASHER.verify(stored or _decoy(), _normal(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@cache
def _decoy() -> str:
    return HASHER.hash(secrets.token_urlsafe())
