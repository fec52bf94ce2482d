"""How an enrolment may move: one table, and the words for a move that it does not have.

Whoever never enrolled stands where somebody stands who has withdrawn.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from lms.core.text import Text, sentence

Act = Literal["enrol", "apply", "accept", "waitlist", "decline", "begin", "complete", "leave"]
LEARNING = frozenset({"accepted", "active", "completed"})
WAITING = frozenset({"applied", "waitlisted"})

MOVES: Mapping[tuple[str, Act], str] = MappingProxyType(
    {
        ("applied", "enrol"): "active",
        ("waitlisted", "enrol"): "active",
        ("declined", "enrol"): "active",
        ("withdrawn", "enrol"): "active",
        ("declined", "apply"): "applied",
        ("withdrawn", "apply"): "applied",
        ("applied", "accept"): "accepted",
        ("waitlisted", "accept"): "accepted",
        ("declined", "accept"): "accepted",
        ("applied", "waitlist"): "waitlisted",
        ("applied", "decline"): "declined",
        ("waitlisted", "decline"): "declined",
        ("accepted", "begin"): "active",
        ("accepted", "complete"): "completed",
        ("active", "complete"): "completed",
        ("applied", "leave"): "withdrawn",
        ("waitlisted", "leave"): "withdrawn",
        ("accepted", "leave"): "withdrawn",
        ("active", "leave"): "withdrawn",
        ("completed", "leave"): "withdrawn",
    }
)


def move(state: str, act: Act, *, was_completed: bool = False) -> str | None:
    """Return the state after an act, or None where the act has no place.

    Whoever completed the course, left and comes back has still completed it.
    """
    target = MOVES.get((state, act))
    return "completed" if target == "active" and act == "enrol" and was_completed else target


def enrols_directly(enrolment_kind: str, *, was_completed: bool) -> bool:
    """Tell whether nobody needs to decide: an open course, or one completed before."""
    return enrolment_kind == "open" or was_completed


def why_not(state: str, act: Act) -> Text:
    """Return the sentence for a move that the table does not have."""
    if act in ("enrol", "apply"):
        if state in LEARNING:
            return sentence("You are enrolled in this course already.")
        return sentence("Your application is in already. You will get a mail when it is decided.")
    if act == "leave":
        return sentence("You are not enrolled in this course.")
    if act in ("accept", "waitlist", "decline"):
        return sentence("This application has been decided or withdrawn in the meantime.")
    return sentence("This is not possible while you are not enrolled in the course.")
