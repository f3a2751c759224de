"""The pages of a base and of a tenancy beyond their registers."""

from .bases import base, clocks
from .tenancies import move, papers, tenancy

__all__ = ("base", "clocks", "move", "papers", "tenancy")
