"""What has happened in the demo before anybody looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog.published import PublishedCourse, everything
from lms.certificates.links import Links
from lms.certificates.models import Certificate, Eligibility
from lms.certificates.services.eligibilities import approve_eligibility
from lms.certificates.services.lifecycle import reissue, revoke
from lms.core.site import SiteProfile
from lms.demo.people import ADMIN, LEARNER, TEACHER, Cast, make_people
from lms.demo.studying import Student
from lms.learning.models import Enrolment
from lms.learning.services.applications import decide
from lms.learning.services.enrolments import apply, enrol

FLAGSHIP = "program-vs-project-management"
WELCOME = "welcome"
BY_APPLICATION = "facilitating-workshops"
LOW, HIGH = Fraction(1, 3), Fraction(9, 10)


@dataclass(frozen=True)
class Stage:
    """Where the scenes are played: one unit of work, the cast, the courses, the present."""

    session: Session
    cast: Cast
    courses: Mapping[str, PublishedCourse]
    links: Links
    now: datetime

    def student(self, part: str, course: str, days_ago: float) -> Student:
        when = self.now - timedelta(days=days_ago)
        return Student(self.session, self.cast[part], self.courses[course], when)

    def enrolled(self, part: str, course: str, days_ago: float) -> Student:
        """Let somebody enrol in an open course."""
        student = self.student(part, course, days_ago)
        enrol(self.session, student.viewer, student.course, student.now)
        return student

    def accepted(self, part: str, course: str, days_ago: float) -> Student:
        """Let somebody apply for a course and the trainer accept."""
        student = self.student(part, course, days_ago)
        self.applied(part, course, days_ago)
        enrolment = self.session.scalars(
            select(Enrolment.public_id).where(
                Enrolment.person_id == student.viewer.person_id,
                Enrolment.course_id == student.course.course_id,
            )
        ).one()
        student.now += timedelta(hours=20)
        decide(
            self.session,
            self.cast[TEACHER],
            student.course,
            [enrolment],
            "accept",
            "Welcome; please bring a project of your own.",
            self.link(course),
            student.now,
        )
        return student

    def applied(self, part: str, course: str, days_ago: float) -> None:
        student = self.student(part, course, days_ago)
        apply(
            self.session,
            student.viewer,
            student.course,
            "I help to run the onboarding of our project office and would like to facilitate.",
            self.link(course),
            student.now,
        )

    def link(self, course: str) -> str:
        return f"{self.links.base_url}/courses/{self.courses[course].course.slug}"

    def certificate_of(self, part: str) -> str:
        return (
            self.session.scalars(
                select(Certificate.code)
                .where(Certificate.holder_id == self.cast[part].person_id)
                .order_by(Certificate.id.desc())
            ).first()
            or ""
        )


def prepare(session: Session, password: str, base_url: str, now: datetime) -> None:
    """Play every scene whose course is published."""
    found = everything(session)
    cast = make_people(session, password, found, now)
    courses = {course.course.id: course for course in found}
    stage = Stage(session, cast, courses, Links(base_url), now)
    _name_the_site(session)
    if WELCOME in courses:
        stage.enrolled(LEARNER, WELCOME, 9).complete()
    if FLAGSHIP in courses:
        _flagship(stage)
    if BY_APPLICATION in courses:
        _facilitators(stage)


def _name_the_site(session: Session) -> None:
    if session.get(SiteProfile, 1) is None:
        profile = SiteProfile(
            id=1,
            name="Waymark Demo Academy",
            address="1 Example Quay, Harbour City",
            contact="office@demo.example",
        )
        session.add(profile)


def _flagship(stage: Stage) -> None:
    stage.enrolled("graduate", FLAGSHIP, 60).complete()
    _revoked(stage)
    _corrected(stage)
    modules = stage.courses[FLAGSHIP].course.modules
    midway = stage.enrolled(LEARNER, FLAGSHIP, 6)
    midway.read_lessons(modules[0])
    if modules[0].quiz:
        midway.take(modules[0].quiz, LOW)
        midway.now += timedelta(days=1)
        midway.take(modules[0].quiz, HIGH)
    midway.read_lessons(modules[1], most=2)
    stage.enrolled("beginner", FLAGSHIP, 2).read_lessons(modules[0], most=1)
    stuck = stage.enrolled("stuck", FLAGSHIP, 30)
    stuck.read_lessons(modules[0])
    if modules[0].quiz:
        for _ in range(2):
            stuck.take(modules[0].quiz, LOW)
            stuck.now += timedelta(days=2)
    stage.enrolled("arabic", FLAGSHIP, 45).complete()


def _revoked(stage: Stage) -> None:
    holder = stage.enrolled("revoked", FLAGSHIP, 120)
    holder.complete()
    revoke(
        stage.session,
        stage.cast[ADMIN],
        stage.certificate_of("revoked"),
        "issued-in-error",
        "The final assessment had been sat by somebody else.",
        "Found when the sign-ins of that day were looked at.",
        holder.now + timedelta(days=40),
    )


def _corrected(stage: Stage) -> None:
    holder = stage.enrolled("renamed", FLAGSHIP, 80)
    holder.complete()
    reissue(
        stage.session,
        stage.cast[ADMIN],
        stage.certificate_of("renamed"),
        "Demo Graduate the Second",
        "The name had a typing error.",
        stage.links,
        holder.now + timedelta(days=3),
    )


def _facilitators(stage: Stage) -> None:
    early = stage.accepted("expired", BY_APPLICATION, 420)
    early.complete()
    waiting = stage.session.scalars(select(Eligibility.public_id)).first()
    if waiting:
        approve_eligibility(
            stage.session,
            stage.cast[ADMIN],
            waiting,
            stage.links,
            early.now + timedelta(days=1),
        )
    stage.accepted("waiting", BY_APPLICATION, 12).complete()
    stage.applied("applicant", BY_APPLICATION, 1)
