"""States, reasons and events in words that people read."""

from lms.core.text import Text, sentence

REASONS: dict[str, Text] = {
    "issued-in-error": sentence("It was issued in error."),
    "misconduct": sentence("The rules of the assessment were broken."),
    "requirement-lapsed": sentence("A requirement is no longer met."),
    "holder-request": sentence("The holder asked for it."),
    "other": sentence("Another reason."),
}
STATES: dict[str, Text] = {
    "valid": sentence("Valid"),
    "expiring": sentence("Valid, expires soon"),
    "expired": sentence("Expired"),
    "suspended": sentence("Suspended"),
    "revoked": sentence("Revoked"),
    "superseded": sentence("Superseded"),
}
KINDS = {
    "valid": "success",
    "expiring": "warning",
    "expired": "warning",
    "suspended": "warning",
    "revoked": "danger",
    "superseded": "info",
}
EVENTS: dict[str, Text] = {
    "issued": sentence("Certificate issued"),
    "suspended": sentence("Certificate suspended"),
    "reinstated": sentence("Certificate reinstated"),
    "revoked": sentence("Certificate revoked"),
    "superseded": sentence("Replaced by a newer certificate"),
    "renewed": sentence("Renewed by a newer certificate"),
}
EVENT_KINDS = {"issued": "success", "reinstated": "success", "revoked": "danger"}


def revocation_reason(code: str) -> Text:
    """Return a reason as a sentence."""
    return REASONS.get(code, REASONS["other"])


def state_name(state: str) -> Text:
    """Return a state in one or a few words."""
    return STATES[state]


def event_name(kind: str) -> Text:
    """Return what happened in a few words."""
    return EVENTS[kind]
