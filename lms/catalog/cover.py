"""Course covers drawn from the course's own name: hills, or a map, with a trail to a waymark.

The same key always gives the same picture. Only presentation attributes are used, so that a
strict content security policy has nothing to refuse, and there is no text to translate.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 640, 360
Point = tuple[float, float]


@dataclass(frozen=True)
class Palette:
    """The colours of one scene, from the far sky to the near ground."""

    sky: str
    horizon: str
    far: str
    near: str
    sun: str
    trail: str


PALETTES = (
    Palette("#cfe9e6", "#f7f3e3", "#8fc4bd", "#0d4346", "#f6b73c", "#fff6dd"),
    Palette("#cfdff0", "#fbeede", "#8fabcb", "#1b3553", "#f08a5d", "#fff3e6"),
    Palette("#dfe9cf", "#fbf6df", "#a3bd86", "#26452f", "#f2b134", "#fdf8df"),
    Palette("#e5daee", "#fdeee6", "#ae94c4", "#3a2a57", "#f4a261", "#fff1e8"),
    Palette("#f6dccb", "#fdf3e3", "#d99c7c", "#5b2a26", "#e9b949", "#fff4e2"),
    Palette("#12313a", "#3f7a78", "#2a5d63", "#071c22", "#f5e6b8", "#f6b73c"),
    Palette("#232a4d", "#86627f", "#4d4a72", "#11152e", "#f7cf9b", "#f6b73c"),
)


class Chance:
    """An endless stream of fractions that depends on the key alone."""

    def __init__(self, key: str) -> None:
        self._stream = self._fractions(key)

    @staticmethod
    def _fractions(key: str) -> Iterator[float]:
        block = 0
        while True:
            digest = hashlib.sha256(f"{key}:{block}".encode()).digest()
            yield from (
                int.from_bytes(digest[place : place + 4]) / 2**32 for place in range(0, 32, 4)
            )
            block += 1

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * next(self._stream)

    def pick(self, count: int) -> int:
        return int(next(self._stream) * count)


def cover_svg(key: str, title: str) -> str:
    """Return the cover of the course `key` as an SVG document of 640 by 360."""
    chance = Chance(key)
    palette = PALETTES[chance.pick(len(PALETTES))]
    scene = _hills if chance.pick(3) else _map
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img"><title>{escape(title)}</title>'
        f'<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{palette.sky}"/>'
        f'<stop offset="1" stop-color="{palette.horizon}"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>{scene(chance, palette)}</svg>'
    )


def _hills(chance: Chance, palette: Palette) -> str:
    sun_x, sun_y = chance.between(380, 560), chance.between(70, 120)
    parts = [_disc(sun_x, sun_y, chance.between(30, 46), palette.sun)]
    for layer in range(4):
        base = 175 + layer * 48
        ridge = _ridge(chance, base, 46 - layer * 8)
        tone = _blend(palette.far, palette.near, layer / 3)
        parts.append(f'<path d="{_smooth(ridge)}V{HEIGHT}H0Z" fill="{tone}"/>')
        parts.append(_strata(ridge, _blend(tone, palette.sun, 0.35)))
    parts.append(_trail(chance, palette))
    return "".join(parts)


def _ridge(chance: Chance, base: float, swing: float) -> list[Point]:
    waves = [
        (
            chance.between(0.6, 1.2) * swing / n,
            n * chance.between(0.8, 1.2),
            chance.between(0, 6.28),
        )
        for n in (1, 2, 3.4)
    ]
    return [
        (x, base + sum(a * math.sin(f * x / 110 + p) for a, f, p in waves))
        for x in range(0, WIDTH + 40, 32)
    ]


def _strata(ridge: Sequence[Point], colour: str) -> str:
    lines = "".join(
        _smooth([(x, y + 11 * step + 2.2 * step * math.sin(x / 60 + step)) for x, y in ridge])
        for step in (1, 2, 3)
    )
    return f'<path d="{lines}" fill="none" stroke="{colour}" stroke-opacity=".38"/>'


def _trail(chance: Chance, palette: Palette) -> str:
    end_x, end_y = chance.between(150, 300), 236.0
    bend = chance.between(70, 130)
    way = (
        f"M{end_x - 90:.0f} 372C{end_x + bend:.0f} 348 {end_x - bend:.0f} 312 {end_x + 16:.0f} 292"
        f"S{end_x + 10:.0f} 262 {end_x:.0f} {end_y + 22:.0f}"
    )
    return _path_line(way, palette.trail) + _waymark(end_x, end_y, palette)


def _map(chance: Chance, palette: Palette) -> str:
    peak = (chance.between(360, 440), chance.between(140, 190))
    wobble = [(n, chance.between(0.05, 0.16) / n**0.5, chance.between(0, 6.28)) for n in (2, 3, 5)]
    parts = []
    for level in range(9):
        tone = _blend(palette.far, palette.near, level / 8)
        ring = _smooth_ring(_ring(peak, 400 - level * 44, wobble, level))
        edge = _blend(tone, palette.sun, 0.45)
        parts.append(
            f'<path d="{ring}" fill="{tone}" fill-opacity="{0.3 + level * 0.08:.2f}" '
            f'stroke="{edge}" stroke-opacity=".6"/>'
        )
    start_x = chance.between(60, 140)
    way = (
        f"M{start_x:.0f} 372C{start_x + 60:.0f} 250 {start_x + 190:.0f} 330 {start_x + 200:.0f} 240"
        f"S{peak[0] - 60:.0f} 240 {peak[0]:.0f} {peak[1] + 22:.0f}"
    )
    return "".join(parts) + _path_line(way, palette.trail) + _waymark(*peak, palette)


def _ring(
    centre: Point, radius: float, wobble: Sequence[tuple[int, float, float]], level: int
) -> list[Point]:
    def reach(angle: float) -> float:
        return radius * (1 + sum(a * math.sin(n * angle + p + level * 0.12) for n, a, p in wobble))

    angles = [math.tau * step / 28 for step in range(28)]
    return [
        (centre[0] + reach(a) * math.cos(a), centre[1] + 0.72 * reach(a) * math.sin(a))
        for a in angles
    ]


def _waymark(x: float, y: float, palette: Palette) -> str:
    """Draw the brand's sign: a post, and on it the painted diamond."""
    return (
        f'<path d="M{x:.0f} {y - 4:.0f}V{y + 26:.0f}" stroke="{palette.trail}" stroke-width="4" '
        f'stroke-linecap="round"/><path d="M{x:.0f} {y - 28:.0f}l15 15l-15 15l-15 -15z" '
        f'fill="{palette.sun}" stroke="{palette.trail}" stroke-width="3" stroke-linejoin="round"/>'
    )


