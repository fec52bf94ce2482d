"""Before the submission nothing that a learner can reach depends on the key."""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import product
from math import sqrt
from pathlib import Path

import pytest

from lms.engine.assembly import assemble
from lms.engine.content.tree import parse_course
from lms.engine.items import deal, examples, present
from lms.engine.items.model import Item
from lms.engine.items.views import ChoiceView, SelectView
from tests.security.secret_items import HIDDEN_TYPES, NUMBERS, TYPES, USES, secret_files
from tests.security.sitting import HIDDEN, QUIZ, Sitting, sitting_in
from tests.security.surfaces import Visit, crawl, says

PLACES = (
    "/",
    "/home",
    "/profile",
    "/courses/secret",
    "/courses/secret/glossary",
    "/courses/secret/sample?seed=0123456789abcdef",
    "/courses/secret/quizzes/secret-q1",
    "/courses/secret/quizzes/secret-final",
    "/courses/secret/lessons/secret-m1-l1",
    "/courses/secret/lessons/secret-m1-l2",
    *(f"/courses/secret/checks/secret/practice-{kind}" for kind in TYPES),
    "/courses/secret/media/" + "0" * 64 + "/x.svg",
    "/certificates",
    "/transcript",
    "/verify",
    "/verify/0000-0000-0000-0000",
)
HALL = ("", "?page=1", "?page=2", "?page=99", "/summary", "/result")

TIMES = re.compile(r'(csrf[^"]*" (?:value|content))="[^"]+"|^date: .*$', re.MULTILINE)


@pytest.fixture
def sitting(sqlite_template: Path, tmp_path: Path) -> Iterator[Sitting]:
    with sitting_in(sqlite_template, tmp_path) as found:
        yield found


def reachable(sitting: Sitting) -> list[Visit]:
    starts = [*PLACES, *map(sitting.path, HALL)]
    return list(crawl(sitting.app, sitting.browser, starts))


def told(texts: Iterable[str]) -> list[str]:
    """Return the secrets of quiz and exam that are in any of the texts."""
    whole = "\n".join(texts).lower()
    return [secret for secret in HIDDEN if says(whole, secret)]


@pytest.mark.parametrize(
    ("answered", "typed"),
    [
        (None, set()),
        (True, {"key-canary-quiz", str(NUMBERS["quiz"])}),
        (False, {"foreseen-canary-quiz"}),
    ],
)
def test_nothing_that_is_reachable_during_an_attempt_says_a_key_or_a_reason(
    sitting: Sitting, answered: bool | None, typed: set[str]
) -> None:
    """Only what the learner typed comes back, right or wrong."""
    if answered is not None:
        sitting.answer_all(right=answered)
    visits = reachable(sitting)
    assert set(told(visit.text + visit.cookies for visit in visits)) == typed
    assert {visit.status for visit in visits} <= {200, 303, 403, 404, 405}


def test_the_search_finds_all_of_it_once_the_attempt_is_submitted(sitting: Sitting) -> None:
    sitting.browser.post(sitting.path("/submit"))
    page = sitting.browser.get(sitting.path("/result")).text
    assert told([page]) == [
        "reason-canary-quiz",
        "feedback-canary-quiz",
        "key-canary-quiz",
        "foreseen-canary-quiz",
        str(NUMBERS["quiz"]),
    ]


@pytest.fixture
def twins(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Sitting, Sitting]]:
    """The same attempt at two courses that differ in their keys alone; chance stands still."""
    monkeypatch.setattr(secrets, "token_bytes", bytes)
    with ExitStack() as stack:
        yield (
            stack.enter_context(sitting_in(sqlite_template, tmp_path / "one")),
            stack.enter_context(sitting_in(sqlite_template, tmp_path / "two", twin=True)),
        )


def seen_by(sitting: Sitting) -> dict[str, tuple[int, str]]:
    """Return what every place says, but for what carries the time: forms' tokens and dates."""
    return {visit.path: (visit.status, TIMES.sub("", visit.text)) for visit in reachable(sitting)}


def test_an_attempt_looks_the_same_whatever_its_keys_are(twins: tuple[Sitting, Sitting]) -> None:
    one, two = map(seen_by, twins)
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
    kinds = {twins[0].course.course.items[slot.ref].type for slot in twins[0].form.slots}
    assert kinds == set(TYPES), "the attempt asks every type"


def test_a_summary_and_a_home_look_the_same_after_right_and_wrong_answers(
    twins: tuple[Sitting, Sitting],
) -> None:
    twins[0].answer_all(right=True)
    twins[1].answer_all(right=False)
    one, two = map(seen_by, twins)
    assert one[twins[0].path("/summary")] == two[twins[1].path("/summary")]
    assert all(one[path] == two[path] for path in PLACES)


def test_replies_to_saves_do_not_depend_on_being_right(sitting: Sitting) -> None:
    items, form = sitting.course.course.items, sitting.form
    for slot, dealt in enumerate(form.slots):
        replies, places = set(), set()
        for number, one in enumerate(examples(items[dealt.ref], dealt.arrangement)):
            fields = {f"s{slot}-{name}": list(values) for name, values in one.fields.items()}
            data = fields | {"operation_id": f"operation-{number:02}", "revision": str(number)}
            reply = sitting.browser.post(sitting.path(f"/items/{slot}"), data=data)
            said = reply.json | {"operation_id": "", "revision": ""}
            replies.add((reply.status, len(reply.data) - len(str(number + 1)), repr(said)))
            moved = sitting.browser.post(
                sitting.path("/save"), data=fields | {f"revision-{slot}": str(number + 1)}
            )
            places.add((moved.status, moved.location, len(moved.data)))
        assert len(replies) == 1, dealt.ref
        assert len(places) == 1, dealt.ref


