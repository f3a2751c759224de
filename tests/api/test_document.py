"""The description of the API is the committed one, and tells what the forms ask."""

import json

from tongxin.api.document import document
from tongxin.registers import declaration
from tools.openapi import PAGE, text


def test_the_committed_description_tells_the_api_as_it_is():
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""

    assert written == text(), "run: make openapi"


def test_every_register_has_its_paths_and_its_fields():
    told = document()

    assert told["openapi"].startswith("3.1")
    for register in declaration.every():
        assert f"/api/v1/registers/{register.key}/" in told["paths"]
        name = register.key.capitalize()
        asked = set(told["components"]["schemas"][f"{name}Change"]["properties"])
        assert set(register.form._meta.fields) <= asked
        assert not {"version", "submission", "void", "entered_by"} & asked


def test_every_operation_has_a_name_of_its_own_and_asks_for_a_token():
    operations = [each for path in document()["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]

    assert sorted(set(names)) == sorted(names)
    assert all(each["security"] for each in operations)


def test_anybody_reads_the_description(client):
    answer = client.get("/api/v1/openapi.json")

    assert (answer.status_code, json.loads(answer.content)) == (200, document())
