"""What is written down when something fails."""

import pytest
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import Person
from lms.core.web.context import Program
from tests.makers import add_person


def test_a_fault_of_the_database_names_no_secret(program: Program) -> None:
    there = add_person(program)
    twin = Person(
        public_id="twin",
        email=there.email,
        name="Twin",
        password_hash="SECRET-CANARY",
        created_at=program.clock(),
    )
    with program.database.unit_of_work() as session:
        session.add(twin)
        with pytest.raises(IntegrityError) as fault:
            session.flush()
        session.rollback()
    assert "SECRET-CANARY" not in str(fault.value), "errors go to the log and to the outbox"
