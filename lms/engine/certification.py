"""Who earns an award, for how long, and what a certificate's events amount to.

The decision is kept with its trace, so that every grant can be explained from stored facts. All
times are aware UTC datetimes. `expiring` is a state for display: it still is a valid certificate.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

Issuing = Literal["rule", "approval"]
CheckCode = Literal["course-completed", "final-passed", "final-share", "not-revoked"]
EventKind = Literal["issued", "suspended", "reinstated", "revoked", "superseded", "renewed"]
Status = Literal["valid", "expired", "suspended", "revoked", "superseded"]
ShownStatus = Literal["valid", "expiring", "expired", "suspended", "revoked", "superseded"]
TraceValue = bool | str | None

MAX_VALIDITY_MONTHS: Final = 1200
EXPIRING_WITHIN: Final = timedelta(days=60)


@dataclass(frozen=True)
class Policy:
    """One version of an award's criteria; `minimum_share` of the final is from 0 to 1.

    A policy without any criterion would grant the award to everybody: it is a ValueError.
    """

    version: int
    course_completed: bool = True
    final_passed: bool = False
    minimum_share: Fraction | None = None
    issuing: Issuing = "rule"
    validity_months: int | None = None

    def __post_init__(self) -> None:
        """Refuse a policy that asks for nothing."""
        if not (self.course_completed or self.final_passed or self.minimum_share is not None):
            raise ValueError("an award needs at least one criterion")


@dataclass(frozen=True)
class AwardFacts:
    """What is on record of one person for one award and cycle."""

    course_completed: bool = False
    final_passed: bool = False
    best_share: Fraction | None = None
    revoked_in_cycle: bool = False


@dataclass(frozen=True)
class Check:
    """One criterion: what was wanted, what was found, and whether that is enough."""

    code: CheckCode
    wanted: TraceValue
    found: TraceValue
    met: bool

    def to_json(self) -> dict[str, TraceValue]:
        """Return plain values; shares are written as exact fractions, such as `7/10`."""
        return {"code": self.code, "wanted": self.wanted, "found": self.found, "met": self.met}


@dataclass(frozen=True)
class Decision:
    """Whether the criteria are met; `issuing` says whether a person still has to approve."""

    granted: bool
    issuing: Issuing
    policy_version: int
    trace: tuple[Check, ...]

    @property
    def missing(self) -> tuple[Check, ...]:
        """Return the criteria that are not met."""
        return tuple(check for check in self.trace if not check.met)

    def to_json(self) -> dict[str, object]:
        """Return plain values to be stored beside the certificate or the eligibility."""
        return {
            "granted": self.granted,
            "issuing": self.issuing,
            "policy_version": self.policy_version,
            "trace": [check.to_json() for check in self.trace],
        }


def decide(policy: Policy, facts: AwardFacts) -> Decision:
    """Return whether the facts meet every criterion of the policy, with each one's outcome.

    After a revocation the rule grants nothing in that cycle; only an administrator can issue.
    """
    trace: list[Check] = []
    if policy.course_completed:
        found = facts.course_completed
        trace.append(Check("course-completed", True, found, found))
    if policy.final_passed:
        trace.append(Check("final-passed", True, facts.final_passed, facts.final_passed))
    if policy.minimum_share is not None:
        best = facts.best_share
        reached = best is not None and best >= policy.minimum_share
        shown = None if best is None else str(best)
        trace.append(Check("final-share", str(policy.minimum_share), shown, reached))
    kept = not facts.revoked_in_cycle
    trace.append(Check("not-revoked", True, kept, kept))
    granted = all(check.met for check in trace)
    return Decision(granted, policy.issuing, policy.version, tuple(trace))


def add_months(moment: datetime, months: int) -> datetime:
    """Return the same day and time `months` later, or that month's last day if it is shorter.

    31 January + 1 month is 28 (29) February. Less than 1 or more than 1200 is a ValueError.
    """
    if not 1 <= months <= MAX_VALIDITY_MONTHS:
        raise ValueError(f"a validity has 1 to {MAX_VALIDITY_MONTHS} months")
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def expires_at(issued_at: datetime, validity_months: int | None) -> datetime | None:
    """Return the first moment at which a certificate is no longer valid; None is never."""
    return None if validity_months is None else add_months(issued_at, validity_months)


@dataclass(frozen=True)
class Event:
    """Something that happened to a certificate; `at` is when it takes effect."""

    kind: EventKind
    at: datetime


LEGAL_EVENTS: Final[Mapping[Status, frozenset[EventKind]]] = {
    "valid": frozenset({"suspended", "revoked", "superseded", "renewed"}),
    "expired": frozenset({"revoked", "superseded", "renewed"}),
    "suspended": frozenset({"reinstated", "revoked"}),
    "revoked": frozenset(),
    "superseded": frozenset(),
}


def may_record(status_now: Status, kind: EventKind) -> bool:
    """Tell whether an event may be recorded for a certificate in this status."""
    return kind in LEGAL_EVENTS[status_now]


def status(events: Iterable[Event], expires: datetime | None, now: datetime) -> Status:
    """Return what a certificate is at `now`; events that take effect later do not count yet.

    Revoked outweighs superseded, that outweighs suspended, and that outweighs expired. A
    certificate is expired from its `expires` moment on. A renewal changes nothing here: it
    begins another certificate.
    """
    past = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    kinds = [event.kind for event in past]
    if "revoked" in kinds:
        return "revoked"
    if "superseded" in kinds:
        return "superseded"
    pauses = [kind for kind in kinds if kind in ("suspended", "reinstated")]
    if pauses[-1:] == ["suspended"]:
        return "suspended"
    return "expired" if expires is not None and now >= expires else "valid"


def shown_status(events: Iterable[Event], expires: datetime | None, now: datetime) -> ShownStatus:
    """Return the status for a page: a valid certificate in its last 60 days is `expiring`."""
    current = status(events, expires, now)
    if current == "valid" and expires is not None and now >= expires - EXPIRING_WITHIN:
        return "expiring"
    return current
