"""What is answered before any page is asked."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/account/login/", "/registers/organisations/", "/nothing/"])
def test_a_method_that_no_page_uses_is_refused(method, path):
    answer = Client().generic(method, path)

    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD, POST", b"")


def test_signing_out_tells_the_browser_to_drop_its_copies():
    client = make.client_of(make.clerk(make.tree().north))

    seen = client.get("/")
    left = client.post("/account/logout/")

    assert "Clear-Site-Data" not in seen
    assert left["Clear-Site-Data"] == '"cache"'
