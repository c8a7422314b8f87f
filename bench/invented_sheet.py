"""An invented spreadsheet of stations, in any number of rows."""

import csv
import io
import random

COLUMNS = (
    "key",
    "kind",
    "country",
    "locality",
    "latitude",
    "longitude",
    "operator_jurisdiction",
    "counted_in",
    "first_reported",
    "standing",
    "summary",
    "notes",
)
_PLACES = {
    "NL": (52, 5),
    "DE": (51, 10),
    "FR": (47, 2),
    "IT": (43, 12),
    "ES": (40, -4),
    "CA": (50, -100),
    "BR": (-10, -50),
}
_SYLLABLES = ("ba", "den", "fur", "gol", "ham", "kir", "lo", "mun", "ro", "sta", "ter", "vik", "wald", "zen")
_JURISDICTIONS = ("Fuzhou", "Qingtian", "Nantong", "Wenzhou")


def stations_csv(rows: int, seed: int = 1) -> bytes:
    """Return a CSV file with so many stations, each in a place of its own."""
    chance = random.Random(seed)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number in range(1, rows + 1):
        writer.writerow(_station(number, chance))
    return out.getvalue().encode()


def _station(number: int, chance: random.Random) -> tuple[object, ...]:
    country, (latitude, longitude) = chance.choice(list(_PLACES.items()))
    place = "".join(chance.choices(_SYLLABLES, k=4)).title() + f" {number}"
    return (
        f"station-{number}",
        "police_service_station",
        country,
        place,
        latitude,
        longitude,
        chance.choice(_JURISDICTIONS),
        "An invented report",
        f"2022-{chance.randrange(1, 13):02}",
        "alleged",
        f"An invented station in {place}, said to have been open since {chance.randrange(2015, 2022)}.",
        "invented",
    )
