"""A whole course in a few lines, to be changed by a test in one place."""

from collections.abc import Mapping

COURSE = "courses/tiny/course.md"
MODULE = "courses/tiny/01-first/module.md"
LESSON = "courses/tiny/01-first/01-lesson.md"
SECOND = "courses/tiny/01-first/02-lesson.md"
QUIZ = "courses/tiny/01-first/quiz.md"
FINAL = "courses/tiny/final.md"
SAMPLE = "courses/tiny/sample.md"
GLOSSARY = "courses/tiny/glossary.md"
PICTURE = "courses/tiny/media/picture.svg"
BANK = "quizzes/tiny/bank.md"
ITEMS = "quizzes/tiny/01-items.md"

_FILES = {
    COURSE: """---
id: tiny
title: Tiny course
summary: One sentence.
language: en
level: foundation
hours: 0.5
topics: [testing]
authors: [Waymark editorial team]
outcomes:
  - Tell one from two.
prerequisites: []
enrolment: open
certificate:
  title: Certificate of completion
  issuing: rule
  validity_months: 36
standards:
  - title: A Guide
    edition: 1st edition, 2020
    body: Somebody
    verified_on: 2026-11-22
    verified_how: secondary
---
Welcome.
""",
    MODULE: """---
id: first
title: First
objectives:
  - id: count
    text: Count to two.
    bloom: remember
  - id: compare
    text: Compare one with two.
    bloom: understand
---
An introduction.
""",
    LESSON: """---
id: counting
title: Counting
minutes: 5
objectives: [count]
---
## Begin here

Read about a [[number]] in the [next lesson](02-lesson.md#end-here).

![A picture of two dots.](../media/picture.svg)

{{check tiny/practice-1}}
""",
    SECOND: """---
id: comparing
title: Comparing
minutes: 5
objectives: [compare]
---
## End here

Two is more than one.
""",
    QUIZ: """---
id: quiz-first
title: The quiz
draw:
  - objective: count
    count: 1
  - module: first
    count: 1
pass_mark: 50
attempts: 3
cool_down_minutes: 10
---
Two questions.
""",
    FINAL: """---
id: final-tiny
title: Final assessment
draw:
  - module: first
    count: 2
pass_mark: 70
attempts: unlimited
time_limit_minutes: 20
release: after-pass
---
""",
    SAMPLE: """---
id: sample-tiny
title: Try one
draw:
  - module: first
    count: 1
---
""",
    GLOSSARY: """---
id: glossary
title: Glossary
---

## Number {#number also="numbers, numeral"}

What one counts with.

Source: A Guide, 1st edition, 2020 (Somebody); verified_on 2026-11-22, secondary
""",
    PICTURE: '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>\n',
    BANK: """---
id: tiny
title: Tiny bank
course: tiny
licence: CC-BY-4.0
---
""",
}


def item(name: str, use: str, objective: str = "count", question: str = "How many?") -> str:
    """Return one item in the notation of a bank."""
    return f"""## {question} {{#{name} use={use} objective={objective}}}

Look at *one* pair.

- ( ) One
  > A pair has two.
- (x) Two
  > That is a pair.

> Count again.

"""


def items(**counts: int) -> str:
    """Return as many items of each use as asked for, in turn for both objectives."""
    return "".join(
        item(f"{use}-{number}", use, ("count", "compare")[(number + 1) % 2])
        for use, count in counts.items()
        for number in range(1, count + 1)
    )


def tiny_course(changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, bytes]:
    """Return the files of a valid course, with some replaced, or removed by None."""
    texts: dict[str, str | bytes | None] = {
        **_FILES,
        ITEMS: items(practice=2, quiz=4, exam=4),
        **(changes or {}),
    }
    return {
        path: text.encode() if isinstance(text, str) else text
        for path, text in texts.items()
        if text is not None
    }


def text_of(path: str) -> str:
    """Return a file of the tiny course as it stands without changes."""
    return tiny_course()[path].decode()


def with_lesson(body: str) -> dict[str, bytes]:
    """Return the tiny course with another text in its second lesson, after the front matter."""
    head = text_of(SECOND).partition("## End here")[0]
    return tiny_course({SECOND: f"{head}## End here\n\n{body}"})
