"""A folder of files -> courses, with every fault that is in it.

`parse_course` reads one course and the banks that serve it; `parse_tree` sorts a folder with
several courses first. Neither stops at a fault, and a file with one hides no other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lms.engine.content.banks import read_bank
from lms.engine.content.decoding import decode_text
from lms.engine.content.draft import Draft
from lms.engine.content.frontmatter import split_front_matter
from lms.engine.content.layout import lay_out
from lms.engine.content.model import Course
from lms.engine.content.nearest import suggestion
from lms.engine.problems import Problem


@dataclass(frozen=True)
class ParseResult:
    """A course, or None where there is any problem; problems in the order of the files."""

    course: Course | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class CourseFiles:
    """The files of one course and of its banks, and what they say."""

    slug: str
    files: Mapping[str, bytes]
    result: ParseResult


@dataclass(frozen=True)
class TreeResult:
    """Every course of a tree; `problems` has those of the courses and of what belongs to none."""

    courses: tuple[CourseFiles, ...]
    problems: tuple[Problem, ...]


def parse_course(files: Mapping[str, bytes]) -> ParseResult:
    """Read the folder `courses/<slug>/` and every `quizzes/<bank>/` that comes with it."""
    draft = Draft(lay_out(files), files)
    course = draft.read()
    draft.check(course)
    problems = tuple(sorted(set(draft.problems)))
    return ParseResult(None if problems else course, problems)


def load_course(files: Mapping[str, bytes]) -> Course:
    """Return a course that had no fault when it was published.

    A later version of these rules may find one. The course is shown all the same: an upgrade
    takes nothing away from learners.
    """
    return Draft(lay_out(files), files).read()


def parse_tree(
    files: Mapping[str, bytes], known_courses: frozenset[str] = frozenset()
) -> TreeResult:
    """Read all courses of a tree; `known_courses` are ids that prerequisites may name besides."""
    problems: list[Problem] = []
    groups = _groups(files, "courses")
    ids: dict[str, str] = {}
    for slug, group in groups.items():
        first = ids.setdefault(_named(group, f"courses/{slug}/course.md", "id") or slug, slug)
        if first != slug:
            message = f"The course id is taken in courses/{first}."
            problems.append(
                Problem(f"courses/{slug}/course.md", 1, 1, message, "Choose another id.")
            )
    for bank, group in _groups(files, "quizzes").items():
        slug = _course_of(bank, group, ids, problems)
        if slug:
            groups[slug] = {**groups[slug], **group}
        else:
            read_bank(lay_out(group).banks[bank], group, problems)
    found = tuple(CourseFiles(slug, files, parse_course(files)) for slug, files in groups.items())
    problems += _strays(files)
    problems += _prerequisite_faults(found, known_courses | set(ids))
    every = [*problems, *(fault for one in found for fault in one.result.problems)]
    return TreeResult(found, tuple(sorted(set(every))))


def belonging_together(files: Mapping[str, bytes], names: Collection[str]) -> dict[str, bytes]:
    """Return the named parts of a tree with the banks of each course and the course of each bank.

    A name is `courses`, `quizzes`, `courses/<name>` or `quizzes/<name>`.
    """
    slugs = {
        _named(group, f"courses/{slug}/course.md", "id") or slug: slug
        for slug, group in _groups(files, "courses").items()
    }
    courses = {f"courses/{slug}" for slug in _groups(files, "courses")}
    served = {
        f"quizzes/{bank}": f"courses/{slugs.get(_named(group, _bank_file(bank), 'course'), bank)}"
        for bank, group in _groups(files, "quizzes").items()
    }
    kept = {part for part in (*courses, *served) if part in names or part.split("/")[0] in names}
    kept |= {course for bank, course in served.items() if bank in kept}
    kept |= {bank for bank, course in served.items() if course in kept}
    return {
        path: content for path, content in files.items() if "/".join(path.split("/")[:2]) in kept
    }


def _bank_file(bank: str) -> str:
    return f"quizzes/{bank}/bank.md"


def _groups(files: Mapping[str, bytes], top: str) -> dict[str, dict[str, bytes]]:
    groups: dict[str, dict[str, bytes]] = {}
    for path in sorted(files):
        parts = path.split("/")
        if parts[0] == top and len(parts) > 2:
            groups.setdefault(parts[1], {})[path] = files[path]
    return groups


def _named(files: Mapping[str, bytes], path: str, key: str) -> str:
    text, _ = decode_text(path, files.get(path, b""))
    return str(split_front_matter(path, text).values.get(key) or "")


def _course_of(
    bank: str, files: Mapping[str, bytes], ids: Mapping[str, str], problems: list[Problem]
) -> str:
    """Return the slug of the course that a bank serves, "" where there is none."""
    path = _bank_file(bank)
    course = _named(files, path, "course")
    if course in ids:
        return ids[course]
    if course:
        text, _ = decode_text(path, files[path])
        front = split_front_matter(path, text)
        message = f"There is no course `{course}`."
        problems.append(front.problem(("course",), message, suggestion(course, ids)))
    return bank if bank in ids.values() else ""


_TOP_FILES = ("README.md", "LICENSE", "LICENSE.md")


def _strays(files: Mapping[str, bytes]) -> list[Problem]:
    remedy = "A course lies in courses/<name>/, a bank in quizzes/<name>/."
    found: list[Problem] = []
    for path in files:
        top, _, rest = path.partition("/")
        if top not in ("courses", "quizzes") or ("/" not in rest and rest not in _TOP_FILES):
            found.append(Problem(path, 1, 1, "This file has no place here.", remedy))
    return found


def _prerequisite_faults(courses: tuple[CourseFiles, ...], known: frozenset[str]) -> list[Problem]:
    found: list[Problem] = []
    for one in courses:
        path = f"courses/{one.slug}/course.md"
        text, _ = decode_text(path, one.files.get(path, b""))
        front = split_front_matter(path, text)
        wanted = front.values.get("prerequisites")
        for n, course in enumerate(wanted if isinstance(wanted, list) else ()):
            if course not in known:
                message = f"There is no course `{course}`."
                remedy = suggestion(str(course), known)
                found.append(front.problem(("prerequisites", n), message, remedy))
    return found
