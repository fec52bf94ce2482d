"""A draw is fillable exactly if all its lines can be filled at the same time."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.content.draws import find_shortfalls
from lms.engine.content.model import Draw

OBJECTIVES = ("a", "b", "c")
draws = st.lists(
    st.builds(
        Draw,
        st.sets(st.sampled_from(OBJECTIVES), min_size=1).map(lambda s: tuple(sorted(s))),
        st.integers(1, 3),
    ),
    max_size=3,
)
supplies = st.fixed_dictionaries({name: st.integers(0, 3) for name in OBJECTIVES})


def fillable_by_trying(lines: list[Draw], supply: dict[str, int]) -> bool:
    places = [draw.objectives for draw in lines for _ in range(draw.count)]
    stock = [name for name, count in supply.items() for _ in range(count)]
    states = {tuple(stock)}
    for allowed in places:
        states = {
            state[:n] + state[n + 1 :]
            for state in states
            for n, name in enumerate(state)
            if name in allowed
        }
    return bool(states)


@given(draws, supplies)
def test_shortfall_is_found_exactly_where_trying_everything_fails(
    lines: list[Draw], supply: dict[str, int]
) -> None:
    assert (find_shortfalls(lines, supply) == ()) == fillable_by_trying(lines, supply)


@given(draws, supplies)
def test_order_of_the_lines_does_not_decide(lines: list[Draw], supply: dict[str, int]) -> None:
    verdicts = {not find_shortfalls(order, supply) for order in permutations(lines)}
    assert len(verdicts) == 1


def test_line_with_a_choice_gives_way_to_one_without() -> None:
    lines = [Draw(("a", "b"), 1), Draw(("a",), 1)]
    assert find_shortfalls(lines, {"a": 1, "b": 1}) == ()
    (short,) = find_shortfalls(lines, {"a": 1, "b": 0})
    assert (short.wanted, short.found) == (1, 0)
