import configparser
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
APP_ID = "org.groovescape.Groovescape"


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    facts: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return facts


@pytest.fixture(scope="module")
def component() -> ElementTree.Element:
    return ElementTree.parse(ROOT / "packaging" / f"{APP_ID}.metainfo.xml").getroot()  # noqa: S314  # our own file


def test_the_desktop_file_starts_the_installed_command(project: dict[str, Any]) -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # configparser's way of keeping case
    parser.read(ROOT / "packaging" / "groovescape.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"].split()[0] == entry["TryExec"] == next(iter(project["scripts"]))
    assert entry["Icon"] == "groovescape"
    assert entry["Categories"].endswith(";")


def test_the_store_page_names_the_desktop_file_and_the_licence(
    project: dict[str, Any], component: ElementTree.Element
) -> None:
    assert component.findtext("id") == APP_ID
    assert component.findtext("launchable") == "groovescape.desktop"
    assert component.findtext("project_license") == project["license"]
    assert component.findtext("provides/binary") in project["scripts"]


def test_one_version_everywhere(project: dict[str, Any], component: ElementTree.Element) -> None:
    newest = component.find("releases/release")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert newest is not None
    assert newest.get("version") == project["version"]
    assert f"## [{project['version']}]" in changelog


def test_the_icon_is_a_square_drawing() -> None:
    icon = ElementTree.parse(ROOT / "packaging" / "groovescape.svg").getroot()  # noqa: S314  # our own file
    _, _, width, height = (icon.get("viewBox") or "").split()
    assert width == height


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_notice_gives_the_data_set_its_due() -> None:
    text = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "Groove MIDI Dataset" in text
    assert "Creative Commons Attribution 4.0" in text


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "packaging/README.md"]
)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    document = ROOT / name
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert missing == []


def test_each_package_is_typed_and_shipped(project: dict[str, Any]) -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    packages = [ROOT / package for package in build["targets"]["wheel"]["packages"]]
    assert [package.parent.name for package in packages] == build["dev-mode-dirs"]
    assert all((package / "py.typed").is_file() for package in packages)


def test_resources_stay_small_enough_to_clone() -> None:
    size = sum(path.stat().st_size for path in (ROOT / "resources").rglob("*") if path.is_file())
    assert size < 60e6
