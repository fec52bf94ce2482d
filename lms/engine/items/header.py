"""Read the tags of an item: the attributes of its heading over the defaults of its file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

from lms.engine.content.frontmatter import FrontMatter
from lms.engine.items import model
from lms.engine.items.attributes import Attributed, suggestion
from lms.engine.items.model import ID_PATTERN, Item, ItemKey, ItemSource
from lms.engine.items.raw import Report

MAX_POINTS = 100
MAX_TEXT = 200
DEFAULTS = (
    "use", "objective", "bloom", "difficulty", "standard", "edition",
    "verified_on", "verified_how", "status",
)  # fmt: skip
COMMON = ("id", "type", "points", *DEFAULTS)

TYPES: Mapping[str, ItemKey] = {key: key for key in get_args(model.ItemKey)}
USES: Mapping[str, model.Use] = {key: key for key in get_args(model.Use)}
BLOOMS: Mapping[str, model.Bloom] = {key: key for key in get_args(model.Bloom)}
DIFFICULTIES: Mapping[str, model.Difficulty] = {key: key for key in get_args(model.Difficulty)}
STATUSES: Mapping[str, model.Status] = {key: key for key in get_args(model.Status)}
SCORINGS: Mapping[str, model.Scoring] = {key: key for key in get_args(model.Scoring)}
VERIFICATIONS: Mapping[str, model.Verification] = {k: k for k in get_args(model.Verification)}
YES_NO: Mapping[str, bool] = {"yes": True, "no": False}
CASES: Mapping[str, bool] = {"sensitive": True, "folded": False}

_VOCABULARY: Mapping[str, Iterable[str]] = {
    "type": TYPES, "use": USES, "bloom": BLOOMS, "difficulty": DIFFICULTIES, "status": STATUSES,
    "scoring": SCORINGS, "verified_how": VERIFICATIONS, "shuffle": YES_NO, "case": CASES,
}  # fmt: skip
_KNOWN = frozenset((*COMMON, *_VOCABULARY, "unit"))
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?|[0-9]{1,3}/[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class Tag:
    """The value of one attribute and where it stands."""

    value: str
    line: int
    column: int


Tags = Mapping[str, Tag]


def read_defaults(front: FrontMatter, report: Report) -> dict[str, Tag]:
    """Return what the front matter sets for every item of its file."""
    report.problems.extend(front.problems)
    tags: dict[str, Tag] = {}
    for key, value in front.values.items():
        line, column = front.key_at(key)
        if key not in DEFAULTS:
            message = f"`{key}` cannot be set for all items of a file."
            report.add(line, column, message, suggestion(key, DEFAULTS))
            continue
        line, column = front.value_at(key)
        if isinstance(value, bool | list | dict) or value is None:
            report.add(line, column, f"`{key}` needs one word or text.", "Write `key: value`.")
            continue
        tag = Tag(str(value), line, column)
        if _is_valid(key, tag, report):
            tags[key] = tag
    return tags


def read_tags(heading: Attributed, line: int, defaults: Tags, report: Report) -> dict[str, Tag]:
    """Return the checked attributes of a heading over the defaults of its file."""
    for fault in heading.faults:
        report.add(line, fault.column, f"`{fault.text}` is no attribute.", "Write `key=value`.")
    tags: dict[str, Tag] = {}
    for attribute in heading.attributes:
        key, tag = attribute.key, Tag(attribute.value, line, attribute.column)
        if key not in _KNOWN:
            report.add(line, tag.column, f"Unknown attribute `{key}`.", suggestion(key, _KNOWN))
        elif key in tags:
            report.add(line, tag.column, f"`{key}` stands here twice.", "Keep one of the two.")
        elif _is_valid(key, tag, report):
            tags[key] = tag
    return {**defaults, **tags}


def _is_valid(key: str, tag: Tag, report: Report) -> bool:
    fault = _fault(key, tag.value)
    if fault:
        report.add(tag.line, tag.column, *fault)
    return fault is None


def _fault(key: str, value: str) -> tuple[str, str] | None:
    if key in _VOCABULARY:
        known = _VOCABULARY[key]
        if value not in known:
            return f"`{value}` is no value of `{key}`.", suggestion(value, known)
    elif key in ("id", "objective"):
        if not ID_PATTERN.fullmatch(value):
            remedy = "Write small letters, digits and single hyphens, at most 64 of them."
            return f"`{value}` cannot be an id.", remedy
    elif key == "points":
        if not _POINTS.fullmatch(value) or not 0 < Fraction(value) <= MAX_POINTS:
            return f"`{value}` is no number of points.", f"Write a number up to {MAX_POINTS}."
    elif key == "verified_on":
        if not _is_date(value):
            return f"`{value}` is no date.", "Write year-month-day, such as 2026-11-22."
    elif not value.strip() or len(value) > MAX_TEXT or not set('{}"\n').isdisjoint(value):
        remedy = f"Write 1 to {MAX_TEXT} characters without braces and double quotes."
        return f"`{key}` cannot have this value.", remedy
    return None


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def refuse_foreign(tags: Tags, key: ItemKey, allowed: Iterable[str], report: Report) -> None:
    """Report the attributes that have a meaning for other types only."""
    for name, tag in tags.items():
        if name not in COMMON and name not in allowed:
            message = f"`{name}` has no meaning for an item of type {key}."
            report.add(tag.line, tag.column, message, "Take it away.")


def require(tags: Tags, line: int, report: Report) -> bool:
    """Report the tags that every item needs and this one lacks."""
    remedies = {
        "id": "Write `{#a-short-id ...}` at the end of the heading.",
        "use": "Write use=practice, use=quiz or use=exam, here or in the front matter.",
        "objective": "Write objective= with the id of an objective of the course.",
    }
    missing = [name for name in remedies if name not in tags]
    for name in missing:
        report.add(line, 1, f"This item has no {name}.", remedies[name])
    return not missing


def make_item(tags: Tags, bank: str, key: ItemKey, question: str, content: model.Content) -> Item:
    """Return the item that tags and content describe; required tags are there."""
    text = {name: tag.value for name, tag in tags.items()}
    return Item(
        id=text["id"],
        bank=bank,
        type=key,
        question=question,
        content=content,
        use=USES[text["use"]],
        objective=text["objective"],
        bloom=BLOOMS.get(text.get("bloom", "")),
        difficulty=DIFFICULTIES.get(text.get("difficulty", "")),
        status=STATUSES[text.get("status", "live")],
        points=Fraction(text.get("points", "1")),
        scoring=SCORINGS[text.get("scoring", "partial" if key == "matching" else "all")],
        shuffle=YES_NO[text.get("shuffle", "yes")],
        source=ItemSource(
            standard=text.get("standard", ""),
            edition=text.get("edition", ""),
            verified_on=text.get("verified_on", ""),
            verified_how=VERIFICATIONS.get(text.get("verified_how", "")),
        ),
    )
