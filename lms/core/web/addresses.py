"""Addresses in templates, remembered: a page builds fifty of them, and mostly the same ones."""

from functools import lru_cache

from flask import Flask, request, url_for

MOST = 8192
LONGEST = 120  # whoever asks for longer ones could fill the memory with them


def is_worth_remembering(value: object) -> bool:
    """Tell whether a value is plain, and short as names and numbers are."""
    return value is None or type(value) is int or (type(value) is str and len(value) <= LONGEST)


def install(app: Flask) -> None:
    """Let templates call `url_for` as ever; the same question is answered once."""

    @lru_cache(MOST)
    def built(root: str, endpoint: str, values: tuple[tuple[str, object], ...]) -> str:  # noqa: ARG001 - the answer depends on it
        return url_for(endpoint, **dict(values))  # type: ignore[arg-type]

    def remembered(endpoint: str, **values: object) -> str:
        is_relative = endpoint.startswith(".") or any(name.startswith("_") for name in values)
        if is_relative or not all(is_worth_remembering(value) for value in values.values()):
            return url_for(endpoint, **values)  # type: ignore[arg-type]
        return built(request.script_root, endpoint, tuple(values.items()))

    app.jinja_env.globals["url_for"] = remembered
