"""Errors that carry what the person needs: what is wrong and what to do."""

from lms.core.text import Text


class DomainError(Exception):
    """A rule says no. `message` is a whole translatable sentence; `status` an HTTP status."""

    status = 409

    def __init__(self, message: Text, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowed(DomainError):  # noqa: N818 - reads as what happened
    """The actor may not do this."""

    status = 403


class NotFound(DomainError):  # noqa: N818 - reads as what happened
    """There is no such thing, or the actor may not know of it."""

    status = 404
