"""Programs, for tests: a client that shows a token and speaks JSON, as any program would."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart

from tongxin.accounts.models import Account
from tongxin.accounts.token_actions import make_token

AT = "/api/v1/registers/"
BOUNDARY = "between-parts"


def token_of(account, scope="write", *, days=30, second_factor=True, name="月报脚本"):
    """Make a token for an account, and return its secret."""
    account = Account.objects.get(pk=account.pk)
    made = make_token(account, name=name, scope=scope, days=days, second_factor=second_factor)
    return made[1]


class Program:
    """A program that holds a token of an account."""

    def __init__(self, account, scope="write", *, language="zh-hans", secret=None):
        self.client = Client(raise_request_exception=False)
        self.secret = token_of(account, scope) if secret is None else secret
        self.language = language

    def ask(self, method, path, sent=None, **heads):
        """Send a request; `sent` goes as JSON, unless it is bytes already."""
        url = path if path.startswith("/") else AT + path
        heads = {k.replace("_", "-"): v for k, v in heads.items()}
        heads = {"Accept-Language": self.language, **heads}
        if self.secret:
            heads["Authorization"] = f"Bearer {self.secret}"
        how = {"headers": heads}
        if method not in {"get", "head"}:
            raw = sent if isinstance(sent, bytes) else json.dumps(sent or {})
            how |= {"data": raw, "content_type": heads.pop("Content-Type", "application/json")}
        return getattr(self.client, method)(url, **how)

    def get(self, path, **heads):
        return self.ask("get", path, **heads)

    def post(self, path, sent=None, **heads):
        return self.ask("post", path, sent, **heads)

    def upload(self, path, content, name="通知.txt", *, kind="text/plain", **sent):
        """Send a file as a form, beside other fields; heads begin with a capital letter."""
        heads = {k: sent.pop(k) for k in list(sent) if k[0].isupper()}
        file = SimpleUploadedFile(name, content, kind)
        body = encode_multipart(BOUNDARY, {"file": file, **sent})
        return self.ask(
            "post", path, body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}", **heads
        )

    def patch(self, path, sent=None, version=None, **heads):
        if version is not None:
            heads["If_Match"] = f'"{version}"'
        return self.ask("patch", path, sent, **heads)


def codes(answer):
    """What a refusal names: code and field of each problem."""
    return [(each["code"], each["field"]) for each in answer.json()["errors"]]
