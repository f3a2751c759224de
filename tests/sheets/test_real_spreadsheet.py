"""What LibreOffice makes of our files, where it is on the machine."""

import shutil
import subprocess

import pytest

from tests.sheets import whole
from tests.sheets.test_writing import PAYLOADS, table_of
from tongxin.sheets.writing import annotate, write_csv, write_xlsx

UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76"
SIGNS = ("table:formula", "table:dde-link")


@pytest.fixture(scope="module")
def saved_as(tmp_path_factory):
    """Opens files in a real spreadsheet and saves them in another format; returns contents."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine: our files are not opened in it")
    folder = tmp_path_factory.mktemp("office")

    def save_as(ending, **files):
        sent, out = folder / "sent", folder / "out"
        sent.mkdir(exist_ok=True)
        paths = [sent / name.replace("__", ".") for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", ending, "--outdir", str(out), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return [
            (out / path.with_suffix(f".{ending.partition(':')[0]}").name).read_bytes()
            for path in paths
        ]

    return save_as


def test_it_computes_nothing_that_was_typed(saved_as):
    table = table_of(PAYLOADS)
    files = {"book__xlsx": write_xlsx([table]), "plain__csv": write_csv(table)}
    book, plain, twin = (
        content.decode() for content in saved_as("fods", **files, twin__csv=b'"=1+1"\n')
    )

    for shown in (book, plain):
        assert "canary" in shown
        assert not any(sign in shown for sign in SIGNS)
    assert SIGNS[0] in twin


def test_what_it_opens_and_saves_is_read_as_before(saved_as, opened, tmp_path):
    sent = tmp_path / "sent.xlsx"
    sent.write_bytes(whole.ours())
    annotated = annotate(sent, {("组织", 4, 2): "人数要填数字"})

    again, commented = saved_as("xlsx", ours__xlsx=whole.ours(), annotated__xlsx=annotated)

    for content in (again, commented):
        assert opened(content) == opened(whole.ours())
    sent.write_bytes(commented)
    assert opened(annotate(sent, {})) == opened(whole.ours())


def test_its_old_workbooks_and_csv_are_read(saved_as, opened):
    (old,) = saved_as("xls", good__xlsx=whole.ours())
    (plain,) = saved_as(UTF_8, other__xlsx=whole.ours())

    assert opened(old, "表.xls").sheets[0].rows == opened(whole.ours()).sheets[0].rows
    assert opened(plain, "表.csv").sheets[0].rows[4][0] == whole.ROWS[1][0]
