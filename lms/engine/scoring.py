"""Add up grades: exact fractions all the way, rounded for people in one place.

Unanswered items count 0 of their points. The sub-scores by objective add up to the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.engine.assembly import Form
from lms.engine.items.response import Grade, State


@dataclass(frozen=True)
class SubScore:
    """What was earned on the items of one objective."""

    objective: str
    points: Fraction
    max: Fraction


@dataclass(frozen=True)
class Result:
    """The outcome of one attempt; `share` is points / max, from 0 to 1."""

    points: Fraction
    max: Fraction
    share: Fraction
    passed: bool
    objectives: tuple[SubScore, ...]
    states: tuple[State, ...]

    @property
    def percent(self) -> int:
        """Return the share as people read it."""
        return whole_percent(self.share)


def total(form: Form, grades: Sequence[Grade], pass_mark: Fraction) -> Result:
    """Return the result of a form from one grade a slot, in the order of its slots.

    `pass_mark` is a share from 0 to 1 and is reached by an equal share. Another number of grades
    than of slots is a ValueError.
    """
    earned = [slot.points * grade.fraction for slot, grade in zip(form.slots, grades, strict=True)]
    points, highest = sum(earned, Fraction(0)), form.max_points
    share = points / highest if highest else Fraction(0)
    return Result(
        points,
        highest,
        share,
        share >= pass_mark,
        _by_objective(form, earned),
        tuple(grade.state for grade in grades),
    )


def _by_objective(form: Form, earned: Sequence[Fraction]) -> tuple[SubScore, ...]:
    scores: dict[str, SubScore] = {}
    for slot, points in zip(form.slots, earned, strict=True):
        name = slot.objective
        before = scores.get(name, SubScore(name, Fraction(0), Fraction(0)))
        scores[name] = SubScore(name, before.points + points, before.max + slot.points)
    return tuple(sorted(scores.values(), key=lambda score: score.objective))


def whole_percent(share: Fraction) -> int:
    """Return a share as a whole percentage, rounded down.

    Down, so that 69.9 % never reads as the 70 % that it did not reach.
    """
    return int(share * 100)
