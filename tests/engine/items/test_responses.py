"""Whatever comes back from a browser is read, refused or unanswered; nothing else happens."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.items import (
    Item,
    MalformedResponse,
    deal,
    examples,
    explain,
    grade,
    present,
    read,
)
from lms.engine.items.views import ChoiceView, SelectView, TextView
from tests.engine.makers import html_of, items, seeds

names = st.sampled_from(["choice", "place-0", "place-1", "match-0", "match-1", "answer", "other"])
values = st.one_of(
    st.sampled_from(["", "0", "1", "2", "9", "-1", "00", "1.5", "１", "x"]), st.text(max_size=300)
)
forms = st.dictionaries(names, st.lists(values, max_size=3), max_size=5)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 9), st.floats(), st.text(max_size=250)),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


def is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(is_plain(part) for part in value)
    return value is None or type(value) in (int, str)


@given(items(), seeds, forms)
def test_any_form_is_read_or_refused(
    item: Item, seed: bytes, form: Mapping[str, list[str]]
) -> None:
    arrangement = deal(item, seed)
    try:
        response = read(item, arrangement, form)
    except MalformedResponse:
        return
    assert is_plain(response)
    result = grade(item, response)
    assert result.answered == (response is not None)
    assert 0 <= result.fraction <= 1


@given(items(), seeds, json_values)
def test_any_stored_value_is_graded_or_refused(item: Item, seed: bytes, stored: object) -> None:
    arrangement, html = deal(item, seed), html_of(item)
    try:
        result = grade(item, stored)
    except MalformedResponse:
        with pytest.raises(MalformedResponse):
            present(item, arrangement, html, stored)  # type: ignore[arg-type]
        with pytest.raises(MalformedResponse):
            explain(item, arrangement, stored, html)  # type: ignore[arg-type]
        return
    assert result.state in ("unanswered", "right", "partly", "wrong")
    assert explain(item, arrangement, stored, html).grade == result  # type: ignore[arg-type]


@given(items(), seeds)
def test_every_type_earns_what_its_own_examples_promise(item: Item, seed: bytes) -> None:
    arrangement = deal(item, seed)
    made = examples(item, arrangement)
    assert {example.fraction for example in made} >= {0, 1}
    for example in made:
        response = read(item, arrangement, example.fields)
        result = grade(item, response)
        assert result.fraction == example.fraction, example
        assert result.answered == any(any(sent) for sent in example.fields.values())


@given(items(), seeds)
def test_nothing_sent_is_unanswered_and_not_wrong(item: Item, seed: bytes) -> None:
    arrangement = deal(item, seed)
    assert read(item, arrangement, {}) is None
    result = grade(item, None)
    assert (result.fraction, result.correct, result.state) == (0, False, "unanswered")


@given(items(), seeds, st.sampled_from(["", "slot-3-"]))
def test_a_saved_answer_is_shown_again_and_reads_the_same(
    item: Item, seed: bytes, prefix: str
) -> None:
    arrangement = deal(item, seed)
    for example in examples(item, arrangement):
        fields = {prefix + name: sent for name, sent in example.fields.items()}
        response = read(item, arrangement, fields, prefix)
        view = present(item, arrangement, html_of(item), response, prefix)
        assert read(item, arrangement, sent_again(view), prefix) == response


def sent_again(view: ChoiceView | SelectView | TextView) -> dict[str, list[str]]:
    """Return what a browser sends for a page that nobody touched."""
    if isinstance(view, ChoiceView):
        return {view.name: [choice.value for choice in view.choices if choice.selected]}
    if isinstance(view, TextView):
        return {view.name: [view.value]}
    return {row.name: [c.value for c in row.choices if c.selected] or [""] for row in view.rows}
