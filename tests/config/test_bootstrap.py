"""What somebody sees whose machine lacks something: one sentence that says what to do."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[2] / "config" / "bootstrap.py"


def create_project(folder: Path) -> Path:
    """A project of the start script only, whose lock names no package."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "bootstrap.py").write_bytes(BOOTSTRAP.read_bytes())
    (folder / "requirements.lock").write_text("# nothing\n")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project as it was cloned."""
    return create_project(tmp_path / "project")


@pytest.fixture(scope="module")
def started_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has its environment; making one takes seconds."""
    project = create_project(tmp_path_factory.mktemp("started") / "project")
    result = start(project)
    assert result.returncode == 0, result.stdout + result.stderr
    return project


def start(
    project: Path, *arguments: str, pretend: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the script as `make` does, after telling its Python what to pretend."""
    script = str(project / "config" / "bootstrap.py")
    prelude = f"""
import os, runpy, shutil, subprocess, sys
sys.argv = {[script, *arguments]!r}
{pretend}
runpy.run_path({script!r}, run_name="__main__")
"""
    return subprocess.run(
        [sys.executable, "-c", prelude],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(project / "var"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_even_an_old_python_can_read_the_script() -> None:
    ast.parse(BOOTSTRAP.read_text(), feature_version=(3, 6))


def test_python_that_is_too_old_is_named_with_the_one_that_is_needed(project: Path) -> None:
    result = start(project, pretend="sys.version_info = (3, 9, 2)", PATH="/nowhere")

    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert re.search(r"3\.11 .*3\.9\b", result.stderr)


def test_newer_python_on_the_path_is_used_instead(project: Path, tmp_path: Path) -> None:
    newer = tmp_path / "bin" / "python3.12"
    newer.parent.mkdir()
    newer.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "goes on: $2 $3"\n')
    newer.chmod(0o755)

    result = start(
        project, "manage.py", "check", pretend="sys.version_info = (3, 9)", PATH=str(newer.parent)
    )

    assert result.stdout == "goes on: manage.py check\n"


def test_missing_venv_module_gets_the_name_of_the_package(project: Path) -> None:
    result = start(project, pretend="sys.modules['ensurepip'] = None")

    assert result.returncode == 1
    assert f"apt install python3.{sys.version_info.minor}-venv" in result.stderr
    assert "Traceback" not in result.stderr


def test_read_only_project_is_named(project: Path) -> None:
    pretend = f"real = os.access; os.access = lambda p, m: p != {str(project)!r} and real(p, m)"

    result = start(project, pretend=pretend)

    assert result.returncode == 1
    assert str(project) in result.stderr
    assert not (project / ".venv").exists()


def test_data_folder_that_cannot_be_made_is_named(project: Path) -> None:
    result = start(project, DATA_DIR="/dev/null/var")

    assert result.returncode == 1
    assert "/dev/null/var" in result.stderr
    assert "DATA_DIR" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.long
def test_environment_that_is_ready_runs_the_command_at_once(started_project: Path) -> None:
    result = start(started_project, "-c", "import sys; print(sys.prefix)")

    assert len(result.stdout.splitlines()) == 2
    assert result.stdout.splitlines()[-1] == str(started_project / ".venv")


@pytest.mark.long
def test_changed_lock_is_installed_again(started_project: Path) -> None:
    (started_project / "requirements.lock").write_text("# nothing still\n")

    first, second = start(started_project), start(started_project)

    assert len(first.stdout.splitlines()) == 2
    assert len(second.stdout.splitlines()) == 1


def test_failing_installation_shows_what_pip_said(started_project: Path) -> None:
    (started_project / "requirements.lock").write_text("no-hash==1.0\n")

    result = start(started_project, PIP_NO_INDEX="1")

    assert result.returncode == 1
    assert "no-hash" in result.stdout
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.long
def test_environment_of_a_project_that_was_moved_is_made_anew(started_project: Path) -> None:
    (started_project / "requirements.lock").write_text("# nothing again\n")
    moved = started_project.rename(started_project.with_name("moved"))

    result = start(moved)

    assert result.returncode == 0
    assert str(moved) in (moved / ".venv" / "bin" / "pip").read_text()
