"""Addresses of the built static files, whose names carry their hash."""

import json
from collections.abc import Callable
from pathlib import Path

from flask import Flask, request

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"


def read_manifest() -> dict[str, str]:
    """Return plain name -> built name; empty when the front end has not been built."""
    manifest = DIST / "manifest.json"
    if not manifest.exists():
        return {}
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names


def install(app: Flask) -> Callable[[str], str]:
    """Offer `asset(name)` to the templates; hashed files may be cached for a year."""
    names, folder = read_manifest(), f"{app.static_url_path}/dist"

    def asset(name: str) -> str:
        return f"{request.script_root}{folder}/{names.get(name, name)}"

    app.jinja_env.globals["asset"] = asset
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000 if names else 0
    return asset
