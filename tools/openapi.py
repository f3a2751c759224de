"""Write docs/reference/openapi.json: the API as the running routes and forms have it.

    uv run python tools/openapi.py

A test compares the committed file with them, so that a change of the API shows in the diff.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "openapi.json"


def text() -> str:
    """Return the description as it is committed."""
    from tongxin.api.document import document  # noqa: PLC0415  needs settings: main() sets them up

    return f"{json.dumps(document(), ensure_ascii=False, indent=1)}\n"


def main() -> None:
    """Write the file."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django  # noqa: PLC0415  after the path is set

    django.setup()
    PAGE.write_text(text(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {PAGE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
