"""A small published course, people who complete it, and what happens then."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.assessment.models import Attempt
from lms.catalog import published
from lms.catalog.models import Blob, Course, Revision, RevisionFile
from lms.catalog.published import PublishedCourse
from lms.certificates.links import Links
from lms.certificates.models import Certificate
from lms.certificates.services.awards import AwardTerms, ensure_award, save_award
from lms.certificates.services.by_hand import issue_by_hand
from lms.core import events
from lms.core.ids import new_public_id
from lms.core.web.auth import Viewer
from lms.engine.content.revision import blob_hash, revision_hash
from lms.learning.events import CourseCompleted
from lms.learning.models import Enrolment, QuizPass
from tests.conftest import START

LINKS = Links("http://localhost")

COURSE = """---
id: {slug}
title: {title}
summary: How to reef.
language: en
level: foundation
hours: 3.5
topics: [sailing]
authors: [Demo authors]
outcomes:
  - Reef in time.
prerequisites: []
enrolment: open
{certificate}---
Reef early.
"""
CERTIFICATE = """certificate:
  title: "Certificate of completion: {title}"
  issuing: {issuing}
  validity_months: 36
"""
MODULE = """---
id: reefing
title: Reefing
objectives:
  - id: reef-early
    text: Say when to reef.
    bloom: understand
---
A module.
"""
LESSON = """---
id: when-to-reef
title: When to reef
minutes: 5
objectives: [reef-early]
---
## The rule

Reef before you must.
"""
QUIZ = """---
id: {id}
title: {title}
draw:
  - objective: reef-early
    count: 1
pass_mark: 70
attempts: 3
cool_down_minutes: 0
release: after-submit
---
Take your time.
"""
ITEM = """---
objective: reef-early
bloom: understand
difficulty: easy
---
## A reef makes the sail smaller. {{#{id} type=true-false use={use}}}

- (x) True
  > It takes sail away.
- ( ) False
  > It does take sail away.
"""
BANK = "---\nid: {slug}\ntitle: Sailing\ncourse: {slug}\nlicence: CC-BY-4.0\n---\n"


def course_files(
    slug: str = "sailing", title: str = "Sailing in Wind", issuing: str | None = "rule"
) -> dict[str, bytes]:
    """Return the files of a course with one lesson, a quiz and a final assessment."""
    proposal = "" if issuing is None else CERTIFICATE.format(title=title, issuing=issuing)
    texts = {
        f"courses/{slug}/course.md": COURSE.format(slug=slug, title=title, certificate=proposal),
        f"courses/{slug}/01-reefing/module.md": MODULE,
        f"courses/{slug}/01-reefing/01-when-to-reef.md": LESSON,
        f"courses/{slug}/01-reefing/quiz.md": QUIZ.format(id="reef-quiz", title="Reef quiz"),
        f"courses/{slug}/final.md": QUIZ.format(id="final", title="Final assessment"),
        f"quizzes/{slug}/bank.md": BANK.format(slug=slug),
        f"quizzes/{slug}/01-quiz.md": ITEM.format(id="a", use="quiz"),
        f"quizzes/{slug}/02-exam.md": ITEM.format(id="b", use="exam"),
    }
    return {path: text.encode() for path, text in texts.items()}


def publish(session: Session, files: dict[str, bytes], now: datetime = START) -> PublishedCourse:
    """Put a course and its award into the database."""
    slug = next(path.split("/")[1] for path in files if path.endswith("course.md"))
    revision = Revision(course_key=slug, hash=revision_hash(files), created_at=now)
    session.add(revision)
    session.flush()
    for path, content in files.items():
        sha256 = blob_hash(content)
        session.merge(Blob(sha256=sha256, size=len(content), content=content))
        session.flush()
        session.add(RevisionFile(revision_id=revision.id, path=path, sha256=sha256))
    course = session.query(Course).filter_by(key=slug).one_or_none()
    if course is None:
        course = Course(key=slug, slug=slug, created_at=now, revision_id=revision.id)
    course.revision_id = revision.id
    session.add(course)
    session.flush()
    found = published.by_revision(session, revision.id)
    ensure_award(session, found, now)
    return found


def viewer_of(person: Person, administrator: bool = True) -> Viewer:
    """Return a person as the actor of a service."""
    return Viewer(
        person_id=person.id,
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        locale=None,
        time_zone=None,
        is_confirmed=True,
        session_id=0,
        is_administrator=administrator,
    )


def enrol_completed(
    session: Session,
    person: Person,
    course: PublishedCourse,
    share: Fraction = Fraction(9, 10),
    now: datetime = START,
) -> Enrolment:
    """Record that somebody has passed everything, without telling anyone."""
    enrolment = Enrolment(
        public_id=new_public_id(),
        person_id=person.id,
        course_id=course.course_id,
        state="completed",
        applied_at=now,
        started_at=now,
        completed_at=now,
        completed_revision_id=course.revision_id,
    )
    session.add(enrolment)
    session.flush()
    for quiz in course.course.quizzes():
        attempt = Attempt(
            public_id=new_public_id(),
            person_id=person.id,
            course_id=course.course_id,
            revision_id=course.revision_id,
            quiz_key=quiz.id,
            number=1,
            state="graded",
            form="{}",
            started_at=now,
            submitted_at=now,
            graded_at=now,
            points=share,
            most_points=Fraction(1),
            is_passed=True,
        )
        session.add(attempt)
        session.flush()
        session.add(
            QuizPass(
                enrolment_id=enrolment.id,
                quiz_key=quiz.id,
                attempt_id=attempt.id,
                passed_at=now,
            )
        )
    session.flush()
    return enrolment


def complete(
    session: Session,
    person: Person,
    course: PublishedCourse,
    share: Fraction = Fraction(9, 10),
    now: datetime = START,
) -> Enrolment:
    """Complete a course and announce it, as the learning feature does."""
    enrolment = enrol_completed(session, person, course, share, now)
    announce(session, enrolment, now)
    return enrolment


def announce(session: Session, enrolment: Enrolment, now: datetime = START) -> None:
    """Publish that an enrolment was completed."""
    assert enrolment.completed_revision_id is not None
    event = CourseCompleted(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        course_id=enrolment.course_id,
        revision_id=enrolment.completed_revision_id,
    )
    events.publish(session, event, now)


def certificates(session: Session) -> list[Certificate]:
    """Return all certificates in the order of their making."""
    return session.query(Certificate).order_by(Certificate.id).all()


def make_certificate(
    session: Session, actor: Person, person: Person, course: PublishedCourse, now: datetime = START
) -> str:
    """Issue a certificate by hand and return its code."""
    reason = "Studied in class."
    return issue_by_hand(session, viewer_of(actor), person.email, course, reason, LINKS, now)


def terms(**changes: object) -> AwardTerms:
    """Return terms of an award that differ where it is said."""
    values: dict[str, object] = {
        "title": "Certificate of completion: Sailing in Wind",
        "criteria_text": "Completed the course.",
        "minimum_percent": None,
        "issuing": "rule",
        "validity_months": 36,
        "signatory_name": "Demo Signatory",
        "signatory_title": "Head of Sailing",
    }
    return AwardTerms(**(values | changes))  # type: ignore[arg-type]


def set_terms(
    session: Session, actor: Person, course: PublishedCourse, base: int = 1, **changes: object
) -> int:
    """Save new terms of a course's award; return the number of the version."""
    return save_award(session, viewer_of(actor), course, terms(**changes), base, START)
