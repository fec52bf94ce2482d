"""Finding one's place in a course."""

from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.engine.content.model import Course, Lesson, Quiz


def first_lesson(course: Course) -> Lesson:
    """Return the lesson that everybody may read."""
    return next(course.lessons())


def find_lesson(course: Course, key: str) -> Lesson:
    """Return a lesson by its id."""
    for lesson in course.lessons():
        if lesson.id == key:
            return lesson
    raise NotFound(sentence("There is no such lesson in this course."))


def lesson_of_check(course: Course, ref: str) -> Lesson:
    """Return the lesson that asks a check."""
    for lesson in course.lessons():
        if ref in lesson.checks:
            return lesson
    raise NotFound(sentence("There is no such question."))


def find_quiz(course: Course, key: str) -> Quiz:
    """Return a module's quiz or the final assessment; the sample has a page of its own."""
    for quiz in course.quizzes():
        if quiz.id == key and quiz.kind != "sample":
            return quiz
    raise NotFound(sentence("There is no such quiz in this course."))
