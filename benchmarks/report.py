"""Figures and the bounds that they are held to, as a table."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured; it holds while it is at most ``bound``."""

    name: str
    value: float
    bound: float
    unit: str = ""  # "": a ratio or a count
    remark: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.bound


def conclude(figures: Sequence[Figure]) -> None:
    """Print the figures and end the command, with 1 where one does not hold."""
    width = max(len(figure.name) for figure in figures)
    print(f"{'figure':<{width}}  {'measured':>12}  {'at most':>12}")
    for figure in figures:
        said = f"{number(figure.value, figure.unit):>12}  {number(figure.bound, figure.unit):>12}"
        verdict = "holds" if figure.holds else "FAILS"
        print(f"{figure.name:<{width}}  {said}  {verdict}  {figure.remark}".rstrip())
    sys.exit(any(not figure.holds for figure in figures))


def number(value: float, unit: str) -> str:
    said = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    return f"{said} {unit}".rstrip()
