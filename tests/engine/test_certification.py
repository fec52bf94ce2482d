"""Who is granted an award and why, how long it lasts, and what its events make of it."""

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.certification import (
    EXPIRING_WITHIN,
    LEGAL_EVENTS,
    AwardFacts,
    Event,
    EventKind,
    Policy,
    Status,
    add_months,
    decide,
    expires_at,
    may_record,
    shown_status,
    status,
)

ISSUED = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)

shares = st.one_of(st.none(), st.fractions(0, 1, max_denominator=10))
policies = st.builds(
    Policy,
    version=st.integers(1, 9),
    course_completed=st.just(True),
    final_passed=st.booleans(),
    minimum_share=shares,
    issuing=st.sampled_from(["rule", "approval"]),
)
facts = st.builds(AwardFacts, st.booleans(), st.booleans(), shares, st.booleans())


@given(policies, facts)
def test_a_grant_is_explained_by_its_trace(policy: Policy, known: AwardFacts) -> None:
    decision = decide(policy, known)
    assert decision.granted == (not decision.missing)
    assert decision.granted == all(check.met for check in decision.trace)
    written = json.loads(json.dumps(decision.to_json()))
    assert [row["met"] for row in written["trace"]] == [check.met for check in decision.trace]
    assert (written["policy_version"], written["issuing"]) == (policy.version, policy.issuing)


def test_every_criterion_of_the_policy_is_checked() -> None:
    policy = Policy(3, final_passed=True, minimum_share=Fraction(4, 5), issuing="approval")
    decision = decide(policy, AwardFacts(True, True, Fraction(7, 10)))
    assert not decision.granted
    assert [check.to_json() for check in decision.missing] == [
        {"code": "final-share", "wanted": "4/5", "found": "7/10", "met": False}
    ]
    assert [check.code for check in decision.trace] == [
        "course-completed",
        "final-passed",
        "final-share",
        "not-revoked",
    ]


def test_the_minimum_share_itself_is_enough() -> None:
    policy = Policy(1, minimum_share=Fraction(4, 5))
    assert decide(policy, AwardFacts(True, best_share=Fraction(8, 10))).granted
    assert not decide(policy, AwardFacts(True, best_share=None)).granted


def test_after_a_revocation_the_rule_issues_nothing() -> None:
    decision = decide(Policy(1), AwardFacts(True, revoked_in_cycle=True))
    assert [check.code for check in decision.missing] == ["not-revoked"]


def test_an_award_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one criterion"):
        Policy(1, course_completed=False)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-22", 36, "2029-11-22"),
    ],
)
def test_a_month_ends_on_its_last_day(start: str, months: int, end: str) -> None:
    assert add_months(datetime.fromisoformat(start), months) == datetime.fromisoformat(end)


EARLIEST, LATEST = ISSUED.replace(year=1970, tzinfo=None), ISSUED.replace(year=2200, tzinfo=None)
moments = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))


@given(moments, st.integers(1, 1200), st.integers(1, 1200))
def test_more_months_last_longer(moment: datetime, one: int, other: int) -> None:
    later = add_months(moment, one)
    assert later.timetz() == moment.timetz()
    assert (later.year * 12 + later.month) - (moment.year * 12 + moment.month) == one
    assert (add_months(moment, other) > later) == (other > one)


@pytest.mark.parametrize("months", [0, -1, 1201])
def test_a_validity_without_sense_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match="1 to 1200"):
        add_months(ISSUED, months)


def test_without_a_validity_nothing_expires() -> None:
    assert expires_at(ISSUED, None) is None
    assert status([Event("issued", ISSUED)], None, ISSUED + 36500 * DAY) == "valid"


EXPIRES = expires_at(ISSUED, 12) or ISSUED


@pytest.mark.parametrize(
    ("kinds", "at", "expected"),
    [
        ((), EXPIRES - DAY, "valid"),
        ((), EXPIRES, "expired"),
        (("suspended",), ISSUED + 9 * DAY, "suspended"),
        (("suspended",), EXPIRES, "suspended"),
        (("suspended", "reinstated"), ISSUED + 9 * DAY, "valid"),
        (("suspended", "reinstated"), EXPIRES, "expired"),
        (("suspended", "reinstated", "suspended"), ISSUED + 9 * DAY, "suspended"),
        (("revoked",), EXPIRES, "revoked"),
        (("superseded",), EXPIRES, "superseded"),
        (("superseded", "revoked"), EXPIRES, "revoked"),
        (("renewed",), ISSUED + 9 * DAY, "valid"),
        (("renewed",), EXPIRES, "expired"),
    ],
)
def test_events_and_the_clock_make_the_status(
    kinds: tuple[EventKind, ...], at: datetime, expected: Status
) -> None:
    events = [Event("issued", ISSUED)]
    events += [Event(kind, ISSUED + n * DAY) for n, kind in enumerate(kinds, 1)]
    assert status(events, EXPIRES, at) == expected
    assert status(events[::-1], EXPIRES, at) == expected


def test_a_revocation_counts_from_its_effective_date() -> None:
    events = [Event("issued", ISSUED), Event("revoked", ISSUED + 5 * DAY)]
    assert status(events, None, ISSUED + 4 * DAY) == "valid"
    assert status(events, None, ISSUED + 5 * DAY) == "revoked"


def test_the_last_sixty_days_are_shown_as_expiring() -> None:
    events = [Event("issued", ISSUED)]
    first = EXPIRES - EXPIRING_WITHIN
    assert timedelta(days=60) == EXPIRING_WITHIN
    assert shown_status(events, EXPIRES, first - timedelta(seconds=1)) == "valid"
    assert shown_status(events, EXPIRES, first) == "expiring"
    assert status(events, EXPIRES, first) == "valid"
    assert shown_status(events, EXPIRES, EXPIRES) == "expired"
    assert shown_status([*events, Event("revoked", ISSUED)], EXPIRES, first) == "revoked"


kinds = st.lists(st.sampled_from(get_args(EventKind)), max_size=12)


@given(kinds)
def test_no_legal_event_leads_out_of_a_final_status(wished: list[EventKind]) -> None:
    """Replay wishes, keeping the legal ones: revoked and superseded last for ever."""
    events, now = [Event("issued", ISSUED)], ISSUED
    for kind in wished:
        before = status(events, EXPIRES, now)
        now += 20 * DAY
        if may_record(before, kind):
            events.append(Event(kind, now))
        after = status(events, EXPIRES, now)
        if before in ("revoked", "superseded"):
            assert after == before
    assert all("issued" not in legal for legal in LEGAL_EVENTS.values())
