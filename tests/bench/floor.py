"""The floor: a minimal Flask and SQLAlchemy program that does the same work and nothing else.

Same amounts of data, pages of like size, the same rows committed, twenty items graded. It knows who
is looking (a signed cookie), but has no authorisation, CSRF, audit, translation or policy headers.
It is written the plain way: an ORM, a table for each thing, pages from templates.
"""

import json
import os
import random
import secrets
from datetime import UTC, datetime
from typing import Any

from flask import Flask, redirect, render_template, request, session
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    sessionmaker,
)

PAGE = 5
DRAWN = 20
PASS_MARK = 0.6
THREADS = 8


class Base(DeclarativeBase):
    """The floor's own tables."""


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Course(Base):
    __tablename__ = "course"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    outcomes: Mapped[str]
    lessons: Mapped[list["Lesson"]] = relationship(order_by="Lesson.position")


class Lesson(Base):
    __tablename__ = "lesson"
    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int]
    html: Mapped[str] = mapped_column(deferred=True)
    checks: Mapped[str]


class Mark(Base):
    __tablename__ = "mark"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    use: Mapped[str]
    lesson: Mapped[int]
    question: Mapped[str]
    options: Mapped[str]
    number: Mapped[float]

    @property
    def choices(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.options)
        return found


class Attempt(Base):
    __tablename__ = "attempt"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    form: Mapped[str]
    state: Mapped[str]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    points: Mapped[float | None]
    is_passed: Mapped[bool | None]


class Change(Base):
    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    slot: Mapped[int]
    answer: Mapped[str]
    at: Mapped[datetime]


class Answer(Base):
    __tablename__ = "answer"
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str]
    at: Mapped[datetime]


class Grade(Base):
    __tablename__ = "grade"
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    slot: Mapped[int]
    points: Mapped[float]
    at: Mapped[datetime]


class Completion(Base):
    __tablename__ = "completion"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    at: Mapped[datetime]


class Certificate(Base):
    __tablename__ = "certificate"
    code: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    holder: Mapped[str]
    title: Mapped[str]
    course_title: Mapped[str]
    criteria: Mapped[str]
    hours: Mapped[str]
    issuer: Mapped[str]
    issued_at: Mapped[datetime]
    events: Mapped[list["CertificateEvent"]] = relationship(order_by="CertificateEvent.id")


class CertificateEvent(Base):
    __tablename__ = "certificate_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("certificate.code"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]


def connect(url: str) -> sessionmaker[Session]:
    """Return sessions on the database; SQLite is set up as safely as the product's."""
    if not url.startswith("sqlite"):
        return sessionmaker(create_engine(url, pool_pre_ping=True))
    engine = create_engine(url, connect_args={"isolation_level": "IMMEDIATE", "timeout": 30})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return sessionmaker(engine)


