"""The pages of a base, of a tenancy, and of an organisation's own application."""

from .applications import application, application_edit, application_step, call, calls
from .bases import base, clocks
from .tenancies import move, papers, tenancy

__all__ = (
    "application",
    "application_edit",
    "application_step",
    "base",
    "call",
    "calls",
    "clocks",
    "move",
    "papers",
    "tenancy",
)
