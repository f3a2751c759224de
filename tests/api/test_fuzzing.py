"""A few hundred requests made from the description: no answer breaks, none is unknown to it."""

import pytest

from tests.api.fuzzing import Fuzz, world

pytestmark = pytest.mark.django_db
CALLS = 300


@pytest.mark.filterwarnings("ignore")  # of the tool's own imports
def test_no_request_breaks_the_server_and_every_answer_is_described(settings):
    settings.ALLOWED_HOSTS = ["*"]
    secret, known = world()

    done = Fuzz(secret, known, seed=1).run(CALLS)

    assert done.wrong == []
    assert done.sent >= CALLS
    assert {200, 404, 422} <= set(done.statuses)
