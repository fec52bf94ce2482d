"""One canonical form of an e-mail address: nobody has two accounts by a trick of spelling."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from lms.core.errors import DomainError
from lms.core.text import sentence

LONGEST_TYPED = 1000  # more is no address; folding a long run of marks takes quadratic time


def fold_email(text: str) -> str:
    """Return the text NFKC-normalised, in lower case and without invisible characters."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TYPED])
    visible = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", visible.strip().lower())


def canonical_email(text: str) -> str:
    """Return the one spelling under which an address is stored; no DNS is asked.

    Raises DomainError (field `email`) where the text is no address.
    """
    try:
        address = validate_email(fold_email(text), check_deliverability=False)
    except EmailNotValidError:
        raise DomainError(
            sentence("This is not an e-mail address. Write it like name@example.org."),
            field="email",
        ) from None
    return fold_email(address.normalized)


def email_key(text: str) -> str:
    """Return what to look for when somebody types an address, whether it is valid or not."""
    try:
        return canonical_email(text)
    except DomainError:
        return fold_email(text)