# Chance: what the order of things could tell ------------------------------------------------------

SEEDS = [f"seed {number}".encode() for number in range(3000)]


@pytest.fixture(scope="module")
def banks() -> tuple[dict[str, Item], dict[str, Item]]:
    """The items of both courses."""
    found = [parse_course(secret_files(twin=twin)).course for twin in (False, True)]
    assert found[0]
    assert found[1]
    return dict(found[0].items), dict(found[1].items)


def surprise(counts: Counter[object], cells: int) -> float:
    """Return by how many deviations the counts are off from equal ones (chi-squared)."""
    wanted = counts.total() / cells
    squares = sum((count - wanted) ** 2 / wanted for count in counts.values())
    squares += (cells - len(counts)) * wanted
    return (squares - (cells - 1)) / sqrt(2 * (cells - 1))


@pytest.mark.parametrize(
    ("kind", "cells"), [("single", 6), ("multiple", 6), ("ordering", 6), ("matching", 6 * 24)]
)
@pytest.mark.parametrize("use", USES)
def test_every_order_is_dealt_equally_often_so_none_hints_at_the_key(
    banks: tuple[dict[str, Item], dict[str, Item]], use: str, kind: str, cells: int
) -> None:
    item = banks[0][f"secret/{use}-{kind}"]
    assert surprise(Counter(deal(item, seed) for seed in SEEDS), cells) < 5


def test_the_order_of_one_item_tells_nothing_of_another(
    banks: tuple[dict[str, Item], dict[str, Item]],
) -> None:
    pair = [banks[0][f"secret/quiz-{kind}"] for kind in ("single", "multiple")]
    counts = Counter(tuple(deal(item, seed) for item in pair) for seed in SEEDS)
    assert surprise(counts, 36) < 5


def test_neither_the_draw_nor_the_deal_looks_at_the_key(
    banks: tuple[dict[str, Item], dict[str, Item]],
) -> None:
    course = parse_course(secret_files()).course
    assert course
    for quiz, seed in product(course.quizzes(), SEEDS[:300]):
        one, two = (assemble(quiz, bank, seed, "revision") for bank in banks)
        assert one == two


@pytest.mark.parametrize("kind", TYPES)
def test_values_are_places_on_the_page_and_views_have_no_key(
    banks: tuple[dict[str, Item], dict[str, Item]], kind: str
) -> None:
    one, two = (bank[f"secret/quiz-{kind}"] for bank in banks)
    for seed in SEEDS[:100]:
        view = present(one, deal(one, seed), {})
        groups = [view.choices] if isinstance(view, ChoiceView) else []
        groups += [row.choices for row in view.rows] if isinstance(view, SelectView) else []
        for choices in groups:
            first = int(choices[0].value)
            assert [int(choice.value) for choice in choices] == [
                *range(first, first + len(choices))
            ]
        if kind in HIDDEN_TYPES:
            assert view == present(two, deal(two, seed), {})


# Doors that take only practice ------------------------------------------------------------------

NOT_PRACTICE = [f"{use}-{kind}" for use in ("quiz", "exam") for kind in TYPES]


@pytest.mark.parametrize("headers", [{}, {"X-Fragment": "1"}, {"Accept": "application/json"}])
def test_checks_do_not_say_whether_a_hidden_item_exists(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    visitor, paths = sitting.app.test_client(), "/courses/secret/checks/secret/{}"
    monkeypatch.setattr(secrets, "token_bytes", bytes)

    def refused(name: str) -> list[tuple[str, str]]:
        answers = []
        for browser, method in product((sitting.browser, visitor), ("GET", "POST")):
            data = {f"check-secret-{name}-choice": "0", "deal": "0" * 16}
            sent = data if method == "POST" else None
            answer = browser.open(paths.format(name), method=method, data=sent, headers=headers)
            text = re.sub(r'value="[^"]{60,}"', "", answer.text.replace(name, "NAME"))
            answers.append((answer.status, text))
        return answers

    absent = refused("no-such-item")
    assert {status for status, _ in absent} == {"404 NOT FOUND"}
    for name in (*NOT_PRACTICE, "practice-draft", "quiz-draft"):
        assert refused(name) == absent, name


def test_the_sample_asks_and_explains_practice_alone(sitting: Sitting) -> None:
    wishes = {"item": "secret/quiz-single", "quiz": QUIZ, "use": "quiz", "bank": "secret"}
    pages = []
    for number in range(20):
        seed = f"{number:016x}"
        visitor = sitting.app.test_client()
        pages.append(visitor.get(f"/courses/secret/sample?seed={seed}&quiz={QUIZ}&use=exam").text)
        answered = visitor.post("/courses/secret/sample", data=wishes | {"seed": seed})
        assert answered.status_code == 200
        pages.append(answered.text)
    assert told(pages) == []
    assert says("\n".join(pages).lower(), "reason-canary-practice")
    for quiz in (QUIZ, "secret-final"):
        assert sitting.browser.post(f"/courses/{quiz}/sample", data=wishes).status_code == 404


def test_a_quiz_cannot_be_previewed_by_its_learner(sitting: Sitting) -> None:
    for place in ("", "/quizzes/secret-q1", "/quizzes/secret-final", "/lessons/secret-m1-l1"):
        assert sitting.browser.get(f"/studio/courses/secret/preview{place}").status_code == 404
