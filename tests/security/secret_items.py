"""A course whose bank has every type of item for every use, each with secrets of its own.

`twin` writes the same questions with other keys, reasons and misconceptions: whoever has not yet
submitted must not be able to tell the two courses apart.
"""

from dataclasses import dataclass

from tests.courses import course_files

SECRET = "secret"
USES = ("practice", "quiz", "exam")
TYPES = ("single", "multiple", "true-false", "numeric", "short", "matching", "ordering")
HIDDEN_TYPES = ("single", "multiple", "true-false", "numeric", "short")
NUMBERS = {"practice": 7135100001, "quiz": 7235200002, "exam": 7335300003}

ITEMS = """## One of {use}? {{#{use}-single use={use} objective=secret-o1}}

- ({a}) First of {use}
  > reason-canary-{use} {twin}. {wrong_a}
- ({b}) Second of {use}
  > reason-canary-{use} {twin}. {wrong_b}
- ( ) Third of {use}
  > reason-canary-{use}. {{misconception=misconception-canary-{use}}}

> feedback-canary-{use} {twin}.

## Two of {use}? {{#{use}-multiple use={use} objective=secret-o1}}

- [x] Fourth of {use}
  > reason-canary-{use}.
- [{a}] Fifth of {use}
  > reason-canary-{use} {twin}.
- [{b}] Sixth of {use}
  > reason-canary-{use} {twin}.

## Is it so of {use}? {{#{use}-true-false type=true-false use={use} objective=secret-o1}}

- ({a}) True
  > reason-canary-{use} {twin}.
- ({b}) False
  > reason-canary-{use} {twin}.

## How many of {use}? {{#{use}-numeric use={use} objective=secret-o1}}

- = {number} ± 1
  > reason-canary-{use} {twin}.
- ~ 99 ± 0
  > reason-canary-{use}. {{misconception=misconception-canary-{use}}}

## Which word of {use}? {{#{use}-short use={use} objective=secret-o1}}

- = key-canary-{use}{twin}
  > reason-canary-{use} {twin}.
- ~ foreseen-canary-{use}{twin}
  > reason-canary-{use}. {{misconception=misconception-canary-{use}}}

## Which belong together in {use}? {{#{use}-matching use={use} objective=secret-o1}}

- Left one of {use} :: Right one of {use}
  > reason-canary-{use} {twin}.
- Left two of {use} :: Right two of {use}
  > reason-canary-{use}.
- Left three of {use} :: Right three of {use}
  > reason-canary-{use}.
- :: Right of none in {use}
  > reason-canary-{use}.

## In which order in {use}? {{#{use}-ordering use={use} objective=secret-o1}}

1. Step one of {use}
   > reason-canary-{use} {twin}.
2. Step two of {use}
   > reason-canary-{use}.
3. Step three of {use}
   > reason-canary-{use}.

## Not yet of {use}? {{#{use}-draft use={use} objective=secret-o1 status=draft}}

- (x) draft-canary-{use} right
  > reason-canary-{use}.
- ( ) draft-canary-{use} wrong
  > reason-canary-{use}.

"""
QUIZ = """---
id: {id}
title: A quiz
draw:
  - objective: secret-o1
    count: {count}
{rules}---

Take your time.
"""
RULES = "pass_mark: 60\nattempts: {attempts}\n{limit}release: {release}\n"
CHECKS = "\n\n".join(f"{{{{check secret/practice-{kind}}}}}" for kind in TYPES[1:])


@dataclass(frozen=True)
class Rules:
    """What a test may want of the quizzes."""

    release: str = "after-submit"
    attempts: int | str = "unlimited"
    time_limit: int | None = None


def secret_files(*, twin: bool = False, rules: Rules | None = None) -> dict[str, bytes]:
    """Return path -> bytes of the course; its first lesson asks every practice item but one."""
    files = course_files(SECRET, title="Secret course", modules=1, words=CHECKS)
    written = _rules(rules or Rules())
    texts = {
        "quizzes/secret/01-items.md": "".join(_items(use, twin=twin) for use in USES),
        "courses/secret/01-module/quiz.md": QUIZ.format(id="secret-q1", count=7, rules=written),
        "courses/secret/final.md": QUIZ.format(id="secret-final", count=7, rules=written),
        "courses/secret/sample.md": QUIZ.format(id="secret-sample", count=6, rules=""),
    }
    asked = {path: _ask_other_items(content) for path, content in files.items()}
    return asked | {path: text.encode() for path, text in texts.items()}


def _ask_other_items(content: bytes) -> bytes:
    """Replace the checks of a lesson by those that this course's bank has."""
    first = content.replace(b"secret/secret-p1-1", b"secret/practice-single")
    return first.replace(b"{{check secret/secret-p1-2}}", b"")


def _rules(rules: Rules) -> str:
    limit = f"time_limit_minutes: {rules.time_limit}\n" if rules.time_limit else ""
    return RULES.format(attempts=rules.attempts, limit=limit, release=rules.release)


def _items(use: str, *, twin: bool) -> str:
    is_other = twin and use != "practice"
    wrong = f"{{misconception=misconception-canary-{use}}}"
    return ITEMS.format(
        use=use,
        a=" " if is_other else "x",
        b="x" if is_other else " ",
        wrong_a=wrong if is_other else "",
        wrong_b="" if is_other else wrong,
        number=NUMBERS[use] + 1000 * is_other,
        twin="twin" if is_other else "",
    )
