"""The kinds of files that an office attaches to its records; everything else is refused."""

from django.db.models import TextChoices


class FileKind(TextChoices):
    """What a file may be. The value is the ending of its name, the label its media type."""

    PDF = "pdf", "application/pdf"
    DOCX = (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    )
    JPG = "jpg", "image/jpeg"
    PNG = "png", "image/png"
    WEBP = "webp", "image/webp"
    TXT = "txt", "text/plain"
    CSV = "csv", "text/csv"


PACKAGES = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.PPTX})
IMAGES = frozenset({FileKind.JPG, FileKind.PNG, FileKind.WEBP})
TEXTS = frozenset({FileKind.TXT, FileKind.CSV})
