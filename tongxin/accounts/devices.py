"""What a browser says of itself, in two words that its owner knows again."""

from tongxin.core.words import gettext as _

# The first that fits: Edge and Opera call themselves Chrome as well, and all of them Safari.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ 浏览器"),
    ("360", "360 浏览器"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("UOS", "统信"),
    ("Linux", "Linux"),
)


def device_of(said: str) -> str:
    """Return browser and system as `Chrome/Windows`; a part that is not known stays empty.

    Only these words are kept: the whole text would tell one person's device from all others.
    """
    browser = next((name for mark, name in BROWSERS if mark in said), "")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return f"{browser}/{system}"


def in_words(device: str) -> str:
    """Say a kept device."""
    browser, _stroke, system = device.partition("/")
    if browser and system:
        return _("%(system)s 上的 %(browser)s") % {"system": system, "browser": browser}
    return browser or system or _("不认识的设备")
