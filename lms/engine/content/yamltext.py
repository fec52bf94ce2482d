"""YAML 1.2 text -> plain values with the place of each; no tags, anchors or aliases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Value: TypeAlias = "str | int | Decimal | bool | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]

MAX_CHARACTERS = 32_000
MAX_DEPTH = 8

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


class PlainYamlError(Exception):
    """The text is not YAML, or uses a part of it that front matter does not need."""

    def __init__(self, line: int, column: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.remedy = line, column, message, remedy


@dataclass(frozen=True)
class Duplicate:
    """A key that stands twice in one mapping."""

    path: KeyPath
    place: Place


@dataclass
class Document:
    """The root value, and where each key and each value begins (line and column from 1)."""

    root: Value = None
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    duplicates: list[Duplicate] = field(default_factory=list)


def read_yaml(text: str) -> Document:
    """Return the document of a text; raise PlainYamlError at the first place not plain."""
    if len(text) > MAX_CHARACTERS:
        raise PlainYamlError(
            1,
            1,
            f"The front matter is longer than {MAX_CHARACTERS} characters.",
            "Move the text below the second --- line.",
        )
    builder = _Builder()
    try:
        events = list(_plain_events(text))
        builder.read(iter(events))
    except MarkedYAMLError as error:
        raise _explain(error) from error
    except (YAMLError, ValueError) as error:
        raise PlainYamlError(
            1,
            1,
            "The front matter is not YAML.",
            "Write one `key: value` a line, and put quotes around unusual characters.",
        ) from error
    return builder.document


def _plain_events(text: str) -> Iterator[Event]:
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH or documents > 1:
            raise PlainYamlError(
                line, column, "The front matter is nested too deeply.", "Use plain lists of keys."
            )
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or _tag(event):
            raise PlainYamlError(
                line,
                column,
                "The front matter uses an anchor, an alias or a tag (&, * or !).",
                "Write the value out, or put it in quotes.",
            )
        yield event


def _tag(event: Event) -> bool:
    return getattr(event, "ctag", None) is not None


def _explain(error: MarkedYAMLError) -> PlainYamlError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = str(error.problem or error.context or "unreadable")
    remedy = "Write one `key: value` a line, with two spaces for each step of nesting."
    if "mapping values are not allowed" in reason:
        remedy = 'Put a value that holds a colon in quotes: title: "Quiz: four kinds of work".'
    elif "cannot start any token" in reason:
        remedy = "Use spaces instead of tabs, and quotes around a value that starts with @, % or `."
    return PlainYamlError(line, column, f"The front matter is not YAML: {reason}.", remedy)


class _Builder:
    def __init__(self) -> None:
        self.document = Document()

    def read(self, events: Iterator[Event]) -> None:
        for event in events:
            if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
                self.document.root = self._value(event, events, ())

    def _value(self, event: Event, events: Iterator[Event], path: KeyPath) -> Value:
        self.document.places[path] = _place(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        return _scalar(event)

    def _sequence(self, events: Iterator[Event], path: KeyPath) -> list[Value]:
        found: list[Value] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._value(event, events, (*path, len(found))))
        return found

    def _mapping(self, events: Iterator[Event], path: KeyPath) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event)
            if key in found:
                self.document.duplicates.append(Duplicate((*path, key), _place(event)))
            else:
                self.document.keys[(*path, key)] = _place(event)
            found[key] = self._value(next(events), events, (*path, key))
        return found

    @staticmethod
    def _key(event: Event) -> str:
        if isinstance(event, ScalarEvent):
            return str(event.value)
        line, column = _place(event)
        raise PlainYamlError(
            line, column, "A key must be one word.", "Write `key: value`; quote {, [ and ?."
        )


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scalar(event: Event) -> Value:
    text = str(getattr(event, "value", ""))
    if getattr(event, "style", None):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
