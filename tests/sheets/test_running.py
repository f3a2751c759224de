"""The border: however a child ends, the parent answers calmly and nothing of the child is left."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tongxin.sheets import limits, running

ENDS = {
    "it aborts, as a parser that gets no memory does": ("import os; os.abort()", "broke"),
    "it crashes": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broke"),
    "it fails": ("raise SystemExit(3)", "broke"),
    "it hangs": ("import time; time.sleep(60)", "slow"),
    "it is stopped": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "slow"),
    "it closes its mouth and stays": (
        "import os, time; os.close(1); time.sleep(60)",
        "slow",
    ),
    "it never stops talking": (
        """print('{"kind":"csv","encoding":""}')\nwhile True: print('[[]]' + ' ' * 9_999)""",
        "long",
    ),
    "it talks without a line break": (
        "import sys\nwhile True: sys.stdout.write('x' * 100_000)",
        "long",
    ),
    "it computes for ever": (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        "slow",
    ),
    "it says nothing": ("", "broke"),
    "it says half": ("""print('{"kind":"csv","encoding":""}')""", "broke"),
    "it says what is no JSON": ("print('x')", "broke"),
    "it says something else": ("print('[1]')", "broke"),
    "it says a kind of nothing": ("""print('{"declined":"no such code","facts":{}}')""", "broke"),
    "it says too deep a thing": ("print('[' * 200_000)", "broke"),
    "it says a day that is none": (
        """print('{"kind":"csv","encoding":""}'); print('[[{"d":"2017-02-30"}]]')""",
        "broke",
    ),
    "it says a line of objects": (
        """print('{"kind":"csv","encoding":""}'); print('{"notes":[]}'); print('{"end":true}')""",
        "broke",
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_however_a_child_ends_there_is_an_answer(end, refused, monkeypatch):
    program, code = ENDS[end]
    monkeypatch.setattr(running, "CHILD", ("-I", "-c", program))
    monkeypatch.setattr(running, "MOST_ANSWER", 1_000_000)
    monkeypatch.setattr(running, "WALL_FACTOR", 0.75)
    began = time.monotonic()

    assert refused(b"a,b\n", "a.csv") == code
    assert time.monotonic() - began < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_a_child_started_ends_with_it(refused, monkeypatch, tmp_path):
    number = tmp_path / "number"
    program = (
        "import subprocess, sys, time; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        f"open({str(number)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    monkeypatch.setattr(running, "CHILD", ("-I", "-c", program))
    monkeypatch.setattr(running, "WALL_FACTOR", 0.75)

    assert refused(b"a,b\n", "a.csv") == "slow"
    assert not running_still(int(number.read_text()))


def running_still(number):
    for _moment in range(50):
        try:
            with open(f"/proc/{number}/stat") as stat:  # noqa: PTH123
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return False
        except FileNotFoundError:
            return False
        time.sleep(0.02)
    return True


def test_a_reader_that_is_dropped_half_way_leaves_no_child(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 100_000)
    with path.open("rb") as file:
        said = running.lines("read", file, 400_000)
        next(said)
        said.close()

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


LIMITED = """
import sys
from tongxin.sheets import child
child.limit(1)
{}
"""


@pytest.mark.parametrize(
    ("tried", "ended"),
    [
        ("bytearray(2_000_000_000)", 1),
        ("open('written', 'wb', buffering=0).write(b'x')", 1),
        ("while True: pass", -signal.SIGKILL),
    ],
)
def test_the_child_limits_itself(tried, ended, tmp_path):
    command = [sys.executable, "-I", "-c", LIMITED.format(tried)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)

    assert done.returncode == ended
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


def test_the_child_is_told_nothing_of_the_house(monkeypatch, opened):
    monkeypatch.setenv("TONGXIN_SECRET", "canary")
    program = "import os; print('{\"declined\":\"' + ','.join(os.environ) + '\",\"facts\":{}}')"
    monkeypatch.setattr(running, "CHILD", ("-I", "-c", program))
    heard = []
    monkeypatch.setattr("tongxin.sheets.reading.unreadable", lambda code, _name: heard.append(code))

    with pytest.raises(TypeError):
        opened(b"a,b\n", "a.csv")
    assert set(heard[0].split(",")) <= {*running.ENVIRONMENT, "LC_CTYPE"}


def test_the_child_loads_neither_django_nor_settings():
    program = "import sys, tongxin.sheets.child; print([m for m in sys.modules if 'django' in m])"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"


def test_a_small_file_has_two_seconds():
    assert limits.cpu_seconds(100_000) == 2
