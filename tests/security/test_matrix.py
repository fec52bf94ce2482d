"""Every route refuses whom it should; a route without a row fails."""

from collections import Counter

import pytest

from tests.security.matrix import ROWS, Row
from tests.security.school import ROLES, School
from tests.security.visits import address, form_of, rule_of, rules, sign_of

IDS = [f"{row.method} {row.endpoint}" for row in ROWS]


def test_every_route_has_exactly_one_row(built_school: School) -> None:
    routes = {(method, rule.endpoint) for method, rule in rules(built_school.app)}
    rows = Counter((row.method, row.endpoint) for row in ROWS)
    assert routes - set(rows) == set(), "write a row for these in tests/security/matrix.py"
    assert set(rows) - routes == set(), "these routes are gone; remove their rows"
    assert [row for row, count in rows.items() if count > 1] == []


def visit(school: School, role: str, row: Row, *, is_absent: bool = False) -> str:
    path = address(school, row, is_absent=is_absent)
    answer = school.browser(role).open(path, method=row.method, data=form_of(school, row))
    answer.close()
    return sign_of(answer)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_each_role_meets_what_the_matrix_says(school: School, row: Row) -> None:
    seen = []
    for role in ROLES:
        seen.append(visit(school, role, row))
        if row.method == "POST":
            school.restore()
    assert "".join(seen) == row.signs, f"{row.method} {address(school, row)} for {ROLES}"


def test_nobody_is_let_in_to_what_does_not_exist(school: School) -> None:
    wrong = []
    for row in ROWS:
        if not rule_of(school.app, row).arguments:
            continue
        for role, sign in zip(ROLES, row.signs, strict=True):
            seen = visit(school, role, row, is_absent=True)
            if seen not in ("0" if sign == "+" else f"{sign}0"):
                wrong.append((row.method, row.endpoint, role, seen))
    assert wrong == []
