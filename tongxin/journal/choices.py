"""Words for what was done. A verb is `registers.verb`; the words go by its last part."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

VERBS: dict[str, str | Promise] = {
    "entered": pgettext_lazy("done", "登记"),
    "changed": pgettext_lazy("done", "修改"),
    "voided": pgettext_lazy("done", "作废"),
    "restored": pgettext_lazy("done", "恢复"),
    "opened": pgettext_lazy("done", "开设"),
    "given": pgettext_lazy("done", "登记任职"),
    "ended": pgettext_lazy("done", "结束任职"),
    "represented": pgettext_lazy("done", "指定代表"),
    "founded": pgettext_lazy("done", "设立"),
    "laid_out": pgettext_lazy("done", "布置"),
    "loaded": pgettext_lazy("done", "载入"),
    "alias_added": pgettext_lazy("done", "登记别称"),
    "rename": pgettext_lazy("done", "更名"),
    "upgrade": pgettext_lazy("done", "改制"),
    "merged": pgettext_lazy("done", "合并"),
    "split": pgettext_lazy("done", "拆分"),
    "transfer": pgettext_lazy("done", "划转"),
}


def words_for(verb: str) -> str:
    """Return a verb in words; one that nobody has put into words is shown as it is."""
    return str(VERBS.get(verb.rpartition(".")[2], verb))
