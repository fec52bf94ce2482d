"""Sixteen threads at a barrier: the database allows exactly one."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from lms.accounts.models import Grant, OneTimeToken, Person
from lms.accounts.services import roles
from lms.core.errors import DomainError
from lms.core.web.auth import Viewer
from lms.core.web.context import Program
from tests.makers import PASSWORD, add_person
from tests.web.accounts.mailbox import mails

THREADS = 16


def together(act: Callable[[int], object]) -> list[object]:
    """Run `act` in sixteen threads that begin at the same moment."""
    barrier = Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_one_address_registered_sixteen_times_at_once_makes_one_person(
    app: Flask, program: Program, monkeypatch: object
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    spellings = ("nadia@example.org", "NADIA@example.org", "nadia\u200b@example.org")

    def register(number: int) -> int:
        data = {
            "name": f"Nadia {number}",
            "email": spellings[number % 3],
            "password": PASSWORD,
        }
        return app.test_client().post("/register", data=data).status_code

    answers = Counter(together(register))
    assert set(answers) <= {303, 429}
    assert answers[303] >= 1
    with program.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert sum("Confirm" in mail.subject for mail in mails(program)) == 1


def test_a_mailed_link_works_once_for_sixteen_browsers(app: Flask, program: Program) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    add_person(program)
    app.test_client().post("/forgot", data={"email": "learner@example.org"})
    link = mails(program)[-1].link

    def use(number: int) -> int:
        data = {"password": f"a new and fine choice {number}"}
        return app.test_client().post(link, data=data).status_code

    assert Counter(together(use)) == {303: 1, 404: THREADS - 1}
    with program.database.read() as session:
        open_ones = select(func.count()).where(OneTimeToken.used_at.is_(None))
        assert session.scalar(open_ones) == 0


def actor(person: Person) -> Viewer:
    return Viewer(person.id, person.public_id, person.name, person.email, None, None, True, 0, True)


def test_administrators_who_demote_and_suspend_each_other_leave_one(program: Program) -> None:
    chiefs = [
        add_person(program, f"chief{number}@example.org", administrator=True)
        for number in range(THREADS)
    ]

    def attack(number: int) -> bool:
        victim = chiefs[(number + 1) % THREADS].public_id
        me, now = actor(chiefs[number]), program.clock()
        try:
            with program.database.unit_of_work() as session:
                if number % 2:
                    roles.revoke_role(session, me, victim, "administrator", "site", now)
                else:
                    roles.suspend(session, me, victim, "A quarrel.", now)
        except DomainError:
            return False
        return True

    assert Counter(together(attack)) == {True: THREADS - 1, False: 1}
    with program.database.read() as session:
        left = session.scalar(
            select(func.count())
            .select_from(Grant)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.revoked_at.is_(None), Person.suspended_at.is_(None))
        )
    assert left == 1
