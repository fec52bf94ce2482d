"""The rendered pieces of one item, by the names that the item's type asks for."""

from collections.abc import Iterator, Mapping

from lms.core.markup import safe


class ItemParts(Mapping[str, str]):
    """A view of a revision's HTML parts that sees only those of one item."""

    def __init__(self, html: Mapping[str, str], ref: str) -> None:
        self._html = html
        self._prefix = f"item:{ref}:"

    def __getitem__(self, name: str) -> str:
        return safe(self._html[self._prefix + name])

    def __iter__(self) -> Iterator[str]:
        start = len(self._prefix)
        return (name[start:] for name in self._html if name.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)
