"""Small courses for tests, written in the notation and published like any other."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.authoring.services import publish_tree
from lms.catalog.published import PublishedCourse, by_slug
from lms.engine.assembly import Form
from lms.engine.items import examples, read
from lms.engine.items.response import Response
from tests.conftest import START

COURSE = """---
id: {key}
title: {title}
summary: A course for tests.
language: en
level: foundation
hours: 1.5
topics: [testing]
authors: [Test authors]
outcomes:
  - Tell right from wrong.
enrolment: {enrolment}
certificate:
  title: Certificate of completion of {title}
  issuing: {issuing}
  validity_months: 12
---

The landing page of {title}.
"""
MODULE = """---
id: {key}-m{number}
title: Module {number}
objectives:
  - id: {key}-o{number}
    text: Know the things of module {number}.
    bloom: understand
---

What module {number} is about.
"""
LESSON = """---
id: {key}-m{module}-l{lesson}
title: Lesson {module}.{lesson}
minutes: 5
objectives: [{key}-o{module}]
---

Words of lesson {module}.{lesson}.

{{{{check {key}/{key}-p{module}-{lesson}}}}}
"""
QUIZ = """---
id: {id}
title: {title}
draw:
{draws}
pass_mark: 60
attempts: {attempts}
cool_down_minutes: {cool_down}
{limit}release: {release}
---

Take your time.
"""
SAMPLE = """---
id: {key}-sample
title: A taste
draw:
  - objective: {key}-o1
    count: 2
---

Nothing is stored.
"""
BANK = """---
id: {key}
title: Bank of {key}
course: {key}
licence: CC-BY-4.0
---
"""
SINGLE = """## Single question {id}? {{#{id} use={use} objective={objective}}}

- (x) Right answer {id}
  > KEY-CANARY right because of {id}.
- ( ) Wrong answer {id}
  > KEY-CANARY wrong because of {id}. {{misconception=mixed-up}}
- ( ) Other answer {id}
  > KEY-CANARY also wrong. {{misconception=guess}}

"""
NUMERIC = """## How many of {id}? {{#{id} use={use} objective={objective}}}

- = 42 ± 0.5
  > KEY-CANARY because of six times seven.
- ~ 24 ± 0
  > KEY-CANARY the digits are swapped. {{misconception=swapped}}

"""


def course_files(
    key: str = "small",
    title: str = "Small course",
    modules: int = 2,
    lessons: int = 2,
    quiz_items: int = 4,
    enrolment: str = "open",
    issuing: str = "rule",
    attempts: int | str = 3,
    cool_down: int = 0,
    time_limit: int | None = None,
    release: str = "after-submit",
    has_final: bool = True,
    words: str = "",
) -> dict[str, bytes]:
    """Return path -> bytes of a course with its bank; `words` changes the first lesson."""
    files: dict[str, str] = {}
    root, bank = f"courses/{key}", f"quizzes/{key}"
    files[f"{root}/course.md"] = COURSE.format(
        key=key, title=title, enrolment=enrolment, issuing=issuing
    )
    files[f"{bank}/bank.md"] = BANK.format(key=key)
    rules = {
        "attempts": attempts,
        "cool_down": cool_down,
        "limit": f"time_limit_minutes: {time_limit}\n" if time_limit else "",
        "release": release,
    }
    for module in range(1, modules + 1):
        folder = f"{root}/{module:02}-module"
        files[f"{folder}/module.md"] = MODULE.format(key=key, number=module)
        for lesson in range(1, lessons + 1):
            text = LESSON.format(key=key, module=module, lesson=lesson)
            extra = f"\n{words}\n" if words and (module, lesson) == (1, 1) else ""
            files[f"{folder}/{lesson:02}-lesson.md"] = text + extra
        draws = f"  - objective: {key}-o{module}\n    count: {quiz_items - 1}"
        files[f"{folder}/quiz.md"] = QUIZ.format(
            id=f"{key}-q{module}", title=f"Quiz {module}", draws=draws, **rules
        )
        files[f"{bank}/{module:02}-items.md"] = _items(key, module, lessons, quiz_items)
    if has_final:
        draws = "\n".join(
            f"  - objective: {key}-o{module}\n    count: 2" for module in range(1, modules + 1)
        )
        files[f"{root}/final.md"] = QUIZ.format(
            id=f"{key}-final", title="Final", draws=draws, **rules
        )
    files[f"{root}/sample.md"] = SAMPLE.format(key=key)
    return {path: text.encode() for path, text in files.items()}


def _items(key: str, module: int, lessons: int, quiz_items: int) -> str:
    objective = f"{key}-o{module}"
    practice = [
        SINGLE.format(id=f"{key}-p{module}-{n}", use="practice", objective=objective)
        for n in range(1, max(lessons, 2) + 1)
    ]
    quiz = [
        (NUMERIC if n == 1 else SINGLE).format(
            id=f"{key}-z{module}-{n}", use="quiz", objective=objective
        )
        for n in range(1, quiz_items + 1)
    ]
    exam = [
        SINGLE.format(id=f"{key}-x{module}-{n}", use="exam", objective=objective)
        for n in range(1, 4)
    ]
    return "".join(practice + quiz + exam)


def make_course(
    session: Session, key: str = "small", now: datetime = START, **details: object
) -> PublishedCourse:
    """Publish a small course; the caller commits. `details` as for course_files."""
    publish_tree(session, course_files(key, **details), "folder", None, now)  # type: ignore[arg-type]
    return by_slug(session, key)


def response_worth(course: PublishedCourse, form: Form, slot: int, *, right: bool) -> Response:
    """Return a response to a slot that earns all of its points, or none."""
    dealt = form.slots[slot]
    item = course.course.items[dealt.ref]
    for example in examples(item, dealt.arrangement):
        response = read(item, dealt.arrangement, example.fields)
        if response is not None and (example.fraction == 1) == right:
            return response
    raise AssertionError(f"{dealt.ref} has no such example")
