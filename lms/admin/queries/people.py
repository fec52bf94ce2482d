"""People as administrators see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from lms.accounts.addresses import fold_email
from lms.accounts.models import Grant, LoginSession, Person
from lms.catalog.outlines import all_outlines
from lms.core.errors import NotFound
from lms.core.text import sentence
from lms.core.web.pagination import PAGE_SIZE, Page, count_rows

STATES = ("active", "unconfirmed", "invited", "suspended")
ROLES = ("administrator", "trainer", "learner")


@dataclass(frozen=True)
class Role:
    """A role that is held now; `course_id` and `course` (its title) belong to a trainer's."""

    role: str
    scope: str
    since: datetime
    course: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    public_id: str
    name: str
    email: str
    state: str
    created_at: datetime
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class PersonPage:
    """One person with everything that administrators can change."""

    public_id: str
    name: str
    email: str
    state: str
    created_at: datetime
    confirmed_at: datetime | None
    suspended_at: datetime | None
    roles: tuple[Role, ...]
    open_sessions: int


@dataclass(frozen=True)
class Filter:
    """What a list of people is narrowed to; empty means everybody."""

    text: str = ""
    role: str = ""
    state: str = ""


def list_people(session: Session, wanted: Filter, page: int) -> Page[PersonRow]:
    """Return one page of the people who fit, by name."""
    statement = _narrowed(select(Person), wanted)
    total = count_rows(session, statement)
    people = session.scalars(
        statement.order_by(func.lower(Person.name), Person.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    roles = _roles(session, [person.id for person in people])
    rows = tuple(
        PersonRow(
            person.public_id,
            person.name,
            person.email,
            state_of(person),
            person.created_at,
            tuple(roles[person.id]),
        )
        for person in people
    )
    return Page(rows, page, total)


def load_person(session: Session, public_id: str, now: datetime) -> PersonPage:
    """Return one person; raise NotFound."""
    person = session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound(sentence("There is no such person."))
    sessions = session.scalar(
        select(func.count())
        .select_from(LoginSession)
        .where(
            LoginSession.person_id == person.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        )
    )
    return PersonPage(
        person.public_id,
        person.name,
        person.email,
        state_of(person),
        person.created_at,
        person.confirmed_at,
        person.suspended_at,
        tuple(_roles(session, [person.id])[person.id]),
        sessions or 0,
    )


def state_of(person: Person) -> str:
    """Return active, unconfirmed, invited or suspended."""
    if person.suspended_at is not None:
        return "suspended"
    if person.password_hash is None:
        return "invited"
    return "active" if person.confirmed_at is not None else "unconfirmed"


def course_choices(session: Session) -> list[tuple[str, str]]:
    """Return (course id, title) of every published course, by title."""
    pairs = [(entry.course.id, entry.course.title) for entry in all_outlines(session)]
    return sorted(pairs, key=lambda pair: pair[1])


def _narrowed(statement: Select[Person], wanted: Filter) -> Select[Person]:
    if text := " ".join(wanted.text.split()):
        statement = statement.where(
            or_(
                Person.name.contains(text, autoescape=True),
                func.lower(Person.name).contains(text.lower(), autoescape=True),
                Person.email.contains(fold_email(text), autoescape=True),
            )
        )
    held = exists().where(Grant.person_id == Person.id, Grant.revoked_at.is_(None))
    if wanted.role == "learner":
        statement = statement.where(~held)
    elif wanted.role in ROLES:
        statement = statement.where(held.where(Grant.role == wanted.role))
    return _in_state(statement, wanted.state)


def _in_state(statement: Select[Person], state: str) -> Select[Person]:
    is_suspended = Person.suspended_at.is_not(None)
    is_invited = Person.password_hash.is_(None)
    is_confirmed = Person.confirmed_at.is_not(None)
    if state == "suspended":
        return statement.where(is_suspended)
    if state == "invited":
        return statement.where(~is_suspended, is_invited)
    if state == "unconfirmed":
        return statement.where(~is_suspended, ~is_invited, ~is_confirmed)
    if state == "active":
        return statement.where(~is_suspended, ~is_invited, is_confirmed)
    return statement


def _roles(session: Session, people: Iterable[int]) -> dict[int, list[Role]]:
    titles = {f"course:{key}": title for key, title in course_choices(session)}
    grants = session.scalars(
        select(Grant)
        .where(Grant.person_id.in_(list(people)), Grant.revoked_at.is_(None))
        .order_by(Grant.role, Grant.scope)
    )
    roles: dict[int, list[Role]] = defaultdict(list)
    for grant in grants:
        course = titles.get(grant.scope, grant.scope.removeprefix("course:"))
        is_trainer = grant.role == "trainer"
        roles[grant.person_id].append(
            Role(grant.role, grant.scope, grant.granted_at, course if is_trainer else "")
        )
    return roles
