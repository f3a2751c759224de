"""What the house is built from: every package is named in uv.lock, with its source and its hash."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def packages():
    return tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]


def unpinned(package):
    """Whether a package of the lock file comes from elsewhere, or without a hash."""
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    hashed = files and all(file["hash"].startswith("sha256:") for file in files)
    return not (hashed and package["source"] == {"registry": "https://pypi.org/simple"})


def test_every_package_is_pinned_by_hash_from_one_index():
    bad = [each["name"] for each in packages() if unpinned(each)]

    assert bad == ["tongxin"]


def test_a_package_from_elsewhere_or_without_a_hash_would_be_seen():
    sound = {
        "name": "a",
        "source": {"registry": "https://pypi.org/simple"},
        "wheels": [{"hash": "sha256:00"}],
    }

    assert not unpinned(sound)
    assert unpinned(sound | {"source": {"git": "https://example.org/a"}})
    assert unpinned(sound | {"wheels": []})
