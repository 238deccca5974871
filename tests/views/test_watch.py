"""The watch on forgotten commits and on writing GETs does catch them."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.agencies.models import Agency
from app.core.db import db as database
from tests import watch
from tests.browser import Browser


@pytest.fixture
def careless(app):
    """An application whose views make each mistake, on the database of this test."""
    other = Flask("careless")
    other.testing = True
    other.test_client_class = Browser
    other.config |= {
        "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
        "SQLALCHEMY_ENGINE_OPTIONS": app.config["SQLALCHEMY_ENGINE_OPTIONS"],
    }
    database.init_app(other)
    watch.install(other)

    @other.post("/lupa")
    def forget():
        database.session.execute(sa.update(Agency).values(city="Lupa"))
        return "lupa"

    @other.post("/lupa-orm")
    def forget_object():
        database.session.scalars(sa.select(Agency)).first().city = "Lupa"
        return "lupa"

    @other.route("/tulis", methods=["GET", "POST"])
    def write():
        database.session.execute(sa.update(Agency).values(city="Ditulis"))
        database.session.commit()
        return "tulis"

    @other.post("/batal")
    def undo():
        database.session.execute(sa.update(Agency).values(city="Batal"))
        database.session.rollback()
        return "batal"

    yield other.test_client()
    with other.app_context():
        database.engine.dispose()


@pytest.mark.parametrize("path", ["/lupa", "/lupa-orm"])
def test_a_forgotten_commit_fails_the_request(cast, careless, path):
    with pytest.raises(watch.ForgottenCommit, match="agencies"):
        careless.post(path)


def test_a_get_that_writes_fails_the_request(cast, careless):
    with pytest.raises(watch.ReadingThatWrites, match="agencies"):
        careless.get("/tulis")


@pytest.mark.parametrize("path", ["/tulis", "/batal"])
def test_a_finished_transaction_passes(cast, careless, path):
    assert careless.post(path).status_code == 200
