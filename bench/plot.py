"""A plot as SVG: processor time of an answer against the number of stations, both on a scale of tens."""

from math import log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 60, 190, 20, 40
COLOURS = ("#0b5cad", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0e7490", "#be185d")


def plot(growth: dict[int, dict[str, float]]) -> str:
    """Return the picture. `growth` has milliseconds by number and question."""
    sizes = sorted(growth)
    times = [time for found in growth.values() for time in found.values()]
    low, high = 10 ** int(log10(min(times)) // 1), 10 ** int(-(-log10(max(times)) // 1))

    def across(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * _share(size, sizes[0], sizes[-1])

    def down(time: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _share(time, low, high)

    parts = [f'<text x="{across(size):.0f}" y="{HEIGHT - 15}" text-anchor="middle">{size:,}</text>' for size in sizes]
    for time in _tens(low, high):
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{down(time):.0f}" y2="{down(time):.0f}" stroke="#ccc"/>'
        )
        parts.append(f'<text x="{LEFT - 8}" y="{down(time) + 4:.0f}" text-anchor="end">{time:g} ms</text>')
    names = sorted(growth[sizes[-1]], key=growth[sizes[-1]].__getitem__)
    labels = _apart([down(growth[sizes[-1]][name]) for name in names])
    for name, colour, label in zip(names, COLOURS, labels, strict=False):
        points = " ".join(f"{across(size):.0f},{down(growth[size][name]):.0f}" for size in sizes)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{label + 4:.0f}" fill="{colour}">{name}</text>')
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([opening, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *parts, "</svg>", ""])


def _share(value: float, low: float, high: float) -> float:
    return (log10(value) - log10(low)) / (log10(high) - log10(low)) if high > low else 0.5


def _tens(low: float, high: float) -> list[float]:
    return [low * 10**step for step in range(round(log10(high / low)) + 1)]


def _apart(heights: list[float]) -> list[float]:
    """Return heights, from the lowest label up, that leave room for a line each."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - 16) if placed else height)
    return placed
