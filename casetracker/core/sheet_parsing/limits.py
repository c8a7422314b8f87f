"""How much a file may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on a file and on what reading it costs. Sizes are in bytes, texts in characters."""

    bytes: int = 20 * 2**20
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000
    characters: int = 50_000  # of one cell
    text: int = 20_000_000  # characters of all cells together
    members: int = 1_000  # files inside an XLSX
    unpacked: int = 400 * 2**20  # all of them together, as they really unpack
    ratio: int = 250  # of what one of them unpacks to, to what it takes in the file
    elements: int = 8_000_000  # of XML
    memory: int = 256 * 2**20  # of the process that reads
    seconds: int = 60  # of its processor time
