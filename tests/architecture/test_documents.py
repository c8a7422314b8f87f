"""What the documents name is there, and what must be told is told."""

import ast
import re

from tests.architecture.ours import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
DECISIONS = ROOT / "docs" / "adr"
OPERATIONS = ROOT / "docs" / "operations.md"


def test_every_link_between_documents_leads_somewhere():
    links = [
        (document, link)
        for document in DOCUMENTS
        for link in re.findall(r"\]\(([^)#\s]+)", document.read_text())
        if "://" not in link
    ]
    assert len(links) > 100
    assert [f"{document.name}: {link}" for document, link in links if not (document.parent / link).exists()] == []


def test_every_decision_is_in_their_list():
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text())
    assert listed == sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))


def test_every_setting_of_the_environment_is_told():
    calls = [
        node
        for path in (ROOT / "casetracker" / "settings").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")
    ]
    named = {node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)} - {"/"}
    assert len(named) > 40
    assert named - set(re.findall(r"`([A-Z][A-Z0-9_]+)", OPERATIONS.read_text())) == set()
