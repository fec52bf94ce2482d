"""The table of moves has the shape that was decided."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from lms.learning import policy
from lms.learning.models import STATES
from lms.learning.policy import LEARNING, MOVES, Act, move

ACTS = get_args(Act)


def test_every_state_and_act_of_the_table_exists() -> None:
    assert {state for state, _ in MOVES} | set(MOVES.values()) <= set(STATES)
    assert {act for _, act in MOVES} <= set(ACTS)


@given(st.lists(st.sampled_from(ACTS), max_size=12), st.booleans())
def test_nobody_learns_without_enrolling_or_being_accepted(
    acts: list[Act], was_completed: bool
) -> None:
    state = "withdrawn"
    for act in acts:
        target = move(state, act, was_completed=was_completed)
        if target in LEARNING and state not in LEARNING:
            assert act in ("enrol", "accept")
        state = target or state


@given(st.sampled_from(STATES), st.sampled_from(ACTS))
def test_what_is_not_in_the_table_has_words(state: str, act: Act) -> None:
    if move(state, act) is None:
        assert str(policy.why_not(state, act)).endswith(".")


def test_whoever_completed_comes_back_as_completed() -> None:
    assert move("withdrawn", "enrol", was_completed=True) == "completed"
    assert move("withdrawn", "enrol", was_completed=False) == "active"


def test_every_state_can_be_left_but_those_outside() -> None:
    leaving = {state for state, act in MOVES if act == "leave"}
    assert leaving == set(STATES) - {"withdrawn", "declined"}
