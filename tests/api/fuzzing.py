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
from pathlib import Path

NUMBERS = 0.6
"""So often is a number that stands for a record one of those that are there."""


class Fuzz:
    """What was sent, what came back, and what was wrong with it."""

    def __init__(self, secret, numbers, seed):
        import schemathesis
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections
        from schemathesis.checks import not_a_server_error
        from schemathesis.specs.openapi import checks

        from tongxin.config.wsgi import application

        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)  # as the test client does: one connection
        self.heads = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        self.numbers, self.draw, self.seed = numbers, random.Random(seed), seed
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
        """Send so many requests, shared among the operations, half of them bad on purpose."""
        from schemathesis import GenerationMode

        each = max(1, calls // (2 * len(self.operations)))
        for operation in self.operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._run(operation.as_strategy(generation_mode=mode), each)
        return self

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

        if "pk" in (case.path_parameters or {}) and self.draw.random() < NUMBERS:
            case.path_parameters["pk"] = self.draw.choice(self.numbers)
        if "If-Match" in (case.headers or {}) and self.draw.random() < NUMBERS:
            case.headers["If-Match"] = '"1"'
        with transaction.atomic():
            answer = case.call(headers=self.heads)
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=self.checks)
        except (AssertionError, BaseExceptionGroup) as failure:
            self.wrong.append((case.method, case.formatted_path, str(failure)[:600]))


def world():
    """Fill every table; return a coordinator's token and the numbers of the records."""
    from tests.api.programs import token_of
    from tests.test_query_counts import filled

    readers, first = filled(2)
    numbers = sorted({record.pk for record in first.values()})
    return token_of(readers["city"]), numbers


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
        secret, numbers = world()
        done = Fuzz(secret, numbers, chosen.seed).run(chosen.calls)
    for wrong in done.wrong[:20]:
        sys.stdout.write(f"{wrong}\n")
    answers = ", ".join(f"{count} x {status}" for status, count in sorted(done.statuses.items()))
    sys.stdout.write(f"{done.sent} calls, {len(done.wrong)} wrong; {answers}\n")
    sys.exit(bool(done.wrong))


if __name__ == "__main__":
    main()
