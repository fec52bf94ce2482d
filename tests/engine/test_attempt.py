"""When an attempt may start, when it ends, and what is shown of it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.attempt import (
    EVERYTHING,
    GRACE,
    MARKS,
    NOTHING,
    TRANSITIONS,
    Allowed,
    AttemptState,
    PastAttempt,
    Refused,
    Shown,
    deadline,
    has_expired,
    is_late,
    may_move,
    may_start,
    shown,
)
from tests.engine.makers import make_quiz

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failed(minutes_ago: float = 60) -> PastAttempt:
    """Return a graded attempt that was not passed."""
    return PastAttempt("graded", passed=False, finished_at=NOON - minutes_ago * MINUTE)


def test_the_first_attempt_may_start() -> None:
    assert may_start(make_quiz(), [], NOON) == Allowed(1, 2)


def test_without_a_limit_any_number_may_start() -> None:
    assert may_start(make_quiz(attempts=None), [failed()] * 50, NOON) == Allowed(51, None)


def test_the_attempt_limit_holds() -> None:
    assert may_start(make_quiz(), [failed()] * 2, NOON) == Allowed(3, 0)
    assert may_start(make_quiz(), [failed()] * 3, NOON) == Refused("attempts")


def test_a_voided_attempt_does_not_count() -> None:
    history = [failed(), failed(), PastAttempt("voided", finished_at=NOON)]
    assert may_start(make_quiz(), history, NOON) == Allowed(3, 0)


def test_an_open_attempt_comes_first() -> None:
    history = [failed()] * 3 + [PastAttempt("in_progress")]
    assert may_start(make_quiz(), history, NOON) == Refused("open")


@pytest.mark.parametrize("state", ["submitted", "expired"])
def test_an_attempt_without_marks_is_waited_for(state: AttemptState) -> None:
    history = [PastAttempt(state, finished_at=NOON - 60 * MINUTE)]
    assert may_start(make_quiz(), history, NOON) == Refused("grading")


def test_after_a_pass_nothing_is_left_to_prove() -> None:
    history = [PastAttempt("graded", passed=True, finished_at=NOON), failed()]
    assert may_start(make_quiz(), history, NOON) == Refused("passed")


def test_the_cool_down_runs_from_the_last_failed_attempt() -> None:
    history = [failed(4), failed(60)]
    assert may_start(make_quiz(), history, NOON) == Refused("cool-down", NOON + 6 * MINUTE)
    assert may_start(make_quiz(), history, NOON + 6 * MINUTE) == Allowed(3, 0)


def test_a_deadline_needs_a_limit_and_takes_extra_minutes() -> None:
    assert deadline(NOON, None, 30) is None
    assert deadline(NOON, 20 * MINUTE) == NOON + 20 * MINUTE
    assert deadline(NOON, 20 * MINUTE, extra_minutes=10) == NOON + 30 * MINUTE
    with pytest.raises(ValueError, match="take time away"):
        deadline(NOON, 20 * MINUTE, -1)


def test_an_answer_is_late_after_deadline_and_grace() -> None:
    assert timedelta(seconds=30) == GRACE
    assert not is_late(NOON + GRACE, NOON)
    assert is_late(NOON + GRACE + timedelta(microseconds=1), NOON)
    assert not is_late(NOON, None)


@given(st.integers(-100, 100))
def test_attempt_has_expired_once_deadline_and_grace_are_over(seconds: int) -> None:
    assert has_expired(NOON + timedelta(seconds=seconds), NOON) == (seconds > 30)


def test_no_attempt_leaves_a_final_state() -> None:
    for before, after in product(TRANSITIONS, TRANSITIONS):
        assert may_move(before, after) == (after in TRANSITIONS[before])
        assert not may_move(before, before)
        assert not may_move(after, "in_progress")
    assert not TRANSITIONS["voided"]


@pytest.mark.parametrize("release", ["after-submit", "after-pass", "marks-only"])
@pytest.mark.parametrize("state", ["in_progress", "submitted", "expired", "voided"])
def test_nothing_is_shown_before_the_marks_stand(release: str, state: AttemptState) -> None:
    assert shown(release, state, has_passed=True) == NOTHING


def test_everything_is_marks_right_or_wrong_rationale_and_key() -> None:
    assert Shown(True, True, True, True) == EVERYTHING
    assert Shown(True, False, False, False) == MARKS
    assert Shown(False, False, False, False) == NOTHING


@pytest.mark.parametrize(
    ("release", "has_passed", "expected"),
    [
        ("after-submit", False, EVERYTHING),
        ("after-submit", True, EVERYTHING),
        ("after-pass", False, MARKS),
        ("after-pass", True, EVERYTHING),
        ("marks-only", False, MARKS),
        ("marks-only", True, MARKS),
        ("unheard-of", True, MARKS),
    ],
)
def test_the_release_policy_decides(release: str, has_passed: bool, expected: Shown) -> None:
    assert shown(release, "graded", has_passed) == expected
