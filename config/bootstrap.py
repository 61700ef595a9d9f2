"""Makes the environment in .venv ready, then runs Python in it with the given arguments.

    python3 config/bootstrap.py [--dev] [manage.py serve --demo]

It runs under the system's Python. Even one that is far too old must be able to read this
file, or it could not say what is missing: so nothing here is newer than Python 3.6.
"""

import contextlib
import fcntl
import gettext
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ["python3.{}".format(minor) for minor in range(15, 10, -1)]

ROOT = Path(__file__).resolve().parent.parent
VENV = (ROOT / ".venv").resolve()
VENV_PYTHON = VENV / "bin" / "python"

_ = gettext.translation(
    "django", str(ROOT / "config" / "locale"), languages=["nl"], fallback=True
).gettext


class MissingPieceError(Exception):
    """Something this machine lacks, as one sentence that says what to do."""


def main(arguments: List[str]) -> None:
    """Check what is needed, install what is missing, and become the command that was asked for."""
    for_development = arguments[:1] == ["--dev"]
    command = arguments[1:] if for_development else arguments
    require_python()
    os.chdir(str(ROOT))
    require_data_folder()
    with one_at_a_time():
        prepare(ROOT / ("requirements-dev.lock" if for_development else "requirements.lock"))
    if command:
        os.execv(str(VENV_PYTHON), [str(VENV_PYTHON), *command])


def require_python() -> None:
    """Go on under a Python that is new enough, when there is one."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    for name in NEWER_PYTHONS:
        python = shutil.which(name)
        # Asked to do something: a name on the path may be a shim with nothing behind it.
        if python and subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(python, [python, str(Path(__file__).resolve()), *sys.argv[1:]])
    raise MissingPieceError(
        _(
            "Leestafel needs Python {oldest} or newer, and this is {found}: install a newer Python."
        ).format(oldest="{}.{}".format(*OLDEST_PYTHON), found="{}.{}".format(*sys.version_info))
    )


def require_data_folder() -> None:
    """All state of a site lies in this folder; every command needs it."""
    folder = Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if not (folder.is_dir() and os.access(str(folder), os.W_OK | os.X_OK)):
        raise MissingPieceError(
            _("Cannot write in {folder}: choose a folder of your own with DATA_DIR=….").format(
                folder=folder
            )
        )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start from the same folder wait until the first has its environment."""
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(lock: Path) -> None:
    """Make .venv hold what the lock file lists; a stamp inside it remembers that this was done."""
    stamp = VENV / (lock.name + ".installed")
    if not stamp.exists() or stamp.read_text() != fingerprint(lock):
        say(_("Environment: installing the packages, this takes up to a minute …"))
        if not environment_version():
            make_environment()
        install(lock)
        stamp.write_text(fingerprint(lock))
    say(_("Environment: ready"))


def fingerprint(lock: Path) -> str:
    """Changes with the lock and with the Python behind .venv."""
    return hashlib.sha256(lock.read_bytes() + environment_version()).hexdigest()


def environment_version() -> bytes:
    """The version of the Python in .venv; nothing when the environment is of no use."""
    try:
        # The programs in it name the folder in which they were made: a moved one is no good.
        if str(VENV) not in (VENV / "bin" / "pip").read_text():
            return b""
        return subprocess.check_output(
            [str(VENV_PYTHON), "-c", "import pip, sys; print(sys.version)"],
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.CalledProcessError):
        return b""


def make_environment() -> None:
    """A new .venv, in the place of a broken one."""
    if not os.access(str(ROOT), os.W_OK):
        raise MissingPieceError(
            _("Cannot write in {folder}: copy the project to a folder of your own.").format(
                folder=ROOT
            )
        )
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of its python3
        import venv  # noqa: F401
    except ImportError as error:
        raise MissingPieceError(
            _(
                "This Python lacks its venv module: install it, "
                "on Debian and Ubuntu with “sudo apt install {package}”."
            ).format(package="python{}.{}-venv".format(*sys.version_info))
        ) from error
    run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        _("The environment could not be made: the lines above say why."),
    )


def install(lock: Path) -> None:
    """Install exactly the files whose hashes are in the lock."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(
        [*pip, "install", "--no-input", "--require-hashes", "--requirement", str(lock)],
        _(
            "The packages could not be installed: the lines above say why. "
            "Check the internet connection and try again."
        ),
    )


def run(command: List[str], failure: str) -> None:
    """Run a command quietly; when it fails, show what it said."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode:
        say(result.stdout.decode(errors="replace").rstrip())
        raise MissingPieceError(failure)


def say(sentence: str) -> None:
    # Flushed, since the next program writes to the same terminal.
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except MissingPieceError as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)
