"""Who may do what with accounts."""

from lms.core.errors import NotAllowed
from lms.core.text import sentence
from lms.core.web.auth import Viewer


def require_confirmed(viewer: Viewer) -> None:
    """Refuse whoever has not confirmed the e-mail address: enrolling and quizzes need it."""
    if not viewer.is_confirmed:
        raise NotAllowed(
            sentence(
                "Please confirm your e-mail address first: open the link in the mail that we "
                "sent you. Your profile page can send it again."
            )
        )


def require_administrator(viewer: Viewer) -> None:
    """Refuse whoever does not administer the site."""
    if not viewer.is_administrator:
        raise NotAllowed(sentence("Only administrators may do this."))
