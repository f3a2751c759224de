"""How an upload is received: in memory, up to the limit, from those who are signed in.

Nothing is written to a temporary folder, so nothing is left there when a process is killed.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .rules import MOST_BYTES


class BoundedUpload(FileUploadHandler):
    """Keep a file in memory; let go of one that is larger than any that is taken.

    The request then knows the file's name as `too_large`, and the form says so.
    """

    received: BytesIO

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; a stranger's is not read."""
        super().new_file(*args, **kwargs)
        account = getattr(self.request, "user", None)
        if account is None or not account.is_authenticated:
            raise SkipFile
        self.received = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, as long as the whole is within the limit."""
        if start + len(raw_data) > MOST_BYTES:
            self.received = BytesIO()
            self.request.too_large = self.file_name  # type: ignore[union-attr]
            raise SkipFile
        self.received.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand over the file."""
        self.received.seek(0)
        return InMemoryUploadedFile(
            file=self.received,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
