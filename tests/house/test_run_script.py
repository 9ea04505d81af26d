"""The script ./run, with stand-ins for Python, apt-get and dpkg-query that write down how they were called.

The real ones are what .ci/run starts with, in a fresh clone.
"""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PYTHON = """#!/bin/sh
{ printf 'python'; printf ' <%s>' "$@"; printf '\\n'; } >>"$CALLS"
case "$*" in
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
*"-m pip install"*) [ -z "${PIP_FAILS:-}" ] || { echo "no such package" >&2; exit 1; } ;;
*groovescape*) exit "${APP_EXIT:-0}" ;;
esac
"""
LOGGED = """#!/bin/sh
{{ printf '{name}'; printf ' <%s>' "$@"; printf '\\n'; }} >>"$CALLS"
{then}
"""


@dataclass(frozen=True)
class Clone:
    """A clone of the project whose tools are stand-ins."""

    folder: Path
    tools: Path
    calls_file: Path

    def tool(self, name: str, text: str) -> None:
        path = self.tools / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *words: str, cwd: Path | None = None, script: Path | None = None, **env: str) -> "Done":
        self.calls_file.write_text("")
        settings = {
            "PATH": f"{self.tools}:/usr/bin:/bin",
            "CALLS": str(self.calls_file),
            "GROOVESCAPE_PYTHON": str(self.tools / "python"),
            "DISPLAY": ":77",
        }
        started = time.perf_counter()
        done = subprocess.run(
            [str(script or self.folder / "run"), *words],
            cwd=cwd or self.folder,
            env={**settings, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stderr, self.calls_file.read_text(), time.perf_counter() - started)


@dataclass(frozen=True)
class Done:
    """What a start of the script did."""

    code: int
    stderr: str
    calls: str
    seconds: float


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    folder, tools = tmp_path / "a clone", tmp_path / "tools"
    folder.mkdir()
    tools.mkdir()
    for name in ("run", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder / name)
    clone = Clone(folder, tools, tmp_path / "calls")
    clone.tool("python", PYTHON)
    clone.tool(
        "npm", LOGGED.format(name="npm", then='[ -z "${NPM_FAILS:-}" ] || { echo "no such module" >&2; exit 1; }')
    )
    clone.tool("node", "#!/bin/sh\n")
    clone.tool("dpkg-query", "#!/bin/sh\nfor package; do printf ';installed %s;' \"$package\"; done\n")
    return clone


def test_the_first_start_installs_and_passes_every_word_on(clone: Clone) -> None:
    done = clone.run("generate", "drums", "-o", "my beat.mid")
    assert done.code == 0, done.stderr
    assert f"<-m> <venv> <{clone.folder}/.venv>" in done.calls
    assert "<pip> <install> <--no-input> <-q> <-e> <.>" in done.calls
    assert done.calls.endswith("python <-P> <-m> <groovescape> <generate> <drums> <-o> <my beat.mid>\n")


def test_a_warm_start_calls_nothing_but_the_program_and_is_quick(clone: Clone) -> None:
    clone.run("models")
    warm = [clone.run("models") for _ in range(5)]
    assert {done.calls for done in warm} == {"python <-P> <-m> <groovescape> <models>\n"}
    assert {done.stderr for done in warm} == {""}
    assert min(done.seconds for done in warm) < 0.2


def test_it_works_from_any_folder_and_through_a_link(clone: Clone, tmp_path: Path) -> None:
    clone.run("models")
    link = tmp_path / "groove link"
    link.symlink_to(clone.folder / "run")
    assert clone.run("models", cwd=tmp_path).calls == clone.run("models", cwd=tmp_path, script=link).calls


def test_another_project_file_installs_again(clone: Clone) -> None:
    clone.run("models")
    with (clone.folder / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    calls = clone.run("models").calls
    assert "<pip> <install>" in calls
    assert "<venv>" not in calls


def test_the_exit_code_of_the_program_is_that_of_the_script(clone: Clone) -> None:
    assert clone.run("models", APP_EXIT="3").code == 3


def test_a_failed_installation_says_why_and_is_tried_again(clone: Clone) -> None:
    failed = clone.run("models", PIP_FAILS="1")
    assert failed.code == 1
    assert "no such package" in failed.stderr
    assert ".run.log" in failed.stderr
    assert "<groovescape>" not in failed.calls
    assert "<pip> <install>" in clone.run("models").calls


def test_a_python_that_does_not_do_is_named(clone: Clone) -> None:
    done = clone.run("models", GROOVESCAPE_PYTHON="/bin/false")
    assert done.code == 1
    assert "/bin/false" in done.stderr


def test_no_command_opens_the_window(clone: Clone) -> None:
    assert clone.run().calls.endswith("python <-P> <-m> <groovescape>\n")


def test_without_a_screen_it_names_a_command_that_works_and_installs_nothing(clone: Clone) -> None:
    done = clone.run(DISPLAY="")
    assert (done.code, done.calls) == (2, "")
    (sentence,) = done.stderr.splitlines()
    assert "no screen" in sentence
    assert sentence.endswith(f"{clone.folder}/run generate drums --seed 7 -o beat.mid")
    assert clone.run("generate", "drums", "--seed", "7", "-o", "beat.mid", DISPLAY="").code == 0


def test_what_is_missing_is_installed_where_that_is_allowed(clone: Clone) -> None:
    clone.tool("dpkg-query", "#!/bin/sh\nexit 1\n")
    clone.tool("id", "#!/bin/sh\necho 0\n")
    clone.tool("apt-get", LOGGED.format(name="apt-get", then=""))
    done = clone.run()
    assert "apt-get <install> <-y> <--no-install-recommends>" in done.calls
    assert "<libfluidsynth3>" in done.calls
    assert "apt-get" not in clone.run().calls


def test_a_package_that_dpkg_only_knows_of_is_missing(clone: Clone) -> None:
    query = "#!/bin/sh\nfor package; do printf ';not-installed %s;' \"$package\"; done\n"
    clone.tool("dpkg-query", query)
    assert "libfluidsynth3" in clone.run(GROOVESCAPE_NO_APT="1").stderr


def test_old_package_lists_are_renewed_only_when_needed(clone: Clone) -> None:
    clone.tool("dpkg-query", "#!/bin/sh\nexit 1\n")
    clone.tool("id", "#!/bin/sh\necho 0\n")
    then = '[ "$1" = update ] || grep -q update "$CALLS"'
    clone.tool("apt-get", LOGGED.format(name="apt-get", then=then))
    words = [line.split()[1] for line in clone.run().calls.splitlines() if line.startswith("apt-get")]
    assert words == ["<install>", "<update>", "<install>"]


def test_where_it_may_not_install_it_prints_the_line_to_type_and_goes_on(clone: Clone) -> None:
    clone.tool("dpkg-query", "#!/bin/sh\nexit 1\n")
    done = clone.run(GROOVESCAPE_NO_APT="1")
    (line,) = [line for line in done.stderr.splitlines() if "sudo" in line]
    assert "sudo apt-get install libegl1" in line
    assert done.code == 0
    assert done.calls.endswith("<groovescape>\n")


def test_a_command_that_needs_no_window_asks_for_no_system_package(clone: Clone) -> None:
    clone.tool("dpkg-query", LOGGED.format(name="dpkg-query", then="exit 1"))
    assert "dpkg-query" not in clone.run("generate", "drums", "-o", "a.mid").calls


@pytest.mark.parametrize(
    ("words", "environment", "ending"),
    [
        ((), ".venv", "<-m> <pytest>\n"),
        (("-k", "two words"), ".venv", "<-m> <pytest> <-k> <two words>\n"),
        (("default", "-x"), ".venv", "<-m> <pytest> <-x>\n"),
        (("models",), ".venv-models", "<tests/models> <-o> <pythonpath=models resources>\n"),
        (("parity", "-x"), ".venv-train", "<tests/parity> <-o> <pythonpath=app models resources> <-x>\n"),
        (("lmms",), ".venv", "<tests/lmms>\n"),
        (("e2e",), ".venv", "<tests/e2e>\n"),
    ],
)
def test_suites_run_in_their_environments(clone: Clone, words: tuple[str, ...], environment: str, ending: str) -> None:
    done = clone.run("test", *words)
    assert done.code == 0, done.stderr
    assert done.calls.endswith(ending)
    assert f"<{clone.folder}/{environment}>" in done.calls


@pytest.mark.parametrize("words", [("test", "parity"), ("bench", "--peers")])
def test_both_magentas_are_installed_once_for_what_compares_with_them(clone: Clone, words: tuple[str, ...]) -> None:
    calls = clone.run(*words).calls
    assert f"<-m> <venv> <{clone.folder}/.venv-oracle>" in calls
    assert "<--no-deps> <magenta==2.1.4>" in calls
    assert "npm <install>" in calls
    assert "<@magenta/music@1.23.1>" in calls
    again = clone.run(*words).calls
    assert "install" not in again.replace("<pytest>", "")


def test_a_bench_without_peers_installs_no_magenta(clone: Clone) -> None:
    calls = clone.run("bench", "--json").calls
    assert "magenta" not in calls
    assert calls.endswith("<groovescape> <bench> <--json>\n")


def test_parity_without_magenta_js_fails_and_says_why(clone: Clone) -> None:
    done = clone.run("test", "parity", NPM_FAILS="1")
    assert done.code == 1
    assert "no such module" in done.stderr
    assert "Magenta.js failed" in done.stderr
    assert "<pytest>" not in done.calls


def test_parity_without_node_names_the_packages(clone: Clone) -> None:
    (clone.tools / "node").unlink()
    clone.tool("dpkg-query", "#!/bin/sh\nexit 1\n")
    for name in ("sh", "env", "cksum", "mkdir", "tail", "rm", "cp", "tr", "id"):
        (clone.tools / name).symlink_to(str(shutil.which(name)))
    done = clone.run("test", "parity", GROOVESCAPE_NO_APT="1", PATH=str(clone.tools))
    assert done.code == 1
    assert "sudo apt-get install nodejs" in done.stderr
    assert "needs Node" in done.stderr


def test_an_unknown_check_is_refused(clone: Clone) -> None:
    done = clone.run("check", "spelling")
    assert done.code == 1
    assert "mypy" in done.stderr


def test_the_script_is_plain_posix_shell() -> None:
    text = (ROOT / "run").read_text(encoding="utf-8")
    assert text.startswith("#!/bin/sh\n")
    assert os.access(ROOT / "run", os.X_OK)
    shells = [shell for shell in ("dash", "sh", "bash") if shutil.which(shell)]
    assert all(subprocess.run([shell, "-n", str(ROOT / "run")], check=False).returncode == 0 for shell in shells)
