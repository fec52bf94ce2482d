"""Scores are exact, add up, and are never rounded in anybody's favour."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.assembly import Form, Slot
from lms.engine.items.response import UNANSWERED, Grade
from lms.engine.scoring import total, whole_percent

shares = st.fractions(0, 1, max_denominator=20)
points = st.fractions(Fraction(1, 10), 5, max_denominator=10)
names = st.sampled_from(["alpha", "beta", "gamma"])
slots = st.lists(st.tuples(points, names, shares), max_size=8)


def make_form(*rows: tuple[Fraction, str]) -> Form:
    """Return a form of slots with these points and objectives."""
    return Form("q", "r", b"", tuple(Slot(f"b/{n}", (), p, o) for n, (p, o) in enumerate(rows)))


@given(slots, shares)
def test_sub_scores_add_up_to_the_total(
    rows: list[tuple[Fraction, str, Fraction]], pass_mark: Fraction
) -> None:
    form = make_form(*((p, o) for p, o, _ in rows))
    result = total(form, [Grade(share) for _, _, share in rows], pass_mark)
    assert sum(score.points for score in result.objectives) == result.points
    assert sum(score.max for score in result.objectives) == result.max == form.max_points
    assert result.points == sum(p * share for p, _, share in rows)
    assert 0 <= result.share <= 1
    assert result.passed == (result.share >= pass_mark)


def test_the_pass_mark_itself_passes() -> None:
    form = make_form(*[(Fraction(1), "a")] * 3)
    grades = [Grade(Fraction(1)), Grade(Fraction(1)), UNANSWERED]
    assert total(form, grades, Fraction(2, 3)).passed
    assert not total(form, grades, Fraction(67, 100)).passed
    assert total(form, grades, Fraction(1, 2)).states == ("right", "right", "unanswered")


def test_a_share_below_the_mark_never_reads_as_the_mark() -> None:
    assert whole_percent(Fraction(6999, 10000)) == 69
    assert whole_percent(Fraction(7, 10)) == 70
    assert whole_percent(Fraction(1)) == 100


def test_a_missing_grade_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        total(make_form((Fraction(1), "a")), [], Fraction(1))
