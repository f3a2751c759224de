"""Many requests made from the description of the API, good ones and bad: nothing may break.

    make fuzz                     twenty thousand calls in a home that is thrown away
    make fuzz FUZZ="--calls 500"  fewer

The requests go through the whole server, in one process, each in a transaction that is taken back.
They are counted: some operations take little that differs, so that one round over all of them sends
fewer than were asked for; further rounds, each with a seed of its own, send what is left.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from collections import Counter
from itertools import zip_longest
from pathlib import Path

KNOWN = 0.6
"""So often is a number or a key in an address one of those that are there."""
TOLD_EACH = 1_000


class Fuzz:
    """What was sent, what came back, and what was wrong with it."""

    def __init__(self, secret, known, seed, tell=len):
        import schemathesis
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections
        from schemathesis.checks import not_a_server_error
        from schemathesis.specs.openapi import checks

        from tongxin.config.wsgi import application

        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)  # as the test client does: one connection
        self.heads = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        self.known, self.draw, self.seed, self.tell = known, random.Random(seed), seed, tell
        self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        self.operations = [each.ok() for each in self.schema.get_all_operations()]
        self.checks = [
            not_a_server_error,
            checks.response_schema_conformance,
            checks.status_code_conformance,
            checks.content_type_conformance,
        ]
        self.statuses, self.wrong = Counter(), []
        self.asked, self.rounds = Counter(), 0

    @property
    def sent(self):
        return self.statuses.total()

    def run(self, calls):
        """Send so many requests, shared among the operations, half of them bad on purpose.

        Where there are more operations than that, each is asked of one register at least.
        """
        before = -1
        while before < self.sent < calls:
            before = self.sent
            self.rounds += 1
            self._round(calls)
        return self

    def _round(self, calls):
        """Ask every operation, or as many as there are calls left for, once in each mode."""
        from schemathesis import GenerationMode

        left = calls - self.sent
        chosen = self.chosen(left // 2)
        each = max(1, left // (2 * len(chosen)))
        for operation in chosen:
            before = self.sent
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._run(operation.as_strategy(generation_mode=mode), each)
            self.asked[operation.label] += self.sent - before
            if self.rounds > 1 and self.sent >= calls:
                return

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

        @seed(self.seed + self.rounds - 1)
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

    @staticmethod
    def register_of(case):
        """Return the key of the register whose address a request goes to."""
        *_before, rest = case.operation.path.partition("/registers/")
        return rest.partition("/")[0]

    def send(self, case):
        """Send one request, and see whether its answer is one that the description knows."""
        from django.db import transaction

        known = self.known | self.known.get(self.register_of(case), {})
        for name in set(case.path_parameters or {}) & set(known):
            if self.draw.random() < KNOWN:
                case.path_parameters[name] = self.draw.choice(known[name])
        if "If-Match" in (case.headers or {}) and self.draw.random() < KNOWN:
            case.headers["If-Match"] = self.draw.choice(known["If-Match"])
        with transaction.atomic():
            answer = case.call(headers=self.heads)
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=self.checks)
        except (AssertionError, BaseExceptionGroup) as failure:
            self.wrong.append((case.method, case.formatted_path, str(failure)[:600]))
        if self.sent % TOLD_EACH == 0:
            self.tell(f"{self.sent} calls, {len(self.wrong)} wrong\n")


def world():
    """Fill every table; return a coordinator's token, and what of it stands in addresses.

    What is known is told by register: a record of one is not there under the address of another.
    """
    from tests import factories as make
    from tests.api.programs import token_of
    from tests.test_query_counts import filled
    from tongxin.indicators.catalogue import CATALOGUE
    from tongxin.registers import declaration
    from tongxin.registers.saved.actions import save_view, tag_of

    readers, first = filled(2)
    known = {"revision": [1], "indicator": list(CATALOGUE), "If-Match": ['"1"']}
    for register in declaration.every():
        view = save_view(register, by=readers["city"], name="视图", query="q=点")
        known[register.key] = {
            "pk": [first[register.key].pk],
            "number": [make.attachment(first[register.key], "另一附件").pk],
            "token": [str(view.key)],
            "If-Match": ['"1"', f'"{tag_of(view)}"'],
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
        done = Fuzz(secret, known, chosen.seed, sys.stderr.write).run(chosen.calls)
    for wrong in done.wrong[:20]:
        sys.stdout.write(f"{wrong}\n")
    answers = ", ".join(f"{count} x {status}" for status, count in sorted(done.statuses.items()))
    few = min(done.asked.values())
    sys.stdout.write(
        f"{done.sent} calls, {len(done.wrong)} wrong; {answers}\n"
        f"{len(done.asked)} of {len(done.operations)} operations, each asked {few} times or more; "
        f"{done.rounds} rounds, {time.process_time():.0f} s of CPU\n"
    )
    sys.exit(bool(done.wrong) or done.sent < chosen.calls)


if __name__ == "__main__":
    main()
