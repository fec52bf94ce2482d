"""Routes of the program as addresses that can be visited, and answers as signs of the matrix."""

from collections.abc import Mapping

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.security.matrix import Row
from tests.security.school import School

ABSENT = {"slot": "99", "slug": "absent", "role": "trainer", "scope": "course:absent"}


def rules(app: Flask) -> list[tuple[str, Rule]]:
    """Return (method, rule) of everything that the program answers."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def rule_of(app: Flask, row: Row) -> Rule:
    return next(
        rule
        for method, rule in rules(app)
        if rule.endpoint == row.endpoint and method == row.method
    )


def address(school: School, row: Row, *, is_absent: bool = False) -> str:
    """Return the path of a row, of the school's own object or of one that does not exist."""
    rule = rule_of(school.app, row)
    own = school.arguments | {
        name: text.format_map(school.arguments) for name, text in row.at.items()
    }
    values = {name: _absent(name) if is_absent else own[name] for name in rule.arguments}
    return path_of(school.app, row.endpoint, values)


def form_of(school: School, row: Row) -> dict[str, str]:
    """Return what a valid post of a row carries."""
    return {name: text.format_map(school.arguments) for name, text in row.form.items()}


def path_of(app: Flask, endpoint: str, values: Mapping[str, str]) -> str:
    adapter = app.url_map.bind("localhost")
    return adapter.build(
        endpoint, {name: int(text) if name == "slot" else text for name, text in values.items()}
    )


def _absent(name: str) -> str:
    return ABSENT.get(name, "absent")


def sign_of(answer: TestResponse) -> str:
    """Return the matrix's sign of an answer; anything unexpected is shown as its status."""
    status = answer.status_code
    if status == 303 and answer.location.startswith("/sign-in"):
        return "s"
    if status in (403, 404):
        return {403: "-", 404: "0"}[status]
    return "+" if status in (200, 303, 400, 409, 422) else f"({status})"
