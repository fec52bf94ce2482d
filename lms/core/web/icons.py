"""Icons out of the built sprite. A page draws fifty of a few kinds, so each is written once."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

MOST = 1024
ENDS_THAT_TURN = ("-left", "-right")
OTHERS_THAT_TURN = frozenset({"log-out", "log-in", "signpost"})
SHAPE = Markup('<svg class="{kind}"{spoken}><use href="{sprite}#{name}"></use></svg>')


def install(app: Flask, asset: Callable[[str], str]) -> None:
    """Offer `draw_icon(name, label, size)` to components/icon.html."""

    @lru_cache(MOST)
    def drawn(sprite: str, name: str, label: str, size: str) -> Markup:
        turns = name.endswith(ENDS_THAT_TURN) or name in OTHERS_THAT_TURN
        kind = "icon" + (f" icon-{size}" if size else "") + (" icon-flip" if turns else "")
        hidden = Markup(' aria-hidden="true"')
        spoken = Markup(' role="img" aria-label="{}"').format(label) if label else hidden
        return SHAPE.format(kind=kind, spoken=spoken, sprite=sprite, name=name)

    def draw_icon(name: str, label: object = "", size: str = "") -> Markup:
        return drawn(asset("icons.svg"), name, str(label), size)

    app.jinja_env.globals["draw_icon"] = draw_icon
