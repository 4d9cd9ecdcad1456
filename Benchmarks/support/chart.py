"""Line charts with logarithmic axes, as SVG that reads well on light and on dark ground."""
import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 310, 62, 16, 54, 46
# Greys and colours that stand out from white as well as from black.
INK, GRID = "#7d8590", "#8888884d"
COLOURS = ("#3b82d6", "#d9730d", "#2e9e5b", "#b355c9")


@dataclass
class Panel:
    """`lines` has for each name its points; no coordinate is zero."""
    title: str
    across: str
    lines: dict


def chart(panels, columns=2):
    """All panels in a grid, as the text of an SVG file."""
    rows = -(-len(panels) // columns)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * columns} {HEIGHT * rows}" '
             f'font-family="system-ui, sans-serif" font-size="12" fill="{INK}">']
    for place, panel in enumerate(panels):
        x, y = place % columns * WIDTH, place // columns * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_draw(panel), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


def _draw(panel):
    points = [point for line in panel.lines.values() for point in line]
    across, up = _axis([x for x, _ in points], LEFT, WIDTH - RIGHT), _axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [_text(LEFT, 20, panel.title, size=14, weight="bold"),
             _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, panel.across, anchor="middle")]
    for number, place in across.ticks():
        parts += [_line(place, TOP, place, HEIGHT - BOTTOM), _text(place, HEIGHT - BOTTOM + 17, short(number), anchor="middle")]
    for number, place in up.ticks():
        parts += [_line(LEFT, place, WIDTH - RIGHT, place), _text(LEFT - 6, place + 4, short(number), anchor="end")]
    place = LEFT
    for (name, line), colour in zip(panel.lines.items(), COLOURS):
        parts += [*_curve(line, colour, across, up), f'<circle cx="{place + 4}" cy="36" r="4" fill="{colour}"/>',
                  _text(place + 13, 40, name)]
        place += 30 + 6.6 * len(name)
    return parts


def _curve(line, colour, across, up):
    places = [(across.place(x), up.place(y)) for x, y in line]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"/>',
            *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places)]


@dataclass
class Axis:
    low: float
    high: float
    start: float
    end: float

    def place(self, number):
        share = (math.log10(number) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """Powers of ten; with halves and fifths of them where there are few."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        factors = (1, 2, 5) if self.high / self.low < 100 else (1,)
        numbers = [factor * 10.0**power for power in range(first, last + 1) for factor in factors]
        return [(number, self.place(number)) for number in numbers if self.low * 0.999 <= number <= self.high * 1.001]


def _axis(numbers, start, end):
    """With some room at both ends."""
    low, high = min(numbers), max(numbers)
    room = max((high / low) ** 0.08, 1.15)
    return Axis(low / room, high * room, start, end)


def _line(x1, y1, x2, y2): return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{GRID}"/>'


def _text(x, y, text, anchor="start", size=12, weight="normal"):
    style = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def short(number):
    """1,000 as 1k, a million as 1M."""
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if number >= unit: return f"{number / unit:g}{name}"
    return f"{number:g}"
