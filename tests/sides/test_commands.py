"""Commands look at what protects the log before they begin."""

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand

from casetracker.core.append_only import drop_triggers
from casetracker.core.management.guarded import GuardedCommand
from tests.architecture.ours import app_configs

# They write nothing that the log rests on, or are there to mend it.
FREE = {
    "backup",
    "build_package",
    "doctor",
    "draw_maps",
    "grant_public",
    "list_erasures",
    "make_backup_key",
    "make_checkpoint_key",
    "make_confidential_key",
    "messages",
    "render_coverage",
    "render_permissions",
    "render_workflow",
    "restore",
    "verify_log",
}


def commands():
    ours = {config.name for config in app_configs()}
    found = {name: app for name, app in get_commands().items() if app in ours}
    return {name: import_module(f"{app}.management.commands.{name}").Command for name, app in found.items()}


def test_every_command_of_ours_is_guarded_or_free():
    guarded = {name for name, command in commands().items() if issubclass(command, GuardedCommand)}
    assert guarded | FREE == set(commands())
    assert not guarded & FREE
    assert all(issubclass(command, BaseCommand) for command in commands().values())
    assert {"db_worker", "run_fetcher", "publish_due_releases"} <= guarded


@pytest.mark.parametrize("name", ["db_worker", "publish_due_releases", "send_notices"])
def test_a_guarded_command_does_not_start_without_the_triggers(db, name):
    drop_triggers()
    with pytest.raises(CommandError, match=r"lacks the trigger .* Run manage\.py migrate --skip-checks"):
        call_command(name)
