"""The doctor examines and changes nothing; what is too damaged to be read is a finding."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from lms import doctor
from lms.core.web.context import Program
from lms.doctor import Finding, examine
from lms.migrations import schema


def found(app: Flask) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(app)}


def test_empty_installation_is_well(app: Flask) -> None:
    findings = found(app)
    findings.pop("static files")
    assert [one.subject for one in findings.values() if not one.is_well] == []
    assert {"references", "audit log", "content", "scores", "progress", "jobs"} <= set(findings)


def test_examination_that_breaks_off_is_a_finding(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scores(_session: Session) -> Finding:
        raise ValueError("unreadable")

    monkeypatch.setattr(doctor, "EXAMINATIONS", (scores, doctor.jobs))
    findings = found(app)
    assert not findings["scores"].is_well
    assert "unreadable" in findings["scores"].text
    assert findings["jobs"].is_well


@pytest.mark.parametrize("revision", ["0000", None])
def test_other_schema_is_reported_and_left_alone(
    app: Flask, program: Program, revision: str | None
) -> None:
    with program.database.unit_of_work() as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision:
            session.execute(
                text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision}
            )
    try:
        findings = found(app)
        assert not findings["schema"].is_well
        assert "references" not in findings
        assert schema.current(program.database) == revision
        with pytest.raises(schema.SchemaError, match="newer" if revision else "lms migrate"):
            schema.require_newest(program.database)
    finally:
        with program.database.unit_of_work() as session:
            session.execute(text("DELETE FROM alembic_version"))
            session.execute(
                text("INSERT INTO alembic_version VALUES (:revision)"),
                {"revision": schema.newest()},
            )