def make() -> Flask:
    """Build the floor program on the database that FLOOR_URL names."""
    app = Flask(__name__)
    app.secret_key = os.environ["FLOOR_KEY"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    open_session = connect(os.environ["FLOOR_URL"])
    app.add_url_rule("/healthz", "healthz", lambda: "ok")
    add_course_pages(app, open_session)
    add_attempt_pages(app, open_session)
    add_posts(app, open_session)
    return app


def add_course_pages(app: Flask, open_session: sessionmaker[Session]) -> None:
    """Serve the course, its lessons and the verification."""

    @app.get("/courses/<slug>")
    def course(slug: str) -> str:
        with open_session() as db:
            found = db.scalars(select(Course).where(Course.slug == slug)).one()
            return render_template("course.html", person=_person(db), **_standing(db, found))

    @app.get("/courses/<slug>/lessons/<int:position>")
    def lesson(slug: str, position: int) -> str:
        with open_session() as db:
            found = db.scalars(select(Course).where(Course.slug == slug)).one()
            page = found.lessons[position - 1]
            checks = db.scalars(select(Item).where(Item.id.in_(json.loads(page.checks)))).all()
            standing = _standing(db, found)
            return render_template(
                "lesson.html", person=_person(db), lesson=page, checks=checks, **standing
            )

    @app.get("/verify/<code>")
    def verify(code: str) -> str:
        with open_session() as db:
            certificate = db.get_one(Certificate, code)
            now = datetime.now(UTC)
            return render_template(
                "verify.html", person=_person(db), certificate=certificate, now=now
            )


def add_attempt_pages(app: Flask, open_session: sessionmaker[Session]) -> None:
    """Serve an attempt and its result."""

    @app.get("/attempts/<attempt_id>")
    def attempt(attempt_id: str) -> str:
        first = (int(request.args.get("page", "1")) - 1) * PAGE
        with open_session() as db:
            found = db.get_one(Attempt, attempt_id)
            form = json.loads(found.form)
            return render_template(
                "attempt.html",
                person=_person(db),
                course=db.get_one(Course, found.course_id),
                attempt=found,
                form=form,
                first=first,
                last=min(first + PAGE, len(form)),
                items=_items(db, form[first : first + PAGE]),
                answers=_answers(db, attempt_id),
            )

    @app.get("/attempts/<attempt_id>/result")
    def result(attempt_id: str) -> str:
        with open_session() as db:
            found = db.get_one(Attempt, attempt_id)
            form = json.loads(found.form)
            grades = db.scalars(select(Grade).where(Grade.attempt_id == attempt_id))
            course = db.get_one(Course, found.course_id)
            return render_template(
                "result.html",
                person=_person(db),
                course=course,
                lessons=course.lessons,
                attempt=found,
                form=form,
                items=_items(db, form),
                answers=_answers(db, attempt_id),
                grades={grade.slot: grade.points for grade in grades},
            )


def add_posts(app: Flask, open_session: sessionmaker[Session]) -> None:
    """Take starts, answers and submissions."""

    @app.post("/courses/<slug>/quiz/start")
    def start(slug: str) -> Any:
        with open_session() as db:
            found = db.scalars(select(Course).where(Course.slug == slug)).one()
            attempt = start_attempt(db, session["person_id"], found)
            db.commit()
            return redirect(f"/attempts/{attempt.id}", 303)

    @app.post("/attempts/<attempt_id>/save")
    def save(attempt_id: str) -> Any:
        with open_session() as db:
            found = db.get_one(Attempt, attempt_id)
            sent = {int(key[1:]): value for key, value in request.form.items() if key[0] == "s"}
            save_answers(db, found, sent)
            db.commit()
        return redirect(f"/attempts/{attempt_id}", 303)

    @app.post("/attempts/<attempt_id>/submit")
    def submit(attempt_id: str) -> Any:
        with open_session() as db:
            submit_attempt(db, db.get_one(Attempt, attempt_id))
            db.commit()
        return redirect(f"/attempts/{attempt_id}/result", 303)


def _person(db: Session) -> Person:
    return db.get_one(Person, session["person_id"])


def _standing(db: Session, course: Course) -> dict[str, Any]:
    ids = [lesson.id for lesson in course.lessons]
    marked = select(Mark.lesson_id).where(
        Mark.person_id == session["person_id"], Mark.lesson_id.in_(ids)
    )
    passed = db.get(Completion, (session["person_id"], course.id))
    outcomes, done = json.loads(course.outcomes), set(db.scalars(marked))
    return {"course": course, "outcomes": outcomes, "done": done, "passed": passed}


def _items(db: Session, form: list[dict[str, Any]]) -> dict[int, Item]:
    ids = [slot["item"] for slot in form]
    return {item.id: item for item in db.scalars(select(Item).where(Item.id.in_(ids)))}


def _answers(db: Session, attempt_id: str) -> dict[int, Answer]:
    rows = db.scalars(select(Answer).where(Answer.attempt_id == attempt_id))
    return {row.slot: row for row in rows}


def start_attempt(db: Session, person_id: int, course: Course) -> Attempt:
    """Draw twenty items, shuffle their options, and insert one row."""
    db.scalars(
        select(Attempt).where(Attempt.person_id == person_id, Attempt.course_id == course.id)
    ).all()
    marks = db.scalars(select(Mark.lesson_id).where(Mark.person_id == person_id)).all()
    if len(marks) < len(course.lessons):
        raise ValueError("the lessons are not done")
    bank = db.scalars(select(Item).where(Item.course_id == course.id, Item.use == "quiz")).all()
    form = []
    for item in random.sample(bank, DRAWN):
        order = list(range(len(item.choices)))
        random.shuffle(order)
        form.append({"item": item.id, "order": order})
    attempt = Attempt(
        id=secrets.token_urlsafe(16),
        person_id=person_id,
        course_id=course.id,
        form=json.dumps(form),
        state="open",
        started_at=datetime.now(UTC),
    )
    db.add(attempt)
    return attempt


def save_answers(db: Session, attempt: Attempt, sent: dict[int, str]) -> None:
    """Keep what was sent, and what was sent before: two rows an answer, as the product does."""
    now, current = datetime.now(UTC), _answers(db, attempt.id)
    for slot, text in sent.items():
        db.add(Change(attempt_id=attempt.id, slot=slot, answer=text, at=now))
        if slot in current:
            current[slot].answer, current[slot].at = text, now
        else:
            db.add(Answer(attempt_id=attempt.id, slot=slot, answer=text, at=now))


def submit_attempt(db: Session, attempt: Attempt) -> None:
    """Grade twenty items, keep their grades, and issue a certificate where it is earned."""
    now, form = datetime.now(UTC), json.loads(attempt.form)
    items, answers = _items(db, form), _answers(db, attempt.id)
    total = 0.0
    for number, slot in enumerate(form):
        points = _points(items[slot["item"]], slot["order"], answers.get(number))
        total += points
        db.add(Grade(attempt_id=attempt.id, slot=number, points=points, at=now))
    attempt.state, attempt.submitted_at, attempt.points = "graded", now, total
    attempt.is_passed = total >= PASS_MARK * len(form)
    course = db.get_one(Course, attempt.course_id)
    marks = db.scalars(select(Mark.lesson_id).where(Mark.person_id == attempt.person_id)).all()
    if attempt.is_passed and len(marks) >= len(course.lessons):
        _complete(db, attempt, course, now)


def _points(item: Item, order: list[int], answer: Answer | None) -> float:
    if answer is None:
        return 0.0
    if not order:
        return float(abs(float(answer.answer) - item.number) <= 0.5)
    return float(item.choices[order[int(answer.answer)]]["right"])


def _complete(db: Session, attempt: Attempt, course: Course, now: datetime) -> None:
    person = db.get_one(Person, attempt.person_id)
    db.add(Completion(person_id=person.id, course_id=course.id, attempt_id=attempt.id, at=now))
    db.add(certificate_of(person, course, now))


def certificate_of(person: Person, course: Course, now: datetime) -> Certificate:
    """Return a new certificate with the first entry of its history."""
    return Certificate(
        code=secrets.token_hex(8),
        person_id=person.id,
        course_id=course.id,
        holder=person.name,
        title=f"Certificate of completion of {course.title}",
        course_title=course.title,
        criteria="Completed every lesson of the course and passed every quiz.",
        hours="5",
        issuer="The floor",
        issued_at=now,
        events=[CertificateEvent(kind="issued", at=now)],
    )


if __name__ == "__main__":
    import waitress

    waitress.serve(
        make(), host="127.0.0.1", port=int(os.environ["PORT"]), threads=THREADS, ident=None
    )
