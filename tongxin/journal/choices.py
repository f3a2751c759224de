"""Words for what was done. A verb is `registers.verb`; the words go by its last part."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """Where in an entry a personal value stands."""

    BEFORE = "before", _("原值")
    AFTER = "after", _("新值")
    FACTS = "facts", _("其他")
    NAME = "name", _("对象名称")


VERBS: dict[str, str | Promise] = {
    "entered": pgettext_lazy("done", "登记"),
    "changed": pgettext_lazy("done", "修改"),
    "submitted": pgettext_lazy("done", "提交审核"),
    "approved": pgettext_lazy("done", "审核通过"),
    "passed_up": pgettext_lazy("done", "本级同意，报上一级"),
    "sent_back": pgettext_lazy("done", "退回修改"),
    "recalled": pgettext_lazy("done", "撤回送审"),
    "handed_on": pgettext_lazy("done", "转交"),
    "cosign_asked": pgettext_lazy("done", "加签"),
    "cosigned": pgettext_lazy("done", "加签同意"),
    "commented": pgettext_lazy("done", "评论"),
    "decision_undone": pgettext_lazy("done", "撤销审核"),
    "voided": pgettext_lazy("done", "作废"),
    "restored": pgettext_lazy("done", "恢复"),
    "received": pgettext_lazy("done", "上传表格"),
    "applied": pgettext_lazy("done", "导入"),
    "undone": pgettext_lazy("done", "撤销导入"),
    "put_away": pgettext_lazy("done", "放弃表格"),
    "attached": pgettext_lazy("done", "添加附件"),
    "replaced": pgettext_lazy("done", "换新版"),
    "labelled": pgettext_lazy("done", "改公开范围"),
    "removed": pgettext_lazy("done", "移除"),
    "returned": pgettext_lazy("done", "放回"),
    "downloaded": pgettext_lazy("done", "下载"),
    "opened": pgettext_lazy("done", "开设"),
    "given": pgettext_lazy("done", "登记任职"),
    "ended": pgettext_lazy("done", "结束任职"),
    "taken_back": pgettext_lazy("done", "撤回任职"),
    "renamed": pgettext_lazy("done", "改名"),
    "closed": pgettext_lazy("done", "关闭"),
    "reopened": pgettext_lazy("done", "恢复"),
    "invited": pgettext_lazy("done", "发邀请"),
    "invitation_revoked": pgettext_lazy("done", "收回邀请"),
    "accepted": pgettext_lazy("done", "用邀请设密码"),
    "deactivated": pgettext_lazy("done", "停用"),
    "reactivated": pgettext_lazy("done", "恢复启用"),
    "represented": pgettext_lazy("done", "指定代表"),
    "connected": pgettext_lazy("done", "连接单点登录"),
    "disconnected": pgettext_lazy("done", "断开单点登录"),
    "locked": pgettext_lazy("done", "锁定"),
    "unlocked": pgettext_lazy("done", "解锁"),
    "password_changed": pgettext_lazy("done", "改密码"),
    "sessions_ended": pgettext_lazy("done", "退出其他登录"),
    "token_made": pgettext_lazy("done", "创建令牌"),
    "token_ended": pgettext_lazy("done", "停用令牌"),
    "factors_forgotten": pgettext_lazy("done", "重设两步登录"),
    "factor_set": pgettext_lazy("done", "设好两步登录"),
    "factor_replaced": pgettext_lazy("done", "换恢复码"),
    "factor_removed": pgettext_lazy("done", "去掉一种两步登录"),
    "agreed": pgettext_lazy("done", "登记同意书"),
    "withdrawn": pgettext_lazy("done", "撤回同意，删除姓名"),
    "expired": pgettext_lazy("done", "同意到期，删除姓名"),
    "checked": pgettext_lazy("done", "核对"),
    "drafted": pgettext_lazy("done", "起草公示"),
    "posted": pgettext_lazy("done", "发布公示"),
    "objected": pgettext_lazy("done", "登记异议"),
    "answered": pgettext_lazy("done", "答复异议"),
    "notice_closed": pgettext_lazy("done", "结束公示"),
    "notice_withdrawn": pgettext_lazy("done", "撤回公示"),
    "names_taken_down": pgettext_lazy("done", "撤下姓名"),
    "asked": pgettext_lazy("done", "按本人要求删除姓名"),
    "mistaken": pgettext_lazy("done", "登记错了，删除姓名"),
    "corrected": pgettext_lazy("done", "更正"),
    "erased": pgettext_lazy("done", "删除个人信息"),
    "listed": pgettext_lazy("done", "列入名单"),
    "struck": pgettext_lazy("done", "从名单划去"),
    "founded": pgettext_lazy("done", "设立"),
    "begun": pgettext_lazy("done", "开始编写"),
    "published": pgettext_lazy("done", "发布"),
    "discarded": pgettext_lazy("done", "放弃草稿"),
    "laid_out": pgettext_lazy("done", "布置"),
    "loaded": pgettext_lazy("done", "载入"),
    "alias_added": pgettext_lazy("done", "登记别称"),
    "rename": pgettext_lazy("done", "更名"),
    "upgrade": pgettext_lazy("done", "改制"),
    "merged": pgettext_lazy("done", "合并"),
    "split": pgettext_lazy("done", "拆分"),
    "transfer": pgettext_lazy("done", "划转"),
    "read": pgettext_lazy("done", "查看"),
    "exported": pgettext_lazy("done", "导出"),
    "unmerged": pgettext_lazy("done", "撤销合并"),
    "repointed": pgettext_lazy("done", "随合并改指"),
    "view_saved": pgettext_lazy("done", "保存视图"),
    "view_changed": pgettext_lazy("done", "改视图"),
    "view_deleted": pgettext_lazy("done", "删除视图"),
    "key_added": pgettext_lazy("done", "启用签名密钥"),
}


def words_for(verb: str) -> str:
    """Return a verb in words; one that nobody has put into words is shown as it is."""
    return str(VERBS.get(verb.rpartition(".")[2], verb))
