"""The rules of an attempt: when it may start, how long it lasts, and what is shown of it.

States: in_progress -> submitted -> graded; an attempt whose time ran out is expired before it is
graded with what was saved; staff may void any of them. All times are aware UTC datetimes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from lms.engine.content.model import Quiz

AttemptState = Literal["in_progress", "submitted", "expired", "graded", "voided"]
RefusalReason = Literal["open", "grading", "passed", "attempts", "cool-down"]

GRACE: Final = timedelta(seconds=30)

TRANSITIONS: Final[Mapping[AttemptState, frozenset[AttemptState]]] = {
    "in_progress": frozenset({"submitted", "expired", "voided"}),
    "submitted": frozenset({"graded", "voided"}),
    "expired": frozenset({"graded", "voided"}),
    "graded": frozenset({"voided"}),
    "voided": frozenset(),
}


@dataclass(frozen=True)
class PastAttempt:
    """What the start rule needs of an earlier attempt; `passed` is None until it is graded."""

    state: AttemptState
    passed: bool | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True)
class Allowed:
    """An attempt may start; it is the learner's `number`-th, and `left` follow (None: no limit)."""

    number: int
    left: int | None


@dataclass(frozen=True)
class Refused:
    """No attempt may start now; `until` is when a cool-down ends."""

    reason: RefusalReason
    until: datetime | None = None


def may_start(quiz: Quiz, history: Sequence[PastAttempt], now: datetime) -> Allowed | Refused:
    """Tell whether a learner with this history may start the quiz now.

    Reasons, in the order in which they are looked at: `open` (an attempt is in progress),
    `grading` (one waits for its marks), `passed` (nothing is left to prove), `attempts` (the
    limit is used up), `cool-down` (too soon after the last failed one). Voided attempts do not
    count.
    """
    counted = [past for past in history if past.state != "voided"]
    if any(past.state == "in_progress" for past in counted):
        return Refused("open")
    if any(past.state != "graded" for past in counted):
        return Refused("grading")
    if any(past.passed for past in counted):
        return Refused("passed")
    if quiz.attempts is not None and len(counted) >= quiz.attempts:
        return Refused("attempts")
    ends = max((past.finished_at for past in counted if past.finished_at), default=None)
    if ends is not None and now < ends + quiz.cool_down:
        return Refused("cool-down", ends + quiz.cool_down)
    left = None if quiz.attempts is None else quiz.attempts - len(counted) - 1
    return Allowed(len(counted) + 1, left)


def deadline(
    started_at: datetime, time_limit: timedelta | None, extra_minutes: int = 0
) -> datetime | None:
    """Return when an attempt ends, or None without a time limit.

    `extra_minutes` is what an accommodation adds; less than 0 is a ValueError.
    """
    if extra_minutes < 0:
        raise ValueError("an accommodation cannot take time away")
    if time_limit is None:
        return None
    return started_at + time_limit + timedelta(minutes=extra_minutes)


def is_late(received_at: datetime, deadline_at: datetime | None) -> bool:
    """Tell whether an answer came after deadline and grace: kept as evidence, but not scored."""
    return deadline_at is not None and received_at > deadline_at + GRACE


def has_expired(now: datetime, deadline_at: datetime | None) -> bool:
    """Tell whether an open attempt must be expired: from then on every answer would be late."""
    return is_late(now, deadline_at)


def may_move(before: AttemptState, after: AttemptState) -> bool:
    """Tell whether the state machine has this step."""
    return after in TRANSITIONS[before]


@dataclass(frozen=True)
class Shown:
    """What may reach the learner's browser."""

    marks: bool = False
    right_wrong: bool = False
    rationale: bool = False
    key: bool = False


NOTHING: Final = Shown()
MARKS: Final = Shown(marks=True)
EVERYTHING: Final = Shown(marks=True, right_wrong=True, rationale=True, key=True)


def shown(release: str, state: AttemptState, has_passed: bool) -> Shown:
    """Return what a release policy shows of an attempt in this state.

    `after-submit` shows everything once it is graded, `after-pass` the marks until the learner
    has passed the quiz (in this attempt or another) and then everything, `marks-only` the marks.
    An unknown policy shows the marks only.
    """
    if state != "graded":
        return NOTHING
    if release == "after-submit" or (release == "after-pass" and has_passed):
        return EVERYTHING
    return MARKS
