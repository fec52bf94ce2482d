"""What a course is once its text has been read: plain, frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lms.engine.items.model import Item

QuizKind = Literal["module", "final", "sample"]
USE_OF_KIND: Mapping[QuizKind, str] = {"module": "quiz", "final": "exam", "sample": "practice"}

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
LEVELS = ("foundation", "practitioner", "expert")
ENROLMENTS = ("open", "application")
ISSUING = ("rule", "approval")
RELEASES = ("after-submit", "after-pass", "marks-only")
VERIFIED_HOW = ("primary", "secondary")


@dataclass(frozen=True)
class Source:
    """A document that a text leans on, and when and how somebody compared them."""

    title: str
    edition: str = ""
    body: str = ""
    verified_on: date | None = None
    verified_how: str = ""


@dataclass(frozen=True)
class Objective:
    """What a learner can do afterwards; the id is unique in its course."""

    id: str
    text: str
    bloom: str


@dataclass(frozen=True)
class Term:
    """One entry of the glossary; `also` are other names that lead to it."""

    id: str
    title: str
    also: tuple[str, ...]
    body: str
    source: Source | None = None


@dataclass(frozen=True)
class Draw:
    """Take `count` items at random from those of any of the objectives."""

    objectives: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Quiz:
    """A quiz or an exam; `pass_mark` is a share from 0 to 1, `attempts` None is unlimited."""

    id: str
    title: str
    kind: QuizKind
    draws: tuple[Draw, ...]
    pass_mark: Fraction
    attempts: int | None
    cool_down: timedelta
    time_limit: timedelta | None
    release: str
    body: str
    path: str

    @property
    def use(self) -> str:
        """The `use` of the items that it draws."""
        return USE_OF_KIND[self.kind]

    @property
    def length(self) -> int:
        """How many items one attempt has."""
        return sum(draw.count for draw in self.draws)


@dataclass(frozen=True)
class Lesson:
    """One page of a module; `checks` are the items asked inside it, in order."""

    id: str
    number: int
    title: str
    minutes: int
    objectives: tuple[str, ...]
    sources: tuple[Source, ...]
    body: str
    path: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """Lessons in order and the quiz that closes them; `requires` are ids of other modules."""

    id: str
    number: int
    title: str
    path: str
    body: str
    objectives: tuple[Objective, ...]
    requires: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    quiz: Quiz | None


@dataclass(frozen=True)
class CertificateProposal:
    """What the course proposes; the award in the database decides."""

    title: str
    issuing: str
    validity_months: int | None


@dataclass(frozen=True)
class Course:
    """A whole course with the items of the banks that serve it, keyed "bank/item"."""

    id: str
    slug: str
    title: str
    summary: str
    language: str
    level: str
    hours: Decimal
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    outcomes: tuple[str, ...]
    prerequisites: tuple[str, ...]
    enrolment: str
    certificate: CertificateProposal | None
    standards: tuple[Source, ...]
    body: str
    modules: tuple[Module, ...]
    final: Quiz | None
    sample: Quiz | None
    glossary: tuple[Term, ...]
    items: Mapping[str, Item] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The folder of the course in its tree."""
        return f"courses/{self.slug}"

    def lessons(self) -> Iterator[Lesson]:
        """Yield every lesson in the order in which it is read."""
        for module in self.modules:
            yield from module.lessons

    def quizzes(self) -> Iterator[Quiz]:
        """Yield the quizzes of the modules, then the final one, then the sample."""
        for module in self.modules:
            if module.quiz:
                yield module.quiz
        for quiz in (self.final, self.sample):
            if quiz:
                yield quiz

    def objectives(self) -> Iterator[Objective]:
        """Yield every objective of every module."""
        for module in self.modules:
            yield from module.objectives
