"""Receiving an upload: in memory, up to the limit, one file, and from nobody unknown."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tests import factories as make
from tests.files import samples
from tongxin.files.models import Revision
from tongxin.files.rules import MOST_BYTES
from tongxin.files.uploads import BoundedUpload


class Known:
    is_authenticated = True


class Stranger:
    is_authenticated = False


def received(user, *files):
    """A request with files, as a view finds it."""
    data = {f"file{number}": file for number, file in enumerate(files)} | {"other": "typed"}
    request = RequestFactory().post("/", data)
    request.user = user
    request.upload_handlers = [BoundedUpload(request)]
    return request


def file(size, name="a.pdf"):
    return SimpleUploadedFile(name, b"%PDF-" + bytes(size - 5), "application/pdf")


def test_a_file_up_to_the_limit_is_received_in_memory():
    request = received(Known(), file(MOST_BYTES))

    sent = request.FILES["file0"]

    assert (sent.size, len(sent.read()), sent.content_type) == (
        MOST_BYTES,
        MOST_BYTES,
        "application/pdf",
    )
    assert request.POST["other"] == "typed"
    assert not hasattr(sent, "temporary_file_path")


def test_a_larger_one_is_let_go_and_the_rest_of_the_form_is_read():
    request = received(Known(), file(MOST_BYTES + 1, "大.pdf"))

    assert dict(request.FILES) == {}
    assert request.POST["other"] == "typed"
    assert request.too_large == "大.pdf"


def test_the_file_of_a_stranger_is_not_read():
    request = received(Stranger(), file(100))

    assert dict(request.FILES) == {}
    assert request.POST["other"] == "typed"


@pytest.mark.django_db
def test_two_files_in_one_form_are_refused():
    client = make.client_of(make.clerk(make.tree().north))

    answer = client.post("/display/", {"a": file(100), "b": file(100)})

    assert answer.status_code == 400


@pytest.mark.django_db
def test_an_upload_leaves_nothing_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tree = make.tree()
    site = make.site(make.programme(tree.city), tree.north)
    client = make.client_of(make.coordinator(tree.city))
    large = samples.PDF + os.urandom(3_000_000) + b"%%EOF"

    client.post(
        f"/registers/sites/{site.pk}/files/new/",
        {"file": SimpleUploadedFile("a.pdf", large, "application/pdf")},
    )

    assert Revision.objects.get().size == len(large)
    assert list(tmp_path.iterdir()) == []
