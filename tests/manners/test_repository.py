"""What lies in the repository: nothing of the machine it was made on, everything a newcomer needs."""

import re
import tomllib
from functools import cache

import pytest
from source import HOUSE, tracked

# Where somebody's machine shows through, and the hosts a lock file or a note must not name.
_MACHINE = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users|mnt|var/folders)/|[A-Z]:\\Users\\")
_HOST = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|(?<!no-emit-)index-url|"
    r"artifactory|nexus|devpi)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b")
_ITSELF = "tests/manners/test_repository.py"
LOCKS = tuple(name for name in tracked() if re.fullmatch(r"requirements[\w-]*\.lock", name))
CUSTOMERS = (
    "portal",
    "templates",
    "static",
    "search_index",
    "instance",
    "pyproject.toml",
    "tests",
    "README.md",
)


@cache
def texts() -> dict[str, str]:
    """Every tracked file that is text."""
    found = {}
    for name in tracked():
        try:
            found[name] = (HOUSE / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, a font, a workbook
            continue
    return found


def seen(pattern: re.Pattern[str], some: dict[str, str]) -> list[str]:
    """Where ``pattern`` is found: file, line, what."""
    return [
        f"{name}:{n}: {line.strip()[:120]}"
        for name, text in some.items()
        if name != _ITSELF
        for n, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_there_is_something_to_read() -> None:
    assert {"README.md", "pyproject.toml", "portal/kernel/db.py", "requirements.lock"} <= texts().keys()


@pytest.mark.parametrize("pattern", [_MACHINE, _HOST, _SECRET], ids=["machine", "host", "secret"])
def test_nothing_of_the_machine_it_was_made_on(pattern: re.Pattern[str]) -> None:
    assert seen(pattern, texts()) == [], "take it out, or say it without a place"


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (_MACHINE, "see /home/somebody/notes.txt"),
        (_MACHINE, 'open("/root/x")'),
        (_MACHINE, r"C:\Users\Somebody"),
        (_HOST, "--index-url https://example.org"),
        (_HOST, "from https://files.pythonhosted.org/x"),
        (_SECRET, "-----BEGIN PRIVATE KEY-----"),
    ],
)
def test_a_trace_is_seen(pattern: re.Pattern[str], line: str) -> None:
    assert seen(pattern, {"made_up.txt": line}) == [f"made_up.txt:1: {line}"]
    assert not seen(pattern, {"made_up.txt": "usr /usr/bin/env, /van-phong/ and https://namro.example/work"})


def test_nothing_that_belongs_to_one_installation() -> None:
    kept = ("instance/", "search_index/", ".venv/", "static/fonts/")
    assert [n for n in tracked() if n.startswith(kept) and not n.endswith((".gitkeep", ".gitignore"))] == []
    assert [n for n in tracked() if n.endswith((".key", ".pem", ".sqlite", ".eml", ".pyc"))] == []
    assert "uv.lock" not in tracked()  # it names hosts; requirements.lock does not


def test_the_customers_names_stay() -> None:
    assert [name for name in CUSTOMERS if not (HOUSE / name).exists()] == []


# --- lock files ------------------------------------------------------------------------------------


def requirements(lock: str) -> dict[str, str]:
    """Each requirement of a lock file with the whole of its entry."""
    joined = lock.replace("\\\n", " ")
    entries = [line for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]
    return {re.split(r"[=\[; ]", entry.strip())[0].lower(): entry for entry in entries}


def faults_of(lock: str) -> list[str]:
    return [
        name
        for name, entry in requirements(lock).items()
        if not (re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==\S+", entry) and "--hash=sha256:" in entry)
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_is_pinned_with_its_hashes(name: str) -> None:
    assert requirements(texts()[name])
    assert faults_of(texts()[name]) == [], "make lock"


def test_a_loose_requirement_is_seen() -> None:
    assert faults_of("flask >=3 \\\n    --hash=sha256:aa") == ["flask"]
    assert faults_of("flask==3.1.3") == ["flask"]
    assert faults_of("flask==3.1.3 \\\n    --hash=sha256:aa") == []


def test_whatever_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])["project"]
    extras = [name for some in project["optional-dependencies"].values() for name in some]
    asked = {re.split(r"[\[<>=!~; ]", name)[0].lower() for name in (*project["dependencies"], *extras)}
    locked = set().union(*(requirements(texts()[name]) for name in LOCKS))
    assert {name.replace("_", "-") for name in asked} - {n.replace("_", "-") for n in locked} == set(), (
        "make lock"
    )


# --- what a newcomer reads -------------------------------------------------------------------------


def test_the_readme_names_the_two_commands() -> None:
    readme = texts()["README.md"]
    for words in ("make run", "make test", "LICENSE", "CHANGELOG"):
        assert words in readme, f"README.md does not say {words}"


def test_what_the_readme_points_to_is_there() -> None:
    pointed = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", texts()["README.md"])
    assert [place for place in pointed if not (HOUSE / place).exists()] == []


def test_every_command_of_the_readme_is_in_the_makefile() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", texts()["README.md"], re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", texts()["Makefile"], re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads(texts()["pyproject.toml"])["project"]["version"]
    entries = re.split(r"^## ", texts()["CHANGELOG.md"], flags=re.MULTILINE)[1:]
    newest = entries[0] if entries else ""
    assert newest.startswith(("Unreleased", f"{version} ", f"{version}\n")), (
        "CHANGELOG.md: newest entry first"
    )
    assert newest.count("\n- ") >= 1, "CHANGELOG.md: the newest entry says nothing"


def test_continuous_integration_does_what_a_newcomer_does() -> None:
    assert "make test" in texts()[".ci/run"]
    assert "CI=true" in texts()[".ci/run"]


def test_the_licence_is_whole() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in texts()["LICENSE"]
