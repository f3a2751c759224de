"""The pages of a site and of a naming beyond their registers."""

from .designations import designation, step
from .sites import propose, site

__all__ = ["designation", "propose", "site", "step"]
