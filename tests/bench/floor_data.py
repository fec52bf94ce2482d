"""The floor's side of the benchmark: its database filled, and its requests."""

import json
from datetime import UTC, datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.bench import course, floor
from tests.bench.shots import Plan, Shot, each_client

KEY = "the floor's key"


class FloorSide:
    """People, attempts and certificates of the floor program, made as a row needs them."""

    def __init__(self, url: str) -> None:
        self.open_session: sessionmaker[Session] = floor.connect(url)
        self.engine: Engine = self.open_session.kw["bind"]
        floor.Base.metadata.create_all(self.engine)
        self._app = Flask("floor")
        self._app.secret_key = KEY
        with self.open_session() as db:
            self._publish(db)
            db.commit()

    def close(self) -> None:
        self.engine.dispose()

    def _publish(self, db: Session) -> None:
        found = floor.Course(
            slug=course.KEY,
            title="The course of the benchmark",
            summary="Ten lessons and a quiz, as long as real ones, about a river and its works.",
            body="<p>The landing page of the course. It says in a few lines what waits.</p>",
            outcomes=json.dumps(
                [
                    "Tell a cost that can be seen from one that cannot.",
                    "Read a page of figures without being led by the largest.",
                ]
            ),
        )
        db.add(found)
        db.flush()
        ids = {question.id: self._item(db, found.id, question) for question in course.questions()}
        for number in range(course.LESSONS):
            texts = course.paragraphs(number)
            db.add(
                floor.Lesson(
                    course_id=found.id,
                    position=number + 1,
                    title=f"Lesson {number + 1}, about the river",
                    minutes=20,
                    html="\n".join(f"<p>{text}</p>" for text in texts),
                    checks=json.dumps([ids[key] for key in course.checks(number)]),
                )
            )

    def _item(self, db: Session, course_id: int, question: course.Question) -> int:
        options = [
            {"text": option.text, "right": option.is_right, "rationale": option.rationale}
            for option in question.options
        ]
        item = floor.Item(
            course_id=course_id,
            use=question.use,
            lesson=question.lesson,
            question=question.text,
            options=json.dumps(options),
            number=question.number,
        )
        db.add(item)
        db.flush()
        return item.id

    def plan(self, row: str, clients: int, length: int) -> Plan:
        """Return what each client sends, so that `length` requests of a row can be measured."""
        with self.open_session() as db:
            plan: Plan = getattr(self, f"_{row}")(db, clients, length)
            db.commit()
        return plan

    def _person(self, db: Session, number: int, marks: int) -> tuple[floor.Person, str]:
        person = floor.Person(name=f"Person {number}")
        db.add(person)
        db.flush()
        db.add_all(floor.Mark(person_id=person.id, lesson_id=lesson + 1) for lesson in range(marks))
        signer = SecureCookieSessionInterface().get_signing_serializer(self._app)
        assert signer is not None
        return person, f"session={signer.dumps({'person_id': person.id})}"

    def _sitting(
        self, db: Session, number: int, right: int
    ) -> tuple[floor.Person, str, floor.Attempt, dict[int, str]]:
        """Return somebody with an open attempt whose answers are saved, `right` of them right."""
        person, cookie = self._person(db, number, course.LESSONS)
        attempt = floor.start_attempt(db, person.id, db.get_one(floor.Course, 1))
        db.flush()
        answers = self._answers(db, attempt, right)
        floor.save_answers(db, attempt, answers)
        db.flush()
        return person, cookie, attempt, answers

    def _answers(self, db: Session, attempt: floor.Attempt, right: int) -> dict[int, str]:
        found = {}
        for slot, entry in enumerate(json.loads(attempt.form)):
            item = db.get_one(floor.Item, entry["item"])
            is_right = slot < right
            if not entry["order"]:
                found[slot] = str(item.number if is_right else item.number + 7)
                continue
            rights = [item.choices[place]["right"] for place in entry["order"]]
            found[slot] = str(rights.index(is_right))
        return found

    def _course_page(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            _, cookie = self._person(db, client, course.LESSONS // 2)
            return [Shot("GET", f"/courses/{course.KEY}", None, cookie, 200)] * length

        return each_client(clients, shots)

    def _lesson_page(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            _, cookie = self._person(db, client, course.LESSONS // 2)
            path = f"/courses/{course.KEY}/lessons/{client % course.LESSONS + 1}"
            return [Shot("GET", path, None, cookie, 200)] * length

        return each_client(clients, shots)

    def _start_attempt(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            people = [self._person(db, client, course.LESSONS) for _ in range(length)]
            path = f"/courses/{course.KEY}/quiz/start"
            return [Shot("POST", path, "go=start", cookie, 303) for _, cookie in people]

        return each_client(clients, shots)

    def _attempt_page(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            _, cookie, attempt, _ = self._sitting(db, client, 20)
            return [Shot("GET", f"/attempts/{attempt.id}?page=1", None, cookie, 200)] * length

        return each_client(clients, shots)

    def _save_answers(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            _, cookie, attempt, right = self._sitting(db, client, 20)
            wrong = self._answers(db, attempt, 0)
            bodies = [
                "&".join(f"s{slot}={answers[slot]}" for slot in range(floor.PAGE)) + "&go=stay"
                for answers in (wrong, right)
            ]
            path = f"/attempts/{attempt.id}/save?page=1"
            return [Shot("POST", path, bodies[n % 2], cookie, 303) for n in range(length)]

        return each_client(clients, shots)

    def _submit_attempt(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            found = []
            for n in range(length):
                _, cookie, attempt, _ = self._sitting(db, client, 20 if n % 2 else 6)
                found.append(Shot("POST", f"/attempts/{attempt.id}/submit", "", cookie, 303))
            return found

        return each_client(clients, shots)

    def _review_page(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            _, cookie, attempt, _ = self._sitting(db, client, 15)
            floor.submit_attempt(db, attempt)
            db.flush()
            return [Shot("GET", f"/attempts/{attempt.id}/result", None, cookie, 200)] * length

        return each_client(clients, shots)

    def _verify_page(self, db: Session, clients: int, length: int) -> Plan:
        def shots(client: int) -> list[Shot]:
            person, cookie = self._person(db, client, course.LESSONS)
            found = db.get_one(floor.Course, 1)
            certificate = floor.certificate_of(person, found, datetime.now(UTC))
            db.add(certificate)
            return [Shot("GET", f"/verify/{certificate.code}", None, cookie, 200)] * length

        return each_client(clients, shots)
