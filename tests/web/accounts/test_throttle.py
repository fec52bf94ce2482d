"""Every door is limited, by account first, then by network address; successes do not count."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from lms.accounts import passwords
from lms.core.web.context import Program
from tests.conftest import FrozenClock
from tests.makers import PASSWORD, add_person, sign_in_as
from tests.web.accounts.mailbox import mails

EMAIL = "learner@example.org"


@dataclass
class Noting:
    """Stands for the semaphore of the hashes, and notes each of them."""

    hashed: list[str]

    def __enter__(self) -> None:
        self.hashed.append("hash")

    def __exit__(self, *_: object) -> None:
        pass


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


@pytest.mark.parametrize("path", ["/check-mail", "/register"])
def test_nobody_can_keep_an_owner_from_a_new_password(
    client: FlaskClient, program: Program, path: str
) -> None:
    add_person(program)
    data = {"email": EMAIL, "name": "Mallory", "password": "nine green kettles sing"}
    assert [client.post(path, data=data).status_code for _ in range(6)][-1] == 429
    assert client.post("/forgot", data={"email": EMAIL}).status_code == 303
    assert "/reset/" in mails(program)[-1].text


def test_new_password_opens_the_door_that_somebody_else_has_shut(
    client: FlaskClient, program: Program
) -> None:
    add_person(program)
    assert [try_password(client, "wrong") for _ in range(11)][-1] == 429
    client.post("/forgot", data={"email": EMAIL})
    client.post(mails(program)[-1].link, data={"password": "nine green kettles sing"})
    assert try_password(client, "nine green kettles sing") == 303


def test_registrations_are_counted_before_a_password_is_hashed(
    client: FlaskClient, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "AT_ONCE", Noting(hashed))
    data = {"email": EMAIL, "name": "Lina", "password": "nine green kettles sing"}
    codes = [client.post("/register", data=data).status_code for _ in range(8)]
    assert codes == [303] * 5 + [429] * 3
    assert len(hashed) == 5


def test_own_password_is_limited_in_the_profile(client: FlaskClient, program: Program) -> None:
    sign_in_as(client, program, add_person(program))
    data = {"current_password": "wrong", "password": "nine green kettles sing"}
    codes = [client.post("/profile/password", data=data).status_code for _ in range(11)]
    assert codes == [409] * 10 + [429]


def test_guessed_links_are_limited(client: FlaskClient, program: Program) -> None:
    codes = {client.get(f"/reset/{number:032}").status_code for number in range(100)}
    assert codes == {404}
    assert client.get("/reset/x").status_code == 429
