"""How often each door may be knocked at: by account first, then by network address.

A school is one network address, so that limit is generous. Doors are named by a digest, so that
the table of the limiter holds no addresses of people.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from lms.core import throttle
from lms.core.errors import DomainError
from lms.core.ids import hash_secret
from lms.core.text import counted
from lms.core.throttle import Limit

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


class TooManyAttempts(DomainError):  # noqa: N818 - reads as what happened
    """A door stays shut for a while; `wait` says how long."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(
            counted(
                "There were too many attempts. Please wait %(num)s minute, then try again.",
                "There were too many attempts. Please wait %(num)s minutes, then try again.",
                minutes,
            )
        )
        self.wait = wait


@dataclass(frozen=True)
class Door:
    """One thing that can be guessed or abused, with its two limits."""

    name: str
    account: Limit
    address: Limit


SIGN_IN = Door("sign-in", Limit(10, QUARTER), Limit(300, QUARTER))
OWN_PASSWORD = Door("own-password", Limit(10, QUARTER), Limit(300, QUARTER))
# A door for each kind of mail: whoever shuts that of new passwords has sent their owner a link.
REGISTER = Door("register", Limit(5, HOUR), Limit(300, HOUR))
RESET_MAIL = Door("reset-mail", Limit(5, HOUR), Limit(300, HOUR))
CONFIRM_MAIL = Door("confirm-mail", Limit(5, HOUR), Limit(300, HOUR))
TOKEN = Door("token", Limit(100, QUARTER), Limit(300, QUARTER))


def knock(session: Session, door: Door, account: str, address: str, now: datetime) -> None:
    """Count an attempt before it is made; raise TooManyAttempts while the door is shut."""
    for key, limit in (
        (_account_key(door, account), door.account),
        (_address_key(door, address), door.address),
    ):
        if wait := throttle.knock(session, key, limit, now):
            raise TooManyAttempts(wait)


def succeed(session: Session, door: Door, account: str, address: str) -> None:
    """Take the attempt back, since only failures count; the account starts anew."""
    open_again(session, door, account)
    throttle.give_back(session, _address_key(door, address))


def open_again(session: Session, door: Door, account: str) -> None:
    """Forget an account's failures, since its owner has proved to be the owner in another way."""
    throttle.forget(session, _account_key(door, account))


def _account_key(door: Door, account: str) -> str:
    return f"{door.name}:account:{hash_secret(account)}"


def _address_key(door: Door, address: str) -> str:
    return f"{door.name}:address:{hash_secret(address)}"
