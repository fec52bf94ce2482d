"""Canaries in every private field of the hostile school; `canaries.py` says who may see them."""

import json
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lms.accounts.models import Grant, LoginSession, OneTimeToken, Person
from lms.assessment import queries as attempts
from lms.assessment.models import PracticeAnswer, ResponseEvent
from lms.assessment.services import Answer, save_responses, submit_attempt
from lms.authoring.services import publish_tree
from lms.catalog.published import PublishedCourse, by_slug
from lms.certificates.links import Links
from lms.certificates.models import Award, Eligibility
from lms.certificates.services.by_hand import issue_by_hand
from lms.certificates.services.lifecycle import revoke
from lms.core import audit, outbox
from lms.core.ids import hash_secret
from lms.core.mail import SentMail
from lms.learning.models import Enrolment
from lms.learning.services.enrolments import enrol
from lms.learning.services.quizzes import start_quiz
from tests.classroom import viewer_of
from tests.conftest import START
from tests.security.school import School
from tests.security.secret_items import SECRET, secret_files

SEEDS = {"learner": b"seed-of-learner.", "other": b"seed-of-other..."}
LINKS = Links("http://localhost")


def plant(school: School) -> School:
    """Put the canaries in; the school that is returned names the objects that carry them."""
    with school.program.database.unit_of_work() as session:
        _plant_people(session, school)
        _plant_tokens(session, school)
        _plant_outbox(session)
        course = _publish(session, school)
        arguments = _sit(session, school, course) | _certify(session, school, course)
        _plant_applications(session, school)
        audit.record(session, None, "canary", "canary:1", START, about="audit-canary")
    school.program.database.dispose()
    return replace(school, arguments=school.arguments | arguments)


def _plant_people(session: Session, school: School) -> None:
    for role, person in school.people.items():
        row = session.get_one(Person, person.id)
        row.name, row.email = f"Canary {role}-name", f"mail-canary-{role}@example.org"
        row.password_hash = f"password-canary-{role}"
    trainer = school.people["trainer"].id
    session.add(
        Grant(person_id=trainer, role="trainer", scope=f"course:{SECRET}", granted_at=START)
    )
    session.execute(update(LoginSession).values(user_agent="agent-canary"))


def _plant_tokens(session: Session, school: School) -> None:
    session.add(
        OneTimeToken(
            token_hash=hash_secret("reset-canary"),
            purpose="reset",
            person_id=school.people["learner"].id,
            email="token-canary@example.org",
            created_at=START,
            expires_at=START.replace(year=2030),
        )
    )


def _plant_outbox(session: Session) -> None:
    outbox.put(session, "mail", {"text": "promise-canary"}, START)
    values = {"kind": "mail", "payload": "{}", "state": "failed", "last_error": "fault-canary"}
    session.add(outbox.OutboxTask(**values, created_at=START, due_at=START))
    session.add(
        SentMail(recipient="x@example.org", subject="s", text="mailed-canary", sent_at=START)
    )


def _publish(session: Session, school: School) -> PublishedCourse:
    publish_tree(session, secret_files(), "folder", None, school.clock())
    return by_slug(session, SECRET)


def _sit(session: Session, school: School, course: PublishedCourse) -> dict[str, str]:
    """Let the learner begin a quiz, and the other one finish it."""
    sittings = {}
    for role in ("learner", "other"):
        viewer = viewer_of(school.people[role])
        enrol(session, viewer, course, START)
        sittings[role] = start_quiz(session, viewer, course, "secret-q1", START, SEEDS[role])
        _answer(session, course, viewer.person_id, role, sittings[role])
    submit_attempt(session, school.people["other"].id, sittings["other"], START)
    return {
        "slug": SECRET,
        "lesson": course.course.modules[0].lessons[0].id,
        "quiz": "secret-q1",
        "attempt_id": sittings["learner"],
        "attempt_of_other": sittings["other"],
        "bank": SECRET,
        "item": "practice-single",
    }


def _answer(
    session: Session, course: PublishedCourse, person_id: int, role: str, attempt: str
) -> None:
    record = attempts.load_attempt(session, person_id, attempt)
    slot = record.form.refs.index("secret/quiz-short")
    answer = Answer(slot, f"answer-canary-{role}", 0, "op")
    save_responses(session, person_id, attempt, [answer], START)
    session.add(
        ResponseEvent(
            attempt_id=record.id,
            operation_id="stale",
            slot=slot,
            base_revision=0,
            kind="conflict",
            payload='"stale-canary"',
            received_at=START,
        )
    )
    session.add(
        PracticeAnswer(
            person_id=person_id,
            course_id=course.course_id,
            revision_id=course.revision_id,
            item_ref="secret/practice-short",
            payload=json.dumps(f"practised-canary-{role}"),
            share=0,
            answered_at=START,
        )
    )


def _certify(session: Session, school: School, course: PublishedCourse) -> dict[str, str]:
    """Issue and revoke a certificate; decline an eligibility and let another wait."""
    admin, email = viewer_of(school.people["administrator"]), "mail-canary-learner@example.org"
    code = issue_by_hand(session, admin, email, course, "grounds-canary", LINKS, START)
    revoke(session, admin, code, "misconduct", "public-canary", "private-canary", START)
    award = session.scalars(select(Award).where(Award.course_id == course.course_id)).one()
    for role, state in (("learner", "declined"), ("other", "waiting")):
        session.add(
            Eligibility(
                public_id=f"eligibility-{state}",
                award_id=award.id,
                person_id=school.people[role].id,
                cycle=1,
                state=state,
                trace=json.dumps({"waits": "untold-canary"}),
                note="declined-canary" if state == "declined" else "",
                created_at=START,
                decided_at=START if state == "declined" else None,
                decided_by=admin.person_id if state == "declined" else None,
            )
        )
    return {"code": code, "eligibility": "eligibility-declined"}


def _plant_applications(session: Session, school: School) -> None:
    """Let the other one be on the waiting list of the course `asked`, with a note."""
    application = session.scalars(select(Enrolment).where(Enrolment.state == "applied")).one()
    application.statement, application.decision_note = "statement-canary", "note-canary"
    application.state, application.decided_by = "waitlisted", school.people["trainer"].id
