"""The colours of the style sheet, and that a drawn figure's can be told apart and read."""

from itertools import combinations

from steepest.view.palette import COLOURS, palette


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def test_both_themes_have_every_colour_and_differ() -> None:
    light, dark = palette(), palette("dark")
    assert light.keys() == dark.keys() >= {f"c{i}" for i in range(COLOURS)} | {"ink", "paper", "soft", "rule"}
    assert all(light[name] != dark[name] for name in light)


def test_series_stand_out_from_paper_and_screen() -> None:
    for theme in ("light", "dark"):
        paper = luminance(palette(theme)["paper"])
        for i in range(COLOURS):
            pair = sorted((paper, luminance(palette(theme)[f"c{i}"])))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, "WCAG's contrast of graphics"


def test_the_first_four_series_differ_for_a_reader_without_green() -> None:
    # Viénot, Brettel and Mollon 1999, deuteranopia in linear RGB
    matrix = ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))
    seen = [
        [sum(m * p for m, p in zip(row, linear(palette()[f"c{i}"]), strict=True)) for row in matrix] for i in range(4)
    ]
    for a, b in combinations(seen, 2):
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) > 0.01
