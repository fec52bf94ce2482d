"""A course while it is being put together from its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lms.engine.content.banks import Bank, read_bank
from lms.engine.content.consistency import (
    Owned,
    check_draws,
    check_item_objectives,
    check_objectives,
    check_requires,
    check_unique,
)
from lms.engine.content.glossary import read_glossary, terms_by_name
from lms.engine.content.layout import Layout, ModuleFiles
from lms.engine.content.media import check_media
from lms.engine.content.model import Course, Lesson, Module, Quiz, QuizKind, Term
from lms.engine.content.pages import Page, read_page
from lms.engine.content.readers import (
    ModuleHead,
    read_course,
    read_lesson,
    read_module,
    read_quiz,
)
from lms.engine.content.references import Targets, check_references
from lms.engine.items.model import Item
from lms.engine.problems import Problem


@dataclass
class Draft:
    """Collects the parts and the faults of one course.

    `read` gives what could be read; `check` then says whether the parts fit together.
    """

    layout: Layout
    files: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    banks: list[Bank] = field(default_factory=list)

    def read(self) -> Course:
        """Read every file; what cannot be read stays empty."""
        self.problems += self.layout.problems
        head = self._head()
        modules = self._modules()
        quizzes = self._quizzes(modules)
        glossary = self._glossary()
        self.banks = [
            read_bank(bank, self.files, self.problems) for bank in self.layout.banks.values()
        ]
        return replace(
            head or _unreadable(self.layout.slug),
            modules=tuple(
                replace(module, quiz=quizzes.get(f"{module.path}/quiz.md")) for module in modules
            ),
            final=quizzes.get(self.layout.pages.get("final", "")),
            sample=quizzes.get(self.layout.pages.get("sample", "")),
            glossary=glossary,
            items={item.ref: item for bank in self.banks for item in bank.items},
        )

    def _page(self, path: str) -> Page:
        page = read_page(path, self.files[path], self.problems)
        self.pages[path] = page
        return page

    def _head(self) -> Course | None:
        path = self.layout.pages.get("course")
        return read_course(self._page(path), self.layout.slug, self.problems) if path else None

    def _modules(self) -> list[Module]:
        found: list[Module] = []
        ordered = sorted(self.layout.modules.values(), key=lambda files: files.number)
        for number, files in enumerate(ordered, 1):
            previous = found[-1].id if found else ""
            found.append(self._module(number, files, previous))
        return found

    def _module(self, number: int, files: ModuleFiles, previous: str) -> Module:
        head = ModuleHead("", "", (), ())
        body = ""
        if files.module:
            page = self._page(files.module)
            head, body = read_module(page, self.problems), page.front.body
        lessons = [
            read_lesson(self._page(path), place, self.problems)
            for place, (_, path) in enumerate(sorted(files.lessons), 1)
        ]
        requires = head.requires
        if requires is None:
            requires = (previous,) if previous else ()
        return Module(
            id=head.id,
            number=number,
            title=head.title,
            path=files.folder,
            body=body,
            objectives=head.objectives,
            requires=requires,
            lessons=tuple(lessons),
            quiz=None,
        )

    def _quizzes(self, modules: Sequence[Module]) -> dict[str, Quiz]:
        objectives = {
            module.id: tuple(objective.id for objective in module.objectives if objective.id)
            for module in modules
            if module.id
        }
        paths: dict[str, QuizKind] = {
            files.quiz: "module" for files in self.layout.modules.values() if files.quiz
        }
        kinds: tuple[QuizKind, QuizKind] = ("final", "sample")
        paths |= {self.layout.pages[kind]: kind for kind in kinds if kind in self.layout.pages}
        read = {
            path: read_quiz(self._page(path), kind, objectives, self.problems)
            for path, kind in paths.items()
        }
        return {path: quiz for path, quiz in read.items() if quiz}

    def _glossary(self) -> tuple[Term, ...]:
        path = self.layout.pages.get("glossary")
        return read_glossary(self._page(path), self.problems) if path else ()

    def check(self, course: Course) -> None:
        """Add the faults that lie between the files, and those of pictures."""
        for path in self.layout.media:
            self.problems += check_media(path, self.files[path])
        lessons = [(lesson, self.pages[lesson.path]) for lesson in course.lessons()]
        modules = [
            (module, self.pages[f"{module.path}/module.md"])
            for module in course.modules
            if f"{module.path}/module.md" in self.pages
        ]
        self._check_ids(course, lessons, modules)
        self.problems += check_requires(modules)
        if all(page.is_readable for _, page in modules):
            self._check_objectives(course, lessons)
        self._check_references(course)
        self._check_banks(course)

    def _check_ids(
        self,
        course: Course,
        lessons: Sequence[tuple[Lesson, Page]],
        modules: Sequence[tuple[Module, Page]],
    ) -> None:
        objectives = [
            Owned(objective.id, page, ("objectives", n, "id"))
            for module, page in modules
            for n, objective in enumerate(module.objectives)
        ]
        quizzes = [Owned(quiz.id, self.pages[quiz.path]) for quiz in course.quizzes()]
        self.problems += check_unique([Owned(m.id, page) for m, page in modules], "module")
        self.problems += check_unique([Owned(one.id, page) for one, page in lessons], "lesson")
        self.problems += check_unique(objectives, "objective")
        self.problems += check_unique(quizzes, "quiz")

    def _check_objectives(self, course: Course, lessons: Sequence[tuple[Lesson, Page]]) -> None:
        known = {objective.id for objective in course.objectives() if objective.id}
        self.problems += check_objectives(lessons, known)
        self.problems += check_item_objectives(course.items.values(), known)
        for quiz in course.quizzes():
            items: Sequence[Item] = tuple(course.items.values())
            self.problems += check_draws(quiz, self.pages[quiz.path], items, known)

    def _check_references(self, course: Course) -> None:
        targets = Targets(
            lessons={one.path: self.pages[one.path] for one in course.lessons()},
            glossary=self.layout.pages.get("glossary", ""),
            terms=terms_by_name(course.glossary),
            items=course.items,
            written_items=frozenset().union(*(bank.written for bank in self.banks)),
            media=frozenset(self.layout.media),
        )
        scans = {path: page.scan for path, page in self.pages.items()}
        for bank in self.banks:
            scans |= bank.scans
        for path, found in scans.items():
            self.problems += check_references(path, found, targets)

    def _check_banks(self, course: Course) -> None:
        folders: dict[str, str] = {}
        for bank, files in zip(self.banks, self.layout.banks.values(), strict=True):
            first = folders.setdefault(bank.id, files.folder)
            message = ""
            if first != files.folder:
                message = f"The bank id `{bank.id}` is taken in {first}."
            elif bank.course and course.id and bank.course != course.id:
                message = f"This bank serves the course `{bank.course}`, not `{course.id}`."
            if message:
                remedy = "Correct the front matter of this bank."
                self.problems.append(Problem(files.bank or files.folder, 1, 1, message, remedy))


def _unreadable(slug: str) -> Course:
    """Return a course that says nothing, to check the others' files against."""
    return Course(
        id="",
        slug=slug,
        title="",
        summary="",
        language="",
        level="",
        hours=Decimal(0),
        topics=(),
        authors=(),
        outcomes=(),
        prerequisites=(),
        enrolment="",
        certificate=None,
        standards=(),
        body="",
        modules=(),
        final=None,
        sample=None,
        glossary=(),
    )
