"""Translation for drawers that must not know the framework: the same functions, one door."""

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

__all__ = ("get_language", "gettext", "gettext_lazy", "ngettext")
