"""Many requests made from the description of the API, good ones and bad: nothing may break.

    make fuzz                     twenty thousand calls in a home that is thrown away
    make fuzz FUZZ="--calls 500"  fewer

The requests go through the whole server, in one process, each in a transaction that is taken back.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
from collections import Counter
from itertools import zip_longest
from pathlib import Path

KNOWN = 0.6
"""So often is a number or a key in an address one of those that are there."""


class Fuzz:
    """What was sent, what came back, and what was wrong with it."""

    def __init__(self, secret, known, seed):
        import schemathesis
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections
        from schemathesis.checks import not_a_server_error
        from schemathesis.specs.openapi import checks

        from tongxin.config.wsgi import application

        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)  # as the test client does: one connection
        self.heads = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        self.known, self.draw, self.seed = known, random.Random(seed), seed
        self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        self.operations = [each.ok() for each in self.schema.get_all_operations()]
        self.checks = [
            not_a_server_error,
            checks.response_schema_conformance,
            checks.status_code_conformance,
            checks.content_type_conformance,
        ]
        self.statuses, self.wrong = Counter(), []

    @property
    def sent(self):
        return self.statuses.total()

    def run(self, calls):
        """Send so many requests, shared among the operations, half of them bad on purpose.

        Where there are more operations than that, each is asked of one register at least.
        """
        from schemathesis import GenerationMode

        chosen = self.chosen(calls // 2)
        each = max(1, calls // (2 * len(chosen)))
        for operation in chosen:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._run(operation.as_strategy(generation_mode=mode), each)
        return self

    def chosen(self, most):
        """Return so many of the operations, of every kind some."""
        by_kind = {}
        for each in self.draw.sample(self.operations, len(self.operations)):
            *_register, kind = each.definition.raw["operationId"].split("_", 1)
            by_kind.setdefault(kind, []).append(each)
        rounds = [each for row in zip_longest(*by_kind.values()) for each in row if each]
        return rounds[: max(most, len(by_kind))]

    def _run(self, strategy, calls):
        from hypothesis import HealthCheck, Phase, given, seed, settings
        from hypothesis.errors import Unsatisfiable

        @seed(self.seed)
        @settings(
            max_examples=calls,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def send(case):
            self.send(case)

        try:
            send()
        except Unsatisfiable:
            return  # some operations take nothing that could be wrong

    def send(self, case):
        """Send one request, and see whether its answer is one that the description knows."""
        from django.db import transaction

        for name in set(case.path_parameters or {}) & set(self.known):
            if self.draw.random() < KNOWN:
                case.path_parameters[name] = self.draw.choice(self.known[name])
        if "If-Match" in (case.headers or {}) and self.draw.random() < KNOWN:
            case.headers["If-Match"] = self.draw.choice(self.known["If-Match"])
        with transaction.atomic():
            answer = case.call(headers=self.heads)
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=self.checks)
        except (AssertionError, BaseExceptionGroup) as failure:
            self.wrong.append((case.method, case.formatted_path, str(failure)[:600]))


def world():
    """Fill every table; return a coordinator's token, and what of it stands in addresses."""
    from tests.api.programs import token_of
    from tests.test_query_counts import filled
    from tongxin.files.models import Attachment
    from tongxin.registers import declaration
    from tongxin.registers.saved.actions import save_view, tag_of

    readers, first = filled(2)
    views = [
        save_view(each, by=readers["city"], name="视图", query="q=点")
        for each in declaration.every()
    ]
    known = {
        "pk": sorted({record.pk for record in first.values()}),
        "number": sorted(Attachment.objects.values_list("pk", flat=True)),
        "revision": [1],
        "token": [str(view.key) for view in views],
        "If-Match": ['"1"', f'"{tag_of(views[0])}"'],
    }
    return token_of(readers["city"]), known


def main():
    """Make a home, fill it, and fuzz."""
    parser = argparse.ArgumentParser(description="Many requests made from the API's description.")
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tongxin-fuzz-") as home:
        (Path(home) / "static").mkdir()
        os.environ |= {
            "TONGXIN_HOME": home,
            "TONGXIN_PLAIN_STATIC": "1",
            "TONGXIN_HOSTS": "localhost",
            "TONGXIN_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tongxin.config.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.WARNING)
        call_command("migrate", verbosity=0)
        secret, known = world()
        done = Fuzz(secret, known, chosen.seed).run(chosen.calls)
    for wrong in done.wrong[:20]:
        sys.stdout.write(f"{wrong}\n")
    answers = ", ".join(f"{count} x {status}" for status, count in sorted(done.statuses.items()))
    sys.stdout.write(f"{done.sent} calls, {len(done.wrong)} wrong; {answers}\n")
    sys.exit(bool(done.wrong))


if __name__ == "__main__":
    main()
