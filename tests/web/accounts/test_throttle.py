"""Every door is limited, by account first, then by network address; successes do not count."""

from flask.testing import FlaskClient

from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person, sign_in_as
from tests.web.accounts.mailbox import mails

EMAIL = "learner@example.org"


def try_password(client: FlaskClient, password: str, email: str = EMAIL) -> int:
    return client.post("/sign-in", data={"email": email, "password": password}).status_code


def test_tenth_failure_shuts_the_door_for_a_while(
    client: FlaskClient, program: Program, clock: FrozenClock
) -> None:
    add_person(program)
    assert [try_password(client, "wrong") for _ in range(10)] == [403] * 10
    answer = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429, "even the right password has to wait"
    assert b"Please wait 15 minutes" in answer.data
    clock.advance(minutes=15)
    assert try_password(client, PASSWORD) == 303


def test_unknown_account_is_limited_alike(client: FlaskClient, program: Program) -> None:
    codes = [try_password(client, "wrong", "nobody@example.org") for _ in range(11)]
    assert codes == [403] * 10 + [429]


def test_success_opens_the_door_again(client: FlaskClient, program: Program) -> None:
    add_person(program)
    for _ in range(9):
        try_password(client, "wrong")
    assert try_password(client, PASSWORD) == 303
    client.post("/sign-out")
    assert [try_password(client, "wrong") for _ in range(10)] == [403] * 10


def test_a_school_behind_one_address_is_not_shut_out(client: FlaskClient, program: Program) -> None:
    people = [add_person(program, f"pupil{number}@example.org") for number in range(30)]
    for person in people:
        assert try_password(client, PASSWORD, person.email) == 303
        client.post("/sign-out")


def test_mails_to_one_address_are_limited(client: FlaskClient, program: Program) -> None:
    add_person(program)
    codes = [client.post("/forgot", data={"email": EMAIL}).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    assert len(mails(program)) == 5


def test_own_password_is_limited_in_the_profile(client: FlaskClient, program: Program) -> None:
    sign_in_as(client, program, add_person(program))
    data = {"current_password": "wrong", "password": "nine green kettles sing"}
    codes = [client.post("/profile/password", data=data).status_code for _ in range(11)]
    assert codes == [409] * 10 + [429]


def test_guessed_links_are_limited(client: FlaskClient, program: Program) -> None:
    codes = {client.get(f"/reset/{number:032}").status_code for number in range(100)}
    assert codes == {404}
    assert client.get("/reset/x").status_code == 429
