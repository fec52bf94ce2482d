"""`kill -9` of the server, and of the database below it, while people write."""

import pytest

from lms.core.web.context import Program
from lms.doctor import examine
from tests.faults.hall import Hall, Sitter
from tests.faults.places import Place
from tests.faults.writers import Writers

pytestmark = pytest.mark.drill

SITTERS = 10
ROUNDS = 3
EACH_ROUND = 60


def assert_sound(place: Place) -> None:
    """Whatever can be recomputed agrees with what is stored; the file itself is whole."""
    wrong = [one for one in examine(place.app) if not one.is_well and one.subject != "mail"]
    assert wrong == []
    if place.program.database.is_sqlite:
        with place.program.database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def seated(place: Place) -> tuple[Hall, list[Sitter]]:
    hall = Hall(place.app, place.port, {"attempts": 3})
    return hall, [hall.seat(number) for number in range(SITTERS)]


def test_acknowledged_answers_survive_the_kill_of_the_server(place: Place) -> None:
    hall, sitters = seated(place)
    with place.served():
        assert [sitter.start() for sitter in sitters] == [303] * SITTERS
    with Writers(sitters, Sitter.answer_next) as writers:
        for _ in range(ROUNDS):
            writers.pause()
            with place.served() as server:
                writers.go_on()
                writers.await_more(EACH_ROUND)
                server.kill()
                writers.pause()
        with place.served():
            writers.go_on()
            writers.await_more(EACH_ROUND)
    for sitter in sitters:
        hall.assert_kept(sitter)
    assert_sound(place)


def test_a_submission_amid_a_kill_is_whole_or_did_not_happen(place: Place) -> None:
    hall, sitters = seated(place)
    with place.served() as server:
        for sitter in sitters:
            assert sitter.start() == 303
            assert all(sitter.answer_next() for _ in hall.quiz.draws for _ in range(3))
        with Writers(sitters, lambda sitter: sitter.submit() == 303) as writers:
            writers.await_more(2)
            server.kill()
            writers.await_failures(1)
            writers.pause()
            with place.served():
                writers.go_on()
                writers.await_more(SITTERS)
    with place.served():
        assert [sitter.submit() for sitter in sitters] == [303] * SITTERS
    for sitter in sitters:
        hall.assert_kept(sitter)
        hall.assert_submitted_once(sitter)
    assert_sound(place)
    assert promised_work_is_done(place.program)


def promised_work_is_done(program: Program) -> bool:
    """Do what the killed server promised: its outbox was committed with the submissions."""
    while program.worker.drain(program.clock):
        pass
    return True


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_the_database_may_crash_and_come_back_in_the_middle_of_an_exam(place: Place) -> None:
    assert place.postgresql is not None
    hall, sitters = seated(place)
    with place.served():
        assert [sitter.start() for sitter in sitters] == [303] * SITTERS
        with Writers(sitters, Sitter.answer_next) as writers:
            for _ in range(ROUNDS):
                writers.await_more(EACH_ROUND)
                place.postgresql.crash()
                writers.await_failures(1)
                writers.pause()
                away = sitters[0].get(f"/attempts/{sitters[0].attempt}")
                assert away[0] == 503
                assert b"We will be back in a moment" in away[2]
                place.postgresql.start()
                writers.go_on()
            writers.await_more(EACH_ROUND)
        pages = [sitter.get(f"/attempts/{sitter.attempt}")[0] for sitter in sitters]
        assert pages == [200] * SITTERS
        assert [sitter.submit() for sitter in sitters] == [303] * SITTERS
    for sitter in sitters:
        hall.assert_kept(sitter)
        hall.assert_submitted_once(sitter)
    assert_sound(place)
