"""Which database a home uses, and how."""

import pytest

from tongxin.config.env import database, env_secret


def test_a_home_keeps_its_own_database_where_none_is_named(tmp_path):
    settings = database("", tmp_path)

    assert settings["NAME"] == tmp_path / "tongxin.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("url", ["", "postgresql://somebody@example.org/tongxin"])
def test_a_connection_outlives_the_request_that_opened_it(url, tmp_path):
    assert database(url, tmp_path)["CONN_MAX_AGE"] != 0


def test_an_address_is_taken_apart_with_its_escapes_and_options(tmp_path):
    url = "postgresql://some%40body:p%2Fw@example.org:5433/city?sslmode=require"
    settings = database(url, tmp_path)

    assert (settings["USER"], settings["PASSWORD"]) == ("some@body", "p/w")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("example.org", "5433", "city")
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_an_address_may_set_its_own_costs(tmp_path):
    address = "postgresql://example.org/city"

    usual = database(address, tmp_path)["OPTIONS"]["options"]
    assert "random_page_cost" in usual
    assert "jit=off" in usual
    assert database(f"{address}?options=-c jit=on", tmp_path)["OPTIONS"] == {"options": "-c jit=on"}


def test_another_kind_of_database_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must start with postgresql"):
        database("mysql://example.org/tongxin", tmp_path)


def test_the_kept_key_is_made_once_long_and_for_its_owner_only(tmp_path):
    kept = tmp_path / "home" / "secret.key"

    made = env_secret("TONGXIN_NO_SUCH_KEY", kept)

    assert made == env_secret("TONGXIN_NO_SUCH_KEY", kept)
    assert (len(made), kept.stat().st_mode & 0o777) == (64, 0o600)
    assert made != env_secret("TONGXIN_NO_SUCH_KEY", tmp_path / "other.key")
