"""Items, quizzes and courses for the tests of rules: plain makers, and strategies for any item."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from hypothesis import strategies as st

from lms.engine.content.model import Course, Draw, Lesson, Module, Quiz
from lms.engine.items import Item, model, parse_item_file
from lms.engine.items.folding import fold

HEAD = "{#one use=quiz objective=goal}"


def parse_one(text: str) -> Item:
    """Return the only item of a faultless text."""
    items, problems = parse_item_file("quizzes/bank/01.md", text, "bank")
    assert problems == ()
    (item,) = items
    return item


def faults(text: str) -> list[str]:
    """Return the problems of a text, written as a report writes them, without the path."""
    _, problems = parse_item_file("f.md", text, "bank")
    return [str(problem).removeprefix("f.md:") for problem in problems]


def html_of(item: Item) -> Mapping[str, str]:
    """Return HTML that shows where each piece came from."""
    return {name: f"<i>{name}</i>" for name in item.markdown_parts()}


def make_choice(
    ident: str = "one", objective: str = "goal", use: model.Use = "quiz", **tags: object
) -> Item:
    """Return a single item with three options, the second of them right."""
    options = tuple(
        model.Option(f"Option {n}", n == 1, f"Reason {n}", "" if n == 1 else f"mix-up-{n}")
        for n in range(3)
    )
    content = model.Choices(options)
    return Item(ident, "bank", "single", "Which?", content, use, objective, **tags)  # type: ignore[arg-type]


def make_quiz(*draws: Draw, **rules: object) -> Quiz:
    """Return a module quiz: 70 %, three attempts, ten minutes of cool-down, no time limit."""
    values: dict[str, object] = {
        "id": "quiz",
        "title": "Quiz",
        "kind": "module",
        "draws": draws or (Draw(("goal",), 2),),
        "pass_mark": Fraction(7, 10),
        "attempts": 3,
        "cool_down": timedelta(minutes=10),
        "time_limit": None,
        "release": "after-submit",
        "body": "",
        "path": "quiz.md",
    }
    return Quiz(**{**values, **rules})  # type: ignore[arg-type]


def make_lesson(ident: str, minutes: int = 10) -> Lesson:
    """Return a lesson without text."""
    return Lesson(ident, 1, f"Lesson {ident}", minutes, (), (), "", f"{ident}.md", ())


def make_module(
    ident: str, lessons: int = 2, requires: tuple[str, ...] = (), quiz: bool = True
) -> Module:
    """Return a module whose lessons are `<ident>-1`, ... and whose quiz is `<ident>-quiz`."""
    return Module(
        ident,
        1,
        f"Module {ident}",
        f"{ident}/module.md",
        "",
        (),
        requires,
        tuple(make_lesson(f"{ident}-{n}") for n in range(1, lessons + 1)),
        make_quiz(id=f"{ident}-quiz") if quiz else None,
    )


def make_course(*modules: Module, final: bool = True) -> Course:
    """Return a course; its final is `final`."""
    return Course(
        id="course",
        slug="course",
        title="Course",
        summary="",
        language="en",
        level="foundation",
        hours=Decimal(1),
        topics=(),
        authors=(),
        outcomes=(),
        prerequisites=(),
        enrolment="open",
        certificate=None,
        standards=(),
        body="",
        modules=modules,
        final=make_quiz(id="final", kind="final") if final else None,
        sample=None,
        glossary=(),
    )


slugs = st.sampled_from(["a", "9", "b-2", "one", "two-words", "long-" + "x" * 59, "0-0-0"])
LINE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
lines = st.text(LINE, min_size=1, max_size=40).map(str.strip).filter(bool)
words = st.sampled_from(["project", "Straße", "año", "中文", "كتاب", "i̇", "x", "b", "c", "d"])
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join)
blocks = st.lists(sentences, max_size=3).map("\n\n".join)
rationales = st.lists(sentences, min_size=1, max_size=3).map("\n".join)
wrong_names = st.one_of(st.just(""), slugs)


def _different(
    texts: st.SearchStrategy[str], least: int, most: int
) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=least, max_size=most, unique_by=fold)


@st.composite
def _choices(draw: st.DrawFn, several: bool) -> model.Choices:
    texts = draw(_different(lines, 2, 6))
    if several:
        key = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    else:
        key = {draw(st.integers(0, len(texts) - 1))}
    return model.Choices(tuple(_option(draw, text, n in key) for n, text in enumerate(texts)))


def _option(draw: st.DrawFn, text: str, right: bool) -> model.Option:
    return model.Option(text, right, draw(rationales), "" if right else draw(wrong_names))


@st.composite
def _true_false(draw: st.DrawFn) -> model.Choices:
    texts = draw(st.permutations(["True", "False"]))
    right = draw(st.sampled_from(texts))
    return model.Choices(tuple(_option(draw, text, text == right) for text in texts))


@st.composite
def _ordering(draw: st.DrawFn) -> model.Ordering:
    texts = draw(_different(lines, 2, 6))
    return model.Ordering(
        tuple(model.Entry(text, draw(rationales), draw(wrong_names)) for text in texts)
    )


@st.composite
def _matching(draw: st.DrawFn) -> model.Matching:
    lefts = draw(_different(sentences, 2, 5))
    rights = draw(_different(sentences, 2, 7))
    of_pairs = rights[: max(2, len(rights) - 2)]
    chosen = [*of_pairs[:2], *(draw(st.sampled_from(of_pairs)) for _ in lefts[2:])]
    extras = [right for right in rights if right not in chosen]
    return model.Matching(
        tuple(
            model.Pair(left, right, draw(rationales), draw(wrong_names))
            for left, right in zip(lefts, chosen, strict=True)
        ),
        tuple(model.Pair("", right, draw(rationales), draw(wrong_names)) for right in extras),
    )


@st.composite
def _numeric(draw: st.DrawFn) -> model.Numeric:
    values = draw(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5, unique=True))
    key = draw(st.sets(st.sampled_from(values), min_size=1))
    places = draw(st.integers(0, 6))
    answers = []
    for value in values:
        exact = Decimal(value * 10).scaleb(-places)
        kind = draw(st.sampled_from(["exact", "absolute", "relative"]))
        if kind == "relative" and value:
            numbers = (exact, Decimal("1e-12"), True)
        else:
            numbers = (exact, Decimal(0 if kind == "exact" else 4).scaleb(-places), False)
        name = "" if value in key else draw(wrong_names)
        answers.append(model.NumericAnswer(*numbers, value in key, draw(rationales), name))
    return model.Numeric(tuple(answers), draw(st.sampled_from(["", "days", "% of plan"])))


@st.composite
def _short(draw: st.DrawFn) -> model.Short:
    texts = draw(_different(sentences, 1, 5))
    key = draw(st.sets(st.sampled_from(texts), min_size=1))
    answers = [
        model.ShortAnswer(
            text, False, text in key, draw(rationales), "" if text in key else draw(wrong_names)
        )
        for text in texts
    ]
    if draw(st.booleans()):
        answers.append(model.ShortAnswer("0colou?r[0-9]{2}", True, True, draw(rationales)))
        answers.append(model.ShortAnswer("1*1", False, False, draw(rationales)))
    return model.Short(tuple(answers), draw(st.booleans()))


_CONTENT: Mapping[str, st.SearchStrategy[model.Content]] = {
    "single": _choices(several=False),
    "multiple": _choices(several=True),
    "true-false": _true_false(),
    "numeric": _numeric(),
    "short": _short(),
    "matching": _matching(),
    "ordering": _ordering(),
}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Return any item that the notation can express."""
    key = draw(st.sampled_from(get_args(model.ItemKey)))
    credit = key in ("multiple", "matching", "ordering")
    fixed = "partial" if key == "matching" else "all"
    return Item(
        id=draw(slugs),
        bank="bank",
        type=key,
        question=draw(lines),
        content=draw(_CONTENT[key]),
        use=draw(st.sampled_from(get_args(model.Use))),
        objective=draw(slugs),
        context=draw(blocks),
        feedback=draw(blocks),
        bloom=draw(st.sampled_from([None, *get_args(model.Bloom)])),
        difficulty=draw(st.sampled_from([None, *get_args(model.Difficulty)])),
        status=draw(st.sampled_from(get_args(model.Status))),
        points=draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(5, 2), Fraction(1, 3)])),
        scoring=draw(st.sampled_from(get_args(model.Scoring))) if credit else fixed,
        shuffle=draw(st.booleans()) if key in ("single", "multiple", "matching") else True,
        source=model.ItemSource(
            standard=draw(st.one_of(st.just(""), sentences)),
            edition=draw(st.one_of(st.just(""), sentences)),
            verified_on=draw(st.sampled_from(["", "2026-11-22"])),
            verified_how=draw(st.sampled_from([None, *get_args(model.Verification)])),
        ),
    )


seeds = st.binary(min_size=16, max_size=16)
