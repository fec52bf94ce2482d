"""All texts of a course as HTML parts, each under the name that pages ask for it by."""

from collections.abc import Iterator, Mapping

from lms.core.markup.context import LESSON_PREFIX, Definition, Surroundings, Urls
from lms.core.markup.convert import Renderer
from lms.core.markup.plain import first_sentence
from lms.engine.content.glossary import terms_by_name
from lms.engine.content.model import Course
from lms.engine.content.references import resolve
from lms.engine.content.scan import scan
from lms.engine.items import is_inline

RENDERER_VERSION = 1


def render_course(course: Course, urls: Urls) -> Mapping[str, str]:
    """Return the HTML of every text of a course, sanitised.

    Names: `course`, `module:<id>`, `lesson:<id>`, `quiz:<id>`, `term:<id>`, and
    `item:<bank/item>:<part>` with the parts that the item names.
    """
    texts = list(_texts(course))
    renderer = Renderer(_surroundings(course, urls, texts))
    parts: dict[str, str] = {}
    for name, path, text in texts:
        item = name.startswith("item:")
        prefix = f"{name.replace(':', '-').replace('/', '-')}-" if item else LESSON_PREFIX
        inline = item and is_inline(name.split(":", 2)[2])
        render = renderer.render_inline if inline else renderer.render
        parts[name] = render(text, path=path, prefix=prefix)
    return parts


def _texts(course: Course) -> Iterator[tuple[str, str, str]]:
    yield "course", f"{course.path}/course.md", course.body
    for module in course.modules:
        yield f"module:{module.id}", f"{module.path}/module.md", module.body
    for lesson in course.lessons():
        yield f"lesson:{lesson.id}", lesson.path, lesson.body
    for quiz in course.quizzes():
        yield f"quiz:{quiz.id}", quiz.path, quiz.body
    for term in course.glossary:
        yield f"term:{term.id}", f"{course.path}/glossary.md", term.body
    for ref, item in course.items.items():
        for part, text in item.markdown_parts().items():
            yield f"item:{ref}:{part}", item.path, text


def _surroundings(course: Course, urls: Urls, texts: list[tuple[str, str, str]]) -> Surroundings:
    return Surroundings(
        lessons={lesson.path: urls.lesson(lesson.id) for lesson in course.lessons()},
        terms={
            name: Definition(urls.glossary(term.id), first_sentence(term.body))
            for name, term in terms_by_name(course.glossary).items()
        },
        glossary_path=f"{course.path}/glossary.md",
        glossary_url=urls.glossary(""),
        media={path: urls.media(path) for path in _media(texts)},
    )


def _media(texts: list[tuple[str, str, str]]) -> Iterator[str]:
    for _, path, text in texts:
        for found in scan(path, text).references:
            if found.kind in ("image", "link"):
                target, _ = resolve(path, found.target)
                if "/media/" in target:
                    yield target
