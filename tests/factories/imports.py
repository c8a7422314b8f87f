"""Imports for tests, made through the services."""

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.desk.exchange.running import carry_out_import, plan_import
from casetracker.review.choices import DuplicatesInImport
from casetracker.review.models import Import
from casetracker.review.services.uploads import Choices, cancel_import, confirm_import, start_import
from tests.factories.users import UserFactory

HEADER = "key,kind,country,locality,summary"
_ROW = "service_centre,NL"
# What each file comes to once it is planned.
SHEETS = {
    "planned": (
        f"{HEADER}\nnew,{_ROW},Zwolle,A shop.\nerror,{_ROW[:-2]}ZZ,Zwolle,A shop.\n"
        f"one,{_ROW},Assen,A flat.\nsame,{_ROW},Assen,A flat.\n"
    ),
    "columns": f"{HEADER},Colour,Regoin\nnew,{_ROW},Zwolle,A shop.,red,Overijssel\n",
    "encoding": f"{HEADER}\nnew,{_ROW},福州警侨服务站,青田\n".encode("gb18030"),
    "refused": f"{HEADER}\nnew,{_ROW},Zwolle,A shop.,beside the table\n",
}


def make_import(sheet: str | bytes, *, by: User | None = None, kind: str = "station", name: str = "list.csv") -> Import:
    """A file that somebody has uploaded, as far as it comes without an answer."""
    by = by or UserFactory(roles=[Role.RESEARCHER])
    content = sheet if isinstance(sheet, bytes) else sheet.encode()
    return plan_import(start_import(kind, name, content, by=by).pk)


def confirmed(upload: Import, *, duplicates: str = DuplicatesInImport.SKIP) -> Import:
    """Its good rows are confirmed, and not yet imported."""
    choices = Choices(good_rows_only=True, duplicates=DuplicatesInImport(duplicates))
    return confirm_import(upload.pk, by=upload.person, plan_digest=upload.plan_digest, choices=choices)


def make_imports(by: User) -> dict[str, Import]:
    """An import in each state, those that ask with each question."""
    found = {name: make_import(sheet, by=by, name=f"{name}.csv") for name, sheet in SHEETS.items()}
    done = make_import(SHEETS["planned"].replace("Zwolle", "Breda"), by=by, name="done.csv")
    carry_out_import(confirmed(done).pk)
    given_up = make_import(SHEETS["planned"], by=by, name="cancelled.csv")
    waiting = start_import("station", "waiting.csv", b"x", by=by)
    return found | {
        "done": Import.objects.get(pk=done.pk),
        "cancelled": cancel_import(given_up.pk, by=by),
        "waiting": waiting,
        "importing": confirmed(make_import(SHEETS["planned"], by=by, name="importing.csv")),
    }
