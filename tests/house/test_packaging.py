"""The wheel holds the whole program and nothing else, and the repository names no machine of anybody's."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("bot", "config", "integrations", "jobs")
METADATA = ("LICENSE", "README.md", "pyproject.toml")

# A pattern does not match its own text: this file is searched as well.
PRIVATE_PLACES = {
    "a package registry": re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|[.]debian[.]org", re.I),
    "a path of one machine": re.compile(r"(?<![\w.}-])/(?:work|root|home)/[\w.]"),
}


def source_files() -> set[str]:
    """Every file of the four packages, as paths relative to the project."""
    return {
        path.relative_to(PROJECT).as_posix()
        for package in PACKAGES
        for path in (PROJECT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from a copy, so that no ``build/`` of earlier times gets into it."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in METADATA:
        shutil.copy(PROJECT / name, copy)
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(out)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(copy)], check=True)
    with zipfile.ZipFile(next(out.glob("hjemmedag-*.whl"))) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_module_and_data_file_and_nothing_else(wheel: set[str]) -> None:
    assert {name for name in wheel if ".dist-info/" not in name} == source_files()


def test_wheel_carries_the_licence(wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted}

    locked = set(re.findall(r"^([\w.-]+)==", lock("runtime"), re.M))

    assert names - locked == set()


@pytest.mark.parametrize("part", ["runtime", "build"])
def test_image_and_tests_are_locked_to_the_same_versions(part: str) -> None:
    assert pins(part) <= pins("dev")


def lock(name: str) -> str:
    """The text of one lock."""
    return (PROJECT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> set[str]:
    """The ``package==version`` of one lock."""
    return set(re.findall(r"^[\w.-]+==\S+", lock(name), re.M))


def files_of_the_repository() -> list[Path]:
    """What is, or would be, committed."""
    if not (PROJECT / ".git").exists():
        pytest.skip("not a git clone")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    return [PROJECT / name for name in names.split("\0") if name and (PROJECT / name).is_file()]


@pytest.mark.parametrize("kind", PRIVATE_PLACES)
def test_no_file_names_a_registry_or_a_machine(kind: str) -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()[:80]}"
        for path in files_of_the_repository()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if PRIVATE_PLACES[kind].search(line)
    ]
    assert found == []
