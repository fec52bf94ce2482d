"""Which passwords are refused, and which are not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.accounts.password_rules import (
    RUNS,
    common_words,
    is_predictable,
    require_good_password,
)
from lms.core.errors import DomainError

NAME, EMAIL = "Lina Learner", "lina.learner@harbour.example"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd!2024",
        "Welcome12345!",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "zxcvbnm,./123",
        "123456789012",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "xy7-xy7-xy7-",
        "iloveyou2024!",
        "waymark-2026!",
        "LinaLearner12",
        "lina.learner@harbour.example",
        "harbour-lina-1",
        "correcthorsebatterystaple",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(DomainError) as refused:
        require_good_password(password, NAME, EMAIL)
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "seven calm otters count",
        "x7!kQ9vLp2#w",
        "purple monkey dishwasher",
        "Grüne Teekanne im Regen",
        "أحب القهوة في الصباح",
        "乘风破浪会有时直挂云帆济沧海",
    ],
)
def test_the_unexpected_is_accepted_in_any_script(password: str) -> None:
    require_good_password(password, NAME, EMAIL)


@given(st.text(max_size=11))
def test_short_ones_are_refused_whatever_they_hold(password: str) -> None:
    with pytest.raises(DomainError):
        require_good_password(unicodedata.normalize("NFKC", password)[:11])


@given(st.text(min_size=1, max_size=6), st.integers(min_value=2, max_value=20))
def test_a_repetition_is_predictable(part: str, times: int) -> None:
    assert is_predictable(part * times)


@example("abc", "daddy")  # "abcd" is a run of the keyboard too
@example("angel", "safety")  # "angels" is a common word too
@given(st.sampled_from(sorted(common_words())), st.sampled_from(sorted(common_words())))
def test_two_common_words_with_a_year_are_predictable(one: str, other: str) -> None:
    assert is_predictable(f"{one}{other}2026!")


@given(st.sampled_from(RUNS), st.integers(min_value=0, max_value=9999))
def test_runs_of_keys_with_digits_are_predictable(row: str, digits: int) -> None:
    assert is_predictable(f"{row}{digits}")
    assert is_predictable(f"{digits}{row[::-1]}")


def test_the_list_is_read_folded_and_without_its_comments() -> None:
    words = common_words()
    assert "password" in words
    assert not any("#" in word or word != word.casefold() for word in words)
    assert len(words) > 500


def test_of_a_name_without_end_only_the_beginning_is_looked_at() -> None:
    require_good_password("zebra-quartz-42", "otter " * 50_000 + "zebra quartz")
    with pytest.raises(DomainError):
        require_good_password("zebra-quartz-42", "zebra quartz" + " otter" * 50_000)
