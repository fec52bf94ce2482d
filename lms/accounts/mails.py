"""The mails of accounts; their links start with the configured address, not a Host header."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.core import mail
from lms.core.text import Text, sentence


def _send(
    session: Session,
    recipient: str,
    subject: Text,
    paragraphs: tuple[Text | str, ...],
    now: datetime,
) -> None:
    text = "\n\n".join(str(paragraph) for paragraph in paragraphs) + "\n"
    mail.send_later(session, recipient, str(subject), text, now)


def send_confirmation(session: Session, email: str, link: str, now: datetime) -> None:
    """Ask a newcomer to confirm the address.

    Nothing that the newcomer typed stands in it: the mail may reach a stranger.
    """
    _send(
        session,
        email,
        sentence("Confirm your e-mail address"),
        (
            sentence("Hello,"),
            sentence(
                "somebody, we hope you, has registered with this address. Open this link to "
                "confirm that it is yours:"
            ),
            link,
            sentence(
                "The link works once, for three days. If it was not you, do nothing: without it "
                "the account cannot be used."
            ),
        ),
        now,
    )


def send_already_registered(session: Session, email: str, link: str, now: datetime) -> None:
    """Tell the owner of an account that somebody tried to register with its address again."""
    _send(
        session,
        email,
        sentence("You already have an account"),
        (
            sentence("Hello,"),
            sentence(
                "somebody, perhaps you, tried to register with this address, but it has an "
                "account already. Nothing was changed."
            ),
            sentence("If you cannot sign in, choose a new password here:"),
            link,
            sentence("The link works once, for one hour. If it was not you, do nothing."),
        ),
        now,
    )


def send_reset(session: Session, email: str, link: str, now: datetime) -> None:
    """Let somebody choose a new password."""
    _send(
        session,
        email,
        sentence("Choose a new password"),
        (
            sentence("Hello,"),
            sentence(
                "you, or somebody who typed your address, wants to choose a new password. Open "
                "this link to do it:"
            ),
            link,
            sentence(
                "The link works once, for one hour. If it was not you, do nothing: your password "
                "stays as it is."
            ),
        ),
        now,
    )


def send_no_account(session: Session, email: str, link: str, now: datetime) -> None:
    """Tell whoever typed an address that nobody has an account with it."""
    _send(
        session,
        email,
        sentence("There is no account with this address"),
        (
            sentence("Hello,"),
            sentence(
                "somebody, perhaps you, asked for a new password, but there is no account with "
                "this address. You may have registered with another one."
            ),
            sentence("To register, open this page:"),
            link,
            sentence("If it was not you, do nothing."),
        ),
        now,
    )


def send_invitation(session: Session, email: str, site: str, link: str, now: datetime) -> None:
    """Invite somebody to choose a name and a password."""
    _send(
        session,
        email,
        sentence("You are invited to %(site)s", site=site),
        (
            sentence("Hello,"),
            sentence(
                "you are invited to learn and work at %(site)s. Open this link to choose your "
                "name and your password:",
                site=site,
            ),
            link,
            sentence("The link works once, for fourteen days."),
        ),
        now,
    )


def send_email_change(session: Session, email: str, link: str, now: datetime) -> None:
    """Ask the owner of a new address to confirm it."""
    _send(
        session,
        email,
        sentence("Confirm your new e-mail address"),
        (
            sentence("Hello,"),
            sentence(
                "somebody, we hope you, wants to use this address for an account. Open this link "
                "to confirm that it is yours:"
            ),
            link,
            sentence("The link works once, for one day. If it was not you, do nothing."),
        ),
        now,
    )


def send_email_taken(session: Session, email: str, now: datetime) -> None:
    """Tell the owner of an account that somebody wanted to move another account to its address."""
    _send(
        session,
        email,
        sentence("This address already has an account"),
        (
            sentence("Hello,"),
            sentence(
                "somebody, perhaps you, wanted to use this address for another account, but it "
                "has one already. Nothing was changed."
            ),
        ),
        now,
    )


def send_email_notice(session: Session, old: str, new: str, now: datetime) -> None:
    """Tell the old address that the account is to move to a new one."""
    _send(
        session,
        old,
        sentence("Your e-mail address is about to change"),
        (
            sentence("Hello,"),
            sentence(
                "your account will move to the address %(new)s as soon as that address is "
                "confirmed.",
                new=new,
            ),
            sentence(
                "If it was not you, sign in, choose a new password and sign out everywhere: that "
                "also stops this change."
            ),
        ),
        now,
    )


def send_password_notice(session: Session, email: str, now: datetime) -> None:
    """Tell somebody that the password was changed."""
    _send(
        session,
        email,
        sentence("Your password was changed"),
        (
            sentence("Hello,"),
            sentence(
                "the password of your account was changed, and every other browser was signed out."
            ),
            sentence(
                'If it was not you, choose a new password at once with "Forgot your password?" on'
                " the sign-in page."
            ),
        ),
        now,
    )
