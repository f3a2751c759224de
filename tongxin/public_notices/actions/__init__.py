"""What is done with a notice: prepared, posted, objected to, answered, closed, withdrawn."""

from .deciding import close, post, withdraw
from .forgetting import take_down
from .objecting import answer, object_to
from .preparing import change, draft

__all__ = (
    "answer",
    "change",
    "close",
    "draft",
    "object_to",
    "post",
    "take_down",
    "withdraw",
)
