"""What is still missing and what a certificate needs, in sentences."""

from collections.abc import Sequence

from flask_babel import gettext

from lms.core.text import Text, counted, sentence
from lms.engine.content.model import Course
from lms.engine.progress import Missing, Progress, Step
from lms.learning.promises import Promise


def missing_sentence(missing: Missing) -> Text:
    """Return what to do about one missing thing."""
    if missing.kind == "lesson":
        return sentence("Read the lesson “%(title)s” and mark it as done.", title=missing.title)
    if missing.kind == "quiz":
        return sentence("Pass the quiz “%(title)s”.", title=missing.title)
    if missing.kind == "final":
        return sentence("Pass the final assessment.")
    return sentence("Complete the module “%(title)s”.", title=missing.title)


def opens_when(missing: Sequence[Missing]) -> str:
    """Return the note of something locked, or nothing where it is open."""
    if not missing:
        return ""
    titles = ", ".join(f"“{one.title}”" for one in missing)
    return str(gettext("Opens when you have completed %(titles)s.", titles=titles))


def why_locked(progress: Progress, step: Step) -> str:
    """Return in words what opens a locked step."""
    if step.kind == "final":
        missing = [one for one in progress.missing if one.kind == "module"]
        return opens_when(missing)
    module = next(one for one in progress.modules if one.id == step.module)
    return opens_when(module.locked_by)


def needs_of(course: Course) -> tuple[Text, ...]:
    """Return what completes a course, one sentence for each thing."""
    lessons = sum(1 for _ in course.lessons())
    quizzes = sum(1 for module in course.modules if module.quiz)
    needs = [counted("Read the lesson.", "Read all %(num)s lessons.", lessons)]
    if quizzes:
        needs.append(
            counted(
                "Pass the quiz that closes the module.",
                "Pass the %(num)s quizzes that close the modules.",
                quizzes,
            )
        )
    if course.final:
        percent = round(course.final.pass_mark * 100)
        needs.append(sentence("Reach %(percent)s %% in the final assessment.", percent=percent))
    return tuple(needs)


def promise_sentences(promise: Promise) -> tuple[Text, ...]:
    """Return how the certificate is given and how long it is valid."""
    given = (
        sentence("The certificate is issued at once when everything is done.")
        if promise.issuing == "rule"
        else sentence("When everything is done, a person approves the certificate.")
    )
    valid = (
        sentence("It does not expire.")
        if promise.validity_months is None
        else counted(
            "It is valid for %(num)s month.",
            "It is valid for %(num)s months.",
            promise.validity_months,
        )
    )
    return given, valid
