"""Forms are posted without their tokens here; tests/security proves the tokens."""

import pytest
from flask import Flask


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app
