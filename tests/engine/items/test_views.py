"""What a page shows of an item: no key before the release, every rationale after it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.items import Item, deal, examples, explain, is_inline, model, present, read
from lms.engine.items.plaintext import plain_text
from lms.engine.items.views import ChoiceView, SelectView, TextView
from tests.engine.items.test_grading import MATCHING, MULTIPLE, NUMERIC, ORDERING
from tests.engine.makers import html_of, items, make_choice, parse_one, seeds

SEED = bytes(16)


def with_another_key(item: Item, places: list[int]) -> Item:
    """Return the item with its right marks moved about, and all else as it was."""
    content = item.content
    assert isinstance(content, model.Choices)
    marks = [content.options[n].right for n in places]
    options = tuple(replace(o, right=m) for o, m in zip(content.options, marks, strict=True))
    return replace(item, content=model.Choices(options))


@given(items().filter(lambda i: isinstance(i.content, model.Choices)), seeds, st.data())
def test_the_page_to_answer_does_not_depend_on_the_key(
    item: Item, seed: bytes, data: st.DataObject
) -> None:
    assert isinstance(item.content, model.Choices)
    places = data.draw(st.permutations(range(len(item.content.options))))
    other = with_another_key(item, list(places))
    arrangement = deal(item, seed)
    assert deal(other, seed) == arrangement
    html = html_of(item)
    assert present(item, arrangement, html) == present(other, arrangement, html)


@given(items(), seeds)
def test_values_are_places_in_the_dealt_order(item: Item, seed: bytes) -> None:
    view = present(item, deal(item, seed), html_of(item))
    if isinstance(view, ChoiceView):
        assert [choice.value for choice in view.choices] == list(map(str, range(len(view.choices))))
    if isinstance(view, SelectView):
        first = 1 if item.type == "ordering" else 0
        for row in view.rows:
            values = [choice.value for choice in row.choices]
            assert values == [str(n + first) for n in range(len(values))]


@given(items(), seeds)
def test_rationales_and_feedback_never_stand_in_the_page_to_answer(item: Item, seed: bytes) -> None:
    text = repr(present(item, deal(item, seed), html_of(item)))
    assert "rationale:" not in text
    assert "feedback" not in text


@given(items(), seeds)
def test_a_review_shows_every_rationale_once(item: Item, seed: bytes) -> None:
    arrangement, html = deal(item, seed), html_of(item)
    for example in examples(item, arrangement):
        view = explain(item, arrangement, read(item, arrangement, example.fields), html)
        shown = sorted(row.rationale for row in view.rows)
        assert shown == sorted(text for name, text in html.items() if "rationale" in name)


def test_a_review_of_a_choice_marks_what_was_chosen_and_what_is_right() -> None:
    view = explain(make_choice(shuffle=False), ((2, 0, 1),), 0, html_of(make_choice()))
    assert [(row.html, row.chosen, row.right) for row in view.rows] == [
        ("<i>choice:2</i>", False, False),
        ("<i>choice:0</i>", True, False),
        ("<i>choice:1</i>", False, True),
    ]


def test_multiple_tells_how_many_to_select() -> None:
    item = parse_one(MULTIPLE.replace("SCORING", ""))
    view = present(item, deal(item, SEED), html_of(item))
    assert isinstance(view, ChoiceView)
    assert (view.several, view.choose) == (True, 2)


def test_numeric_shows_its_unit_beside_the_field() -> None:
    item = parse_one(NUMERIC.replace("objective=goal", 'objective=goal unit="days"'))
    view = present(item, (), html_of(item), "0.5", "slot-1-")
    assert isinstance(view, TextView)
    assert (view.name, view.value, view.unit) == ("slot-1-answer", "0.5", "days")


def test_a_review_of_ordering_compares_places() -> None:
    item = parse_one(ORDERING.replace("SCORING", ""))
    view = explain(item, deal(item, SEED), [2, 1, 3, None], html_of(item))
    assert [(row.given, row.expected, row.right) for row in view.rows] == [
        ("2", "1", False),
        ("1", "2", False),
        ("3", "3", True),
        ("", "4", False),
    ]


def test_a_review_of_matching_says_which_distractor_was_taken() -> None:
    item = parse_one(MATCHING.replace("SCORING", "shuffle=no"))
    view = explain(item, deal(item, SEED), [2, 1, None], html_of(item))
    sprint, desk, release, eternal = view.rows
    assert (sprint.given, sprint.expected) == ("<i>right:2</i>", "<i>right:0</i>")
    assert (desk.right, release.chosen) == (True, False)
    assert (eternal.chosen, eternal.right, eternal.expected) == (True, False, "<i>right:2</i>")


def test_a_review_of_a_number_marks_the_answer_that_was_met() -> None:
    item = parse_one(NUMERIC)
    view = explain(item, (), "1.125", html_of(item))
    assert [(row.expected, row.right, row.chosen) for row in view.rows] == [
        ("0.889 ± 0.005", True, False),
        ("1.125 ± 0.5%", False, True),
        ("-2", False, False),
    ]
    assert view.typed == "1.125"


def test_true_stands_before_false_whatever_the_source_says() -> None:
    text = "## Is it so? {#one type=true-false use=quiz objective=goal}\n\n"
    item = parse_one(text + "- (x) False\n  > no\n- ( ) True\n  > yes\n")
    assert deal(item, SEED) == ((1, 0),)


def test_shuffle_no_keeps_the_order() -> None:
    assert deal(make_choice(shuffle=False), SEED) == ((0, 1, 2),)


def test_a_select_shows_plain_text() -> None:
    assert plain_text("a <b>bold</b> &amp; <code>x&lt;y</code>\n line") == "a bold & x<y line"


def test_only_blocks_may_hold_paragraphs() -> None:
    blocks = {"context", "feedback", "rationale:0"}
    inline = {"question", "choice:0", "left:1", "right:2"}
    assert [is_inline(name) for name in blocks | inline] == [
        name in inline for name in blocks | inline
    ]
