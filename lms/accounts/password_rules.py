"""Which passwords are refused: short ones, and those that are guessed first.

There are no composition rules. A password is too predictable when hardly anything remains of it
once common words, the person's own names, runs of the keyboard and repetitions are taken away.
"""

import re
import unicodedata
from collections.abc import Set
from functools import cache
from pathlib import Path

from lms.core.errors import DomainError
from lms.core.text import sentence

SHORTEST, LONGEST = 12, 200
LONGEST_PERSONAL = 254  # of a name or an address
ENOUGH_LEFT = 4  # unpredictable characters that must remain
MOST_COMMON_WORDS = 2  # a phrase of three or more words is not judged by its words
SHORTEST_RUN = 4
DISTINCT = 5
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
LINES = (*RUNS, *(row[::-1] for row in RUNS))
DISGUISES = str.maketrans("4@831!05$7", "aabeiiosst")


def require_good_password(password: str, *personal: str) -> None:
    """Raise DomainError (field `password`) where a password is short, endless or predictable.

    `personal` are the person's name and address, which are as easy to guess as a common word.
    """
    if len(password) > 4 * LONGEST:  # to normalise a long run of marks takes quadratic time
        raise _too_long()
    text = unicodedata.normalize("NFKC", password)
    if len(text) < SHORTEST:
        raise DomainError(
            sentence(
                "A password needs at least %(count)s characters. "
                "Three or four unrelated words are long and easy to remember.",
                count=SHORTEST,
            ),
            field="password",
        )
    if len(text) > LONGEST:
        raise _too_long()
    if is_predictable(text, *personal):
        raise DomainError(
            sentence(
                "This password would be guessed early: it is made of common words, your own name "
                "or address, years or a pattern of the keyboard. Choose something less expected, "
                "for example four unrelated words."
            ),
            field="password",
        )


def _too_long() -> DomainError:
    text = sentence("A password may have at most %(count)s characters.", count=LONGEST)
    return DomainError(text, field="password")


def is_predictable(password: str, *personal: str) -> bool:
    """Whether hardly anything remains once what everybody tries is taken away."""
    text, own = password.casefold(), _own_words(personal)
    return (
        len(set(text)) < DISTINCT
        or _is_repetition(text)
        or any(_is_used_up(form, own) for form in (text, text.translate(DISGUISES)))
    )


def _own_words(personal: tuple[str, ...]) -> frozenset[str]:
    entries = [entry[:LONGEST_PERSONAL].casefold() for entry in personal]
    words = {re.sub(r"[\W_]+", "", entry) for entry in entries}
    words |= {word for entry in entries for word in re.findall(r"[^\W_]{3,}", entry)}
    return frozenset(words - {""})


def _is_repetition(text: str) -> bool:
    """Whether the text is one part written again and again ("xy7-xy7-xy7-")."""
    return 0 < (text + text).find(text, 1) < len(text)


def _is_used_up(text: str, own: frozenset[str]) -> bool:
    words = common_words() | own
    spaced = re.sub(r"[\W_]+", " ", text)
    return any(_least_left(form, words) < ENOUGH_LEFT for form in (spaced, spaced.replace(" ", "")))


def _least_left(text: str, words: Set[str]) -> int:
    """Return how many letters remain at least, whichever way the text is taken apart.

    Digits and spaces are free, runs of keys too, and at most MOST_COMMON_WORDS words may go.
    """
    longest = max(map(len, words))
    # least[k][i]: what remains of text[i:] while k words may still be taken away
    least = [[0] * (len(text) + 1) for _ in range(MOST_COMMON_WORDS + 1)]
    for start in reversed(range(len(text))):
        here = text[start : start + longest]
        ends = [start + n for n in range(1, len(here) + 1) if here[:n] in words]
        runs = _run_ends(text, start)
        for spare, row in enumerate(least):
            left = row[start + 1] + (not text[start].isdigit() and text[start] != " ")
            left = min([left, *(row[end] for end in runs)])
            row[start] = min([left, *(least[spare - 1][end] for end in ends if spare)])
    return least[MOST_COMMON_WORDS][0]


def _run_ends(text: str, start: int) -> list[int]:
    """Return where a run of at least four keys, forwards or backwards, may end."""
    ends = []
    for end in range(start + SHORTEST_RUN, len(text) + 1):
        if not any(text[start:end] in line for line in LINES):
            break
        ends.append(end)
    return ends


@cache
def common_words() -> frozenset[str]:
    """Return the words of `common_words.txt`, folded."""
    source = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    return frozenset(word.casefold() for line in lines for word in line.split())
