"""The pages of the site itself."""

from flask.testing import FlaskClient


def test_health_names_database_and_schema(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ok"
    assert answer.json["schema"] == "0001"
    assert answer.json["pending_jobs"] == 0