def _path_line(way: str, colour: str) -> str:
    return (
        f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="4" stroke-linecap="round" '
        f'stroke-dasharray="1 11"/>'
    )


def _disc(x: float, y: float, radius: float, colour: str) -> str:
    return "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius + grow:.0f}" fill="{colour}" '
        f'fill-opacity="{opacity}"/>'
        for grow, opacity in ((44, 0.1), (20, 0.18), (0, 0.95))
    )


def _smooth(points: Sequence[Point]) -> str:
    """Return a path through the points' middles, with the points as handles."""
    first = points[0]
    parts = [f"M{first[0]:.0f} {first[1]:.1f}"]
    for here, after in pairwise(points[1:]):
        middle = ((here[0] + after[0]) / 2, (here[1] + after[1]) / 2)
        parts.append(f"Q{here[0]:.0f} {here[1]:.1f} {middle[0]:.0f} {middle[1]:.1f}")
    return "".join(parts)


def _smooth_ring(points: Sequence[Point]) -> str:
    closed = [*points, points[0], points[1]]
    middle = ((points[0][0] + points[-1][0]) / 2, (points[0][1] + points[-1][1]) / 2)
    return _smooth([middle, *closed]) + "Z"


def _blend(start: str, end: str, share: float) -> str:
    """Return the colour that lies `share` of the way from start to end."""
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
