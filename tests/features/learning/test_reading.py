"""What the read models say: outline, next step, presence, checks, statements."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.assessment.models import PracticeAnswer
from lms.catalog import queries as catalog
from lms.catalog.models import Course, Revision
from lms.catalog.outlines import outline_of
from lms.catalog.queries import Wanted, relevance
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from lms.learning.models import Enrolment
from lms.learning.queries.checks import field_prefix
from lms.learning.queries.course_page import load_course_page
from lms.learning.queries.home import load_home
from lms.learning.queries.lesson_page import Gate, load_lesson_page
from lms.learning.queries.standing import Standing, load_standing
from lms.learning.routes import Routes
from lms.learning.services.practice import grade_check, keep_practice
from lms.learning.services.presence import is_worth_writing, write_presence
from tests.classroom import Classroom, counted_statements, viewer_of
from tests.conftest import FrozenClock
from tests.courses import make_course
from tests.makers import add_person

ROUTES = Routes("/courses/small")
SEED = bytes(8)
FIELD = "check-small-small-p1-1-choice"


def standing_of(room: Classroom) -> Standing:
    with room.program.database.read() as session:
        found = load_standing(session, room.learner.person_id, room.course.course_id)
    assert found is not None
    return found


def test_a_visitor_may_open_the_first_lesson_alone(room: Classroom) -> None:
    with room.program.database.read() as session:
        page = load_course_page(session, None, room.course, ROUTES)
    entries = [entry for module in page.outline for entry in module.entries]
    assert [entry.href for entry in entries if entry.href] == [ROUTES.lesson("small-m1-l1")]
    assert page.door == "sign-in"


def test_a_learner_continues_where_they_last_read(room: Classroom) -> None:
    room.enrol()
    with room.unit() as session:
        write_presence(session, room.row().id, "small-m1-l2", room.clock())
    with room.program.database.read() as session:
        page = load_home(session, room.learner.person_id, room.clock())
    assert page.continue_with
    assert page.continue_with.next_step
    assert page.continue_with.next_step.href == ROUTES.lesson("small-m1-l2")


def test_home_says_why_a_quiz_that_is_next_cannot_be_started_now(
    program: Program, clock: FrozenClock
) -> None:
    with program.database.unit_of_work() as session:
        course = make_course(session, cool_down=30)
    room = Classroom(program, clock, course, viewer_of(add_person(program)))
    room.enrol()
    for lesson in ("small-m1-l1", "small-m1-l2"):
        room.mark(lesson)
    room.sit("small-q1", passing=False)
    holds = []
    for minutes in (0, 31):
        clock.advance(minutes=minutes)
        with program.database.read() as session:
            holds.append(load_home(session, room.learner.person_id, clock()).hold)
    assert "possible from" in str(holds[0])
    assert holds[1] is None


def test_a_lesson_that_is_done_is_not_continued(room: Classroom) -> None:
    room.enrol()
    room.mark("small-m1-l2")
    with room.unit() as session:
        write_presence(session, room.row().id, "small-m1-l2", room.clock())
    with room.program.database.read() as session:
        page = load_course_page(session, room.learner, room.course, ROUTES)
    assert page.next_step
    assert page.next_step.href == ROUTES.lesson("small-m1-l1")


@pytest.mark.parametrize(
    ("lesson", "minutes", "is_worth"),
    [("small-m1-l1", 9, False), ("small-m1-l1", 10, True), ("small-m1-l2", 0, True)],
)
def test_presence_is_written_for_another_lesson_or_after_ten_minutes(
    room: Classroom, lesson: str, minutes: int, is_worth: bool
) -> None:
    room.enrol()
    assert is_worth_writing(standing_of(room), "small-m1-l1", room.clock())
    with room.unit() as session:
        write_presence(session, room.row().id, "small-m1-l1", room.clock())
    later = room.clock() + timedelta(minutes=minutes)
    assert is_worth_writing(standing_of(room), lesson, later) is is_worth


def test_a_locked_lesson_says_what_opens_it(room: Classroom) -> None:
    room.enrol()
    with room.program.database.read() as session:
        gate = load_lesson_page(session, room.learner, room.course, "small-m2-l1", SEED, ROUTES)
    assert isinstance(gate, Gate)
    assert gate.reason == "locked"
    assert "Module 1" in gate.why


def test_an_answered_check_explains_every_option_and_is_kept(room: Classroom) -> None:
    ref = "small/small-p1-1"
    item = room.course.course.items[ref]
    check, response = grade_check(
        room.course, ref, SEED, {field_prefix(ref) + "choice": ["0"]}, ROUTES
    )
    assert check.review is not None
    assert all(row.rationale for row in check.review.rows)
    assert response is not None
    with room.unit() as session:
        person = room.learner.person_id
        keep_practice(session, person, room.course, ref, response, room.clock())
    with room.program.database.read() as session:
        [kept] = session.scalars(select(PracticeAnswer))
    assert (kept.item_ref, kept.revision_id) == (item.ref, room.course.revision_id)


@pytest.mark.parametrize("fields", [{}, {FIELD: ["9"]}, {FIELD: ["0", "1"]}])
def test_an_unanswered_or_odd_check_shows_words_and_no_key(
    room: Classroom, fields: dict[str, list[str]]
) -> None:
    check, response = grade_check(room.course, "small/small-p1-1", SEED, fields, ROUTES)
    assert response is None
    assert check.review is None
    assert str(check.error).endswith(".")


def test_every_word_of_a_search_must_occur() -> None:
    searched = ((16, "project management"), (1, "a lesson on benefits"))
    assert relevance(searched, "PROJECT benéfits") > 0
    assert relevance(searched, "project sailing") == 0
    assert relevance(searched, "project") > relevance(searched, "benefits")


@given(st.text(max_size=40), st.text(max_size=40))
def test_more_words_never_find_more(text: str, more: str) -> None:
    searched = ((16, "project management"), (4, "tell one from two"))
    if relevance(searched, f"{text} {more}"):
        assert relevance(searched, text)


def test_the_catalogue_finds_titles_outcomes_and_lessons(program: Program) -> None:
    with program.database.unit_of_work() as session:
        make_course(session, "small", title="Sailing for all")
        make_course(session, "other", title="Another course", lessons=3)
    with program.database.read() as session:
        sailing = catalog.load_catalogue(session, Wanted(text="sailing"))
        lesson = catalog.load_catalogue(session, Wanted(text="lesson 2.3"))
        nothing = catalog.load_catalogue(session, Wanted(level="expert"))
    assert [entry.slug for entry in sailing.found] == ["small"]
    assert [entry.slug for entry in lesson.found] == ["other"]
    assert (nothing.found, nothing.total) == ((), 2)


def many_courses(program: Program, clock: FrozenClock, number: int) -> Viewer:
    """Bring courses whose outlines are in memory, and enrol one learner in all of them."""
    learner = viewer_of(add_person(program))
    with program.database.unit_of_work() as session:
        first = outline_of(session, make_course(session).revision_id)
        for n in range(1, number):
            key = f"c{n}"
            revision = Revision(course_key=key, hash=f"{n:064}", created_at=clock())
            session.add(revision)
            session.flush()
            session.add(Course(key=key, slug=key, revision_id=revision.id, created_at=clock()))
            outline = replace(first, revision_id=revision.id)
            session.info["outlines"].put(outline)
        for n, course_id in enumerate(session.scalars(select(Course.id)).all()):
            values = {"person_id": learner.person_id, "course_id": course_id}
            session.add(Enrolment(public_id=f"e{n}", state="active", applied_at=clock(), **values))
    return learner


@pytest.mark.parametrize("number", [3, 300])
def test_home_and_catalogue_cost_the_same_for_3_and_300_courses(
    program: Program, clock: FrozenClock, number: int
) -> None:
    learner = many_courses(program, clock, number)
    with program.database.read() as session, counted_statements(program) as statements:
        page = load_home(session, learner.person_id, clock())
    assert (len(page.learning), len(statements)) == (number, 3)
    with program.database.read() as session, counted_statements(program) as statements:
        found = catalog.load_catalogue(session, Wanted())
    assert (found.total, len(statements)) == (number, 1)
