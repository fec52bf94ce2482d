"""Read the files of a course: each function gives the value, with faults in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from lms.engine.content.fields import MAX_SENTENCE, Fields, read_sources
from lms.engine.content.model import (
    BLOOM,
    ENROLMENTS,
    ISSUING,
    LEVELS,
    RELEASES,
    CertificateProposal,
    Course,
    Draw,
    Lesson,
    Objective,
    Quiz,
    QuizKind,
)
from lms.engine.content.nearest import suggestion
from lms.engine.content.pages import Page
from lms.engine.problems import Problem

COURSE_KEYS = (
    "id",
    "title",
    "summary",
    "language",
    "level",
    "hours",
    "topics",
    "authors",
    "outcomes",
    "prerequisites",
    "enrolment",
    "certificate",
    "standards",
)
MODULE_KEYS = ("id", "title", "requires", "objectives")
LESSON_KEYS = ("id", "title", "minutes", "objectives", "sources")
SAMPLE_KEYS = ("id", "title", "draw", "release")
QUIZ_KEYS = (
    *SAMPLE_KEYS,
    "pass_mark",
    "attempts",
    "cool_down_minutes",
    "time_limit_minutes",
)
_MAX_MINUTES = 60 * 24 * 365


def read_course(page: Page, slug: str, problems: list[Problem]) -> Course | None:
    """Return the course with nothing in it yet, or None where its keys cannot be read."""
    fields = page.fields(problems, COURSE_KEYS)
    if fields is None:
        return None
    return Course(
        id=fields.identifier(example=slug),
        slug=slug,
        title=fields.text("title", example="Program versus Project Management"),
        summary=fields.text("summary", example="One sentence.", limit=MAX_SENTENCE),
        language=_language(fields),
        level=fields.choice("level", LEVELS),
        hours=fields.decimal("hours", Decimal(0), Decimal(2000)),
        topics=fields.texts("topics", limit=60),
        authors=fields.texts("authors", limit=120),
        outcomes=fields.texts("outcomes"),
        prerequisites=fields.ids("prerequisites"),
        enrolment=fields.choice("enrolment", ENROLMENTS, default="open"),
        certificate=_certificate(fields),
        standards=read_sources(fields, "standards"),
        body=page.front.body,
        modules=(),
        final=None,
        sample=None,
        glossary=(),
    )


def _language(fields: Fields) -> str:
    language = fields.text("language", example="en", limit=12)
    if language and not (language.replace("-", "").isalnum() and language.isascii()):
        fields.fault("language", f"`{language}` is no language tag.", "Write `en`, `de`, `ar` ...")
    return language


def _certificate(fields: Fields) -> CertificateProposal | None:
    section = fields.section("certificate", ("title", "issuing", "validity_months"))
    if section is None:
        return None
    months = section.whole("validity_months", 1, 600, default=0)
    return CertificateProposal(
        title=section.text("title", example="Certificate of completion: ..."),
        issuing=section.choice("issuing", ISSUING, default="rule"),
        validity_months=months or None,
    )


@dataclass(frozen=True)
class ModuleHead:
    """What module.md says; `requires` None means that it does not say."""

    id: str
    title: str
    requires: tuple[str, ...] | None
    objectives: tuple[Objective, ...]


def read_module(page: Page, problems: list[Problem]) -> ModuleHead:
    """Return the keys of a module, empty where they cannot be read."""
    fields = page.fields(problems, MODULE_KEYS)
    if fields is None:
        return ModuleHead("", "", (), ())
    objectives = tuple(
        Objective(
            id=entry.identifier(example="define-project"),
            text=entry.text("text", example="Define a project.", limit=MAX_SENTENCE),
            bloom=entry.choice("bloom", BLOOM),
        )
        for entry in fields.entries("objectives", ("id", "text", "bloom"))
    )
    requires = fields.ids("requires") if fields.has("requires") else None
    return ModuleHead(fields.identifier(), fields.text("title"), requires, objectives)


def read_lesson(page: Page, number: int, problems: list[Problem]) -> Lesson:
    """Return a lesson, with empty values where they cannot be read."""
    checks = tuple(found.target for found in page.scan.of("check"))
    fields = page.fields(problems, LESSON_KEYS)
    if fields is None:
        return Lesson("", number, "", 0, (), (), page.front.body, page.path, checks)
    if not page.front.body.strip():
        place = (page.front.body_line, 1)
        problems.append(Problem(page.path, *place, "This lesson is empty.", "Write its text."))
    return Lesson(
        id=fields.identifier(),
        number=number,
        title=fields.text("title"),
        minutes=fields.whole("minutes", 1, 600),
        objectives=fields.ids("objectives"),
        sources=read_sources(fields, "sources"),
        body=page.front.body,
        path=page.path,
        checks=checks,
    )


def read_quiz(
    page: Page, kind: QuizKind, modules: Mapping[str, Sequence[str]], problems: list[Problem]
) -> Quiz | None:
    """Return a quiz or an exam; `modules` has the objectives of every module by its id."""
    sample = kind == "sample"
    fields = page.fields(problems, SAMPLE_KEYS if sample else QUIZ_KEYS)
    if fields is None:
        return None
    limit = fields.whole("time_limit_minutes", 1, _MAX_MINUTES, default=0)
    return Quiz(
        id=fields.identifier(),
        title=fields.text("title"),
        kind=kind,
        draws=_draws(fields, modules),
        pass_mark=Fraction(0) if sample else Fraction(fields.whole("pass_mark", 1, 100), 100),
        attempts=None if sample else _attempts(fields),
        cool_down=timedelta(minutes=fields.whole("cool_down_minutes", 0, _MAX_MINUTES, default=0)),
        time_limit=timedelta(minutes=limit) if limit else None,
        release=fields.choice("release", RELEASES, default="after-submit"),
        body=page.front.body,
        path=page.path,
    )


def _attempts(fields: Fields) -> int | None:
    if fields.values.get("attempts") == "unlimited":
        return None
    return fields.whole("attempts", 1, 1000)


def _draws(fields: Fields, modules: Mapping[str, Sequence[str]]) -> tuple[Draw, ...]:
    if not fields.values.get("draw"):
        fields.fault(
            "draw",
            "This quiz draws nothing.",
            "Add `draw:` and below it entries with `objective: ...` and `count: 2`.",
        )
        return ()
    draws: list[Draw] = []
    for entry in fields.entries("draw", ("objective", "module", "count")):
        objectives = _drawn_from(entry, modules)
        count = entry.whole("count", 1, 500)
        draws.append(Draw(objectives, count))
    return tuple(draws)


def _drawn_from(entry: Fields, modules: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if entry.has("objective") == entry.has("module"):
        entry.fault(
            "objective",
            "A line of the draw names an objective or a module, and not both.",
            "Write `objective: ...` or `module: ...`.",
        )
        return ()
    if entry.has("objective"):
        found = entry.identifier("objective")
        return (found,) if found else ()
    module = entry.identifier("module")
    if module and module not in modules:
        entry.fault("module", f"There is no module `{module}`.", suggestion(module, modules))
    return tuple(modules.get(module, ()))
