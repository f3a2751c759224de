"""The program in the documents runs as it is written, against a running server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import factories as make
from tests.api.programs import token_of
from tongxin.brands.models import Brand

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-api.md"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def program():
    """The Python of the page."""
    (text,) = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return text


@pytest.mark.django_db(transaction=True)
def test_the_program_of_the_page_runs_against_a_server(live_server):
    tree = make.tree()
    make.programme(tree.city)
    told = {
        "TONGXIN_AT": live_server.url,
        "TONGXIN_API_TOKEN": token_of(make.coordinator(tree.city)),
        "PYTHONIOENCODING": "utf-8",
    }

    done = subprocess.run(
        [sys.executable, "-c", program()], env=told, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("place 火星 ")
    assert said[1:3] == ["['红帆驿站']", "notice"]
    assert said[-1].endswith("['红帆驿站']")
    (brand,) = Brand.objects.all()
    assert (brand.void, brand.work) == (True, "做强品牌")
