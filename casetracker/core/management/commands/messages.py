"""Bring the catalogues of translations in line with the code, or tell whether they are."""

import io
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages

LANGUAGES = ("nl", "zh_Hans")
# Programs are answered in English.
_ENGLISH_ONLY = ("casetracker/public/api/", "templates/public/api/")


class Command(makemessages.Command):
    """Django's `makemessages` with our languages and folders; it compiles too, and needs GNU gettext."""

    help = "Collects the texts to translate into locale/ and compiles the catalogues. With --check: only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take none of Django's many options."""
        parser.add_argument(
            "--check", action="store_true", help="fail if the catalogues lack a text or have one too many"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect and compile, or compare."""
        # A guess that looks right and is wrong would be shown to people: what is new stays empty.
        self.msgmerge_options = [*self.msgmerge_options, "--no-fuzzy-matching"]
        self.only_compare, self.differences = options.pop("check"), list[str]()
        super().handle(
            *args,
            **{
                **options,
                "exclude": [],
                "extensions": [],
                **dict.fromkeys(("all", "symlinks", "no_wrap", "no_location", "no_obsolete", "keep_pot"), False),
                "domain": "django",
                "ignore_patterns": [".venv", "data", "tests"],
                "use_default_ignore_patterns": True,
                "add_location": "file",
                "locale": list(LANGUAGES),
                "no_obsolete": True,
            },
        )
        if self.differences:
            raise CommandError(
                "\n".join([*self.differences, "Run ./run messages, translate what is new, run it again."])
            )
        if not self.only_compare:
            compile_catalogues()

    def find_files(self, root: str) -> list[Any]:
        """Find the files whose texts people read."""
        found: list[Any] = super().find_files(root)
        return [file for file in found if not Path(file.path).as_posix().startswith(_ENGLISH_ONLY)]

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Merge the texts into a catalogue, or note where they differ."""
        if not self.only_compare:
            super().write_po_file(potfile, locale)
            return
        wanted, found = _texts(_read_template(Path(potfile))), _texts(read(catalogue_of(locale)))
        self.differences += [f"{locale} lacks: {text!r}" for text in sorted(wanted - found)]
        self.differences += [f"{locale} need not have: {text!r}" for text in sorted(found - wanted)]


def catalogue_of(locale: str) -> Path:
    """Return the catalogue of a language, as people edit it."""
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def _read_template(path: Path) -> Catalog:
    # xgettext leaves the plural forms to the translator: Babel wants to read a number there.
    text = path.read_text(encoding="utf-8").replace(
        "nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"
    )
    return read_po(io.BytesIO(text.encode()))


def compile_catalogues() -> None:
    """Write each catalogue in the form that the program reads, beside the one that people edit."""
    for locale in LANGUAGES:
        path = catalogue_of(locale)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def _texts(catalogue: Catalog) -> set[tuple[str, ...]]:
    return {(message.id,) if isinstance(message.id, str) else tuple(message.id) for message in catalogue if message.id}
