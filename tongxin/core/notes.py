"""Where the notes shown once, such as "saved", wait for the next page: a cookie of the house."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NotesCookie(CookieStorage):
    """Django's own, under a name that is bound to this host."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Notes(FallbackStorage):
    """A cookie while they fit into one, else the session."""

    storage_classes = (NotesCookie, SessionStorage)
