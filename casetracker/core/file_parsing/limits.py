"""How much a file may ask for."""

from dataclasses import dataclass

_MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds on a file and on what reading it costs. Sizes are in bytes."""

    image: int = 64 * _MEGABYTE  # of a file that is an image
    document: int = 100 * _MEGABYTE  # of a PDF or an office document
    recording: int = 4096 * _MEGABYTE  # of what is kept without being read: video, audio, web archives
    pixels: int = 128_000_000  # of an image: the largest that telephones make have 108 million
    pages: int = 5_000  # of a PDF
    objects: int = 300_000  # of a PDF
    parts: int = 5_000  # files inside an office document
    unpacked: int = 500 * _MEGABYTE  # all of them together, or all streams of a PDF
    ratio: int = 1_000  # of what one part unpacks to, to what it takes in the file
    elements: int = 8_000_000  # of XML, in one part
    memory: int = 1_024 * _MEGABYTE  # of the process that reads
    seconds: int = 60  # of its processor time
    copies: int = 200 * _MEGABYTE  # all that comes out
