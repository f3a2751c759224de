"""What a provider hands over is believed when it is signed by its own keys, for this house."""

from collections.abc import Callable
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from tongxin.core.access import ANYONE, access

SIGNED_WITH = {
    *("ES256", "ES384", "ES512", "EdDSA"),
    *("PS256", "PS384", "PS512", "RS256", "RS384", "RS512"),
}
"""Public keys only: with a shared secret, whoever checks could sign too."""


class Checked(OpenIDConnectOAuth2Adapter):
    """Allauth's own, which would leave the signature out where it fetched the token itself."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself, if it is the provider that was configured."""
        config: dict[str, Any] = super().openid_config
        configured = self.get_provider().app.settings["server_url"]
        if str(config.get("issuer", "")).rstrip("/") != configured.rstrip("/"):
            raise OAuth2Error("the provider's description is that of another")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Believe a signed token, and what else is told of the same person."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("the provider sent no ID token")
        who = self._decode_id_token(app, signed)
        told = self._fetch_user_info(token.token)
        if told.get("sub") != who["sub"]:
            raise OAuth2Error("what the provider tells is of somebody else")
        data = {"id_token": who, "userinfo": told}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in SIGNED_WITH:
                raise OAuth2Error("the ID token is not signed with a public key")
            self.did_fetch_access_token = False  # what lets the library leave the signature out
            told: dict[str, Any] = super()._decode_id_token(app, id_token)
        except (KeyError, jwt.PyJWTError) as error:
            raise OAuth2Error("the ID token cannot be read") from error
        return told


@access(ANYONE)
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    return _answer(OAuth2LoginView.adapter_view, request, provider_id)


@access(ANYONE)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    return _answer(OAuth2CallbackView.adapter_view, request, provider_id)


def _answer(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Answer; a provider that is away or astray lets nobody in, and breaks nothing."""
    try:
        answer: HttpResponse = view(Checked(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException) as error:
        provider = get_adapter().get_provider(request, provider_id)
        answer = render_authentication_error(request, provider, exception=error)
    return answer
