"""Read the keys of a front matter one by one, collecting every fault on the way."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from lms.engine.content.frontmatter import FrontMatter
from lms.engine.content.model import VERIFIED_HOW, Source
from lms.engine.content.nearest import suggestion
from lms.engine.content.yamltext import KeyPath, Value
from lms.engine.problems import Problem

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 64
MAX_TITLE = 120
MAX_SENTENCE = 400
MAX_ENTRIES = 200


class Fields:
    """The keys of one mapping of a front matter; faults go to the list that was handed in."""

    def __init__(
        self,
        front: FrontMatter,
        problems: list[Problem],
        known: Collection[str],
        values: dict[str, Value] | None = None,
        prefix: KeyPath = (),
    ) -> None:
        self.front = front
        self.problems = problems
        self.values = dict(front.values) if values is None else values
        self.prefix = prefix
        for key in self.values:
            if key not in known:
                self._key_fault(key, f"The key `{key}` is unknown here.", suggestion(key, known))

    def fault(self, key: str, message: str, remedy: str) -> None:
        """Record a fault at the value of a key."""
        self.problems.append(self.front.problem((*self.prefix, key), message, remedy))

    def _key_fault(self, key: str, message: str, remedy: str) -> None:
        self.problems.append(self.front.key_problem((*self.prefix, key), message, remedy))

    def _missing(self, key: str, example: str) -> None:
        self._key_fault(key, f"The key `{key}` is missing.", f"Add `{key}: {example}`.")

    def has(self, key: str) -> bool:
        """Tell whether a key is given and not empty."""
        return self.values.get(key) is not None

    def text(
        self, key: str, *, example: str = "...", required: bool = True, limit: int = MAX_TITLE
    ) -> str:
        """Return one line of text, or "" where there is none."""
        value = self.values.get(key)
        if value is None:
            if required:
                self._missing(key, example)
            return ""
        return self._line(key, value, limit, self.prefix)

    def _line(self, key: str, value: Value, limit: int, prefix: KeyPath) -> str:
        place = (*prefix, key) if prefix == self.prefix else prefix
        if isinstance(value, (list, dict)):
            self.problems.append(
                self.front.problem(
                    place, f"`{key}` takes one text.", f"Write `{key}: ...` in one line."
                )
            )
            return ""
        text = _as_text(value)
        if not text:
            self.problems.append(
                self.front.problem(place, f"`{key}` is empty.", "Write a text, or leave it out.")
            )
        elif len(text) > limit or "\n" in text:
            self.problems.append(
                self.front.problem(
                    place,
                    f"`{key}` has {len(text)} characters; {limit} are allowed, in one line.",
                    "Shorten it.",
                )
            )
        return text

    def texts(self, key: str, *, limit: int = MAX_SENTENCE) -> tuple[str, ...]:
        """Return a list of lines; absent is empty."""
        return tuple(
            self._line(key, value, limit, (*self.prefix, key, n))
            for n, value in enumerate(self._list(key))
        )

    def identifier(self, key: str = "id", example: str = "a-short-name") -> str:
        """Return an id, or "" where it is missing or malformed."""
        if not self.has(key):
            self._missing(key, example)
            return ""
        value = str(self.values[key])
        if is_id(value):
            return value
        self.fault(key, f"`{value[:80]}` cannot be an id.", ID_REMEDY)
        return ""

    def ids(self, key: str) -> tuple[str, ...]:
        """Return a list of ids, each once."""
        found: list[str] = []
        for n, value in enumerate(self._list(key)):
            where = (*self.prefix, key, n)
            if not isinstance(value, str) or not is_id(value):
                fault = self.front.problem(where, f"`{value}` cannot be an id.", ID_REMEDY)
                self.problems.append(fault)
            elif value in found:
                fault = self.front.problem(where, f"`{value}` stands twice.", "Keep one of them.")
                self.problems.append(fault)
            else:
                found.append(value)
        return tuple(found)

    def _list(self, key: str) -> list[Value]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, f"`{key}` takes a list.", f"Write `{key}: [one, two]`.")
            return []
        if len(value) > MAX_ENTRIES:
            self.fault(key, f"`{key}` has more than {MAX_ENTRIES} entries.", "Shorten the list.")
        return value[:MAX_ENTRIES]

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        """Return one of some words; without a default the key is required."""
        value = self.values.get(key)
        if value is None:
            if default is None:
                self._missing(key, next(iter(options)))
            return default or ""
        if value in options:
            return str(value)
        self.fault(key, f"`{value}` is no value of `{key}`.", suggestion(str(value), options))
        return default or ""

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number between two bounds; without a default the key is required."""
        value = self.values.get(key)
        if value is None:
            if default is None:
                self._missing(key, str(low))
            return default or 0
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(
            key,
            f"`{key}` takes a whole number from {low} to {high}.",
            f"Write for example `{key}: {max(low, 1)}`.",
        )
        return default or 0

    def decimal(self, key: str, low: Decimal, high: Decimal) -> Decimal:
        """Return a number above `low` and up to `high`."""
        value = self.values.get(key)
        if value is None:
            self._missing(key, "3.5")
        elif (
            isinstance(value, (int, Decimal))
            and not isinstance(value, bool)
            and low < Decimal(value) <= high
        ):
            return Decimal(value)
        else:
            self.fault(
                key,
                f"`{key}` takes a number above {low} and up to {high}.",
                f"Write for example `{key}: 3.5`.",
            )
        return Decimal(0)

    def day(self, key: str) -> date | None:
        """Return a calendar day, or None where it is absent."""
        if not self.has(key):
            return None
        try:
            return date.fromisoformat(str(self.values[key]))
        except ValueError:
            self.fault(
                key, f"`{self.values[key]}` is no day.", "Write year-month-day, as in 2026-11-22."
            )
            return None

    def entries(self, key: str, known: Collection[str]) -> Iterator["Fields"]:
        """Yield the mappings of a list; absent is empty."""
        for n, value in enumerate(self._list(key)):
            place = (*self.prefix, key, n)
            if isinstance(value, dict):
                yield Fields(self.front, self.problems, known, value, place)
            else:
                example = " and ".join(f"`{name}: ...`" for name in list(known)[:2])
                self.problems.append(
                    self.front.problem(place, f"An entry of `{key}` has keys.", f"Write {example}.")
                )

    def section(self, key: str, known: Collection[str]) -> "Fields | None":
        """Return the mapping below a key, or None where it is absent."""
        value = self.values.get(key)
        if isinstance(value, dict):
            return Fields(self.front, self.problems, known, value, (*self.prefix, key))
        if value is not None:
            self.fault(key, f"`{key}` has keys of its own.", "Write them indented, one a line.")
        return None


ID_REMEDY = (
    f"Write lower-case letters and digits joined by single hyphens, up to {MAX_ID} characters, "
    "as in `four-kinds-of-work`."
)


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an id."""
    return len(text) <= MAX_ID and ID.fullmatch(text) is not None


SOURCE_KEYS = ("title", "edition", "body", "verified_on", "verified_how")


def read_sources(fields: Fields, key: str) -> tuple[Source, ...]:
    """Return the documents listed below a key."""
    return tuple(
        Source(
            title=entry.text("title", example="PMBOK Guide", limit=MAX_SENTENCE),
            edition=entry.text("edition", required=False),
            body=entry.text("body", required=False),
            verified_on=entry.day("verified_on"),
            verified_how=entry.choice("verified_how", VERIFIED_HOW, default="")
            if entry.has("verified_how")
            else "",
        )
        for entry in fields.entries(key, SOURCE_KEYS)
    )


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip()
