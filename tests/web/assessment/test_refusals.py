"""What a learner reads when the attempt rule says no."""

from datetime import UTC, datetime

import pytest

from lms.assessment.policy import refusal_in_words
from lms.engine.attempt import Refused


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        (datetime(2026, 11, 23, 14, 2, tzinfo=UTC), "2026-11-23 14:02 UTC"),
        (datetime(2026, 11, 23, 14, 2, 0, 1, tzinfo=UTC), "2026-11-23 14:03 UTC"),
        (datetime(2026, 11, 23, 14, 59, 40, tzinfo=UTC), "2026-11-23 15:00 UTC"),
    ],
)
def test_the_minute_that_is_named_is_one_in_which_the_attempt_is_possible(
    until: datetime, shown: str
) -> None:
    assert shown in str(refusal_in_words(Refused("cool-down", until)))
