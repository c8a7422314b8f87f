from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from casetracker.review.choices import Action
from casetracker.review.workflow_doc import render_workflow


def test_the_page_in_docs_is_the_one_that_the_table_gives(capsys):
    call_command("render_workflow")
    rendered = capsys.readouterr().out
    committed = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text()
    assert committed == rendered, "run: manage.py render_workflow > docs/workflow.md"


def test_the_public_page_on_method_says_what_the_table_says(capsys):
    call_command("render_workflow", public=True)
    committed = (Path(settings.BASE_DIR) / "casetracker/public/data/workflow.json").read_text()
    command = "manage.py render_workflow --public > casetracker/public/data/workflow.json"
    assert committed == capsys.readouterr().out, f"run: {command}"


def test_every_action_has_a_row():
    page = render_workflow()
    assert all(f"\n| {action.label} |" in page for action in Action)
