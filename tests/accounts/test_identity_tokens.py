"""What a provider says of somebody is believed when it is signed, for this house only, and now."""

import json
import time

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tongxin.accounts.identity import Checked
from tongxin.config.env import SingleSignOn

pytestmark = pytest.mark.django_db
ISSUER = "https://id.example.org"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLISHED = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))


def answers(pages):
    """A provider that answers as it is told."""

    def request(_session, _method, url, **_rest):
        page = pages[url]
        if isinstance(page, Exception):
            raise page
        answer = requests.Response()
        answer.status_code, answer._content = 200, json.dumps(page).encode()
        return answer

    return request


@pytest.fixture(autouse=True)
def provider(settings, monkeypatch):
    """A configured provider whose pages a test may change."""
    app = SingleSignOn(ISSUER, "tongxin", "a secret", "政务通")
    settings.SINGLE_SIGN_ON = app
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app.as_app()]}}
    pages = {
        f"{ISSUER}/.well-known/openid-configuration": {
            "issuer": ISSUER,
            "jwks_uri": f"{ISSUER}/keys",
            "authorization_endpoint": f"{ISSUER}/authorize",
        },
        f"{ISSUER}/keys": {"keys": [PUBLISHED | {"kid": "one", "alg": "RS256"}]},
    }
    monkeypatch.setattr(requests.Session, "request", answers(pages))
    return pages


def token(key=KEY, algorithm="RS256", kid="one", **claims):
    told = {"iss": ISSUER, "aud": "tongxin", "sub": "7", "exp": time.time() + 60} | claims
    return jwt.encode(told, key, algorithm, headers={"kid": kid} if kid else {})


def read(rf, signed):
    """Read an ID token that has just been fetched from the provider."""
    adapter = Checked(rf.get("/"), "sso")
    adapter.did_fetch_access_token = True
    return adapter._decode_id_token(SocialApp(client_id="tongxin"), signed)


def test_a_signed_token_for_this_house_is_read(rf):
    assert read(rf, token())["sub"] == "7"


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another house"}, {"iss": "https://elsewhere.example"}, {"exp": 1}],
    ids=["for another", "from another", "too old"],
)
def test_one_for_another_house_from_another_provider_or_too_old_is_refused(rf, claims):
    with pytest.raises(OAuth2Error):
        read(rf, token(**claims))


@pytest.mark.parametrize(
    "signed",
    [
        lambda: token(OTHER),
        lambda: token("k" * 32, "HS256"),
        lambda: token("", "none"),
        lambda: token(kid="two"),
        lambda: token(kid=""),
        lambda: token()[:-8] + "AAAAAAAA",
        lambda: "no token",
    ],
    ids=["another key", "shared secret", "none", "unknown key", "no key", "altered", "no token"],
)
def test_one_that_the_providers_own_keys_did_not_sign_is_refused(rf, signed):
    with pytest.raises(OAuth2Error):
        read(rf, signed())


def test_one_that_was_used_is_refused(rf):
    again = token(jti="once")
    read(rf, again)

    with pytest.raises(OAuth2Error):
        read(rf, again)


def test_a_description_of_another_provider_is_refused(rf, provider):
    provider[f"{ISSUER}/.well-known/openid-configuration"]["issuer"] = "https://evil.example"

    with pytest.raises(OAuth2Error):
        read(rf, token())


@pytest.mark.parametrize("failure", [requests.ConnectionError(), requests.TooManyRedirects()])
def test_a_provider_that_is_away_lets_nobody_in_and_breaks_nothing(provider, failure):
    provider[f"{ISSUER}/.well-known/openid-configuration"] = failure

    answer = Client().post("/account/sso/")

    assert answer.status_code == 401
    assert "没有登录成" in answer.content.decode()


def test_redirects_of_a_provider_are_not_followed():
    from allauth.socialaccount.adapter import get_adapter

    assert get_adapter().get_requests_session().max_redirects == 0
