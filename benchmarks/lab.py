"""The lab in a real browser: how soon a page is open and a moved slider drawn, how many frames a second; a loss plane.

    python -m benchmarks.lab [--rounds 5] [--moves 60]      prints the table, writes benchmarks/results/lab.md

The folder of races holds one race of 42 runs. Cold: a server that has just begun to listen and a browser that has
nothing in its cache; from the start of the navigation until the page is whole (texts, controls, pictures that need no
JAX). A move: from the slider's event until the frame after its drawing, the question to the lab and its answer
included. Frames: eight optimisers playing.
"""

from __future__ import annotations

import argparse
import atexit
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from shutil import rmtree
from typing import Any

import steepest
from benchmarks.machine import describe, versions
from benchmarks.quiet import settle
from steepest.course import CHAPTERS, chapter, figure
from steepest.course.blocks import FigureBlock
from tests.browser import Browser

RESULTS = Path(__file__).parent / "results" / "lab.md"
PAGES = ("/course", "/course/{id}", "/surfaces", "/race", "/digits")
EIGHT = "sgd momentum nesterov adagrad rmsprop adam nadam lion".split()
RATES = {"sgd": 0.002, "momentum": 0.002, "nesterov": 0.002}

MOVE = """
const [box, slider, moves] = [document.querySelector(arguments[0]), document.querySelector(arguments[1]), arguments[2]];
const drawn = () => new Promise((done) => {
  const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(() => done()); });
  watch.observe(box, { attributes: true, attributeFilter: ["data-drawn"] });
});
const [low, high] = [Number(slider.min), Number(slider.max)];
const step = slider.step === "any" ? 0 : Number(slider.step);
return (async () => {
  const times = [];
  for (let i = 0; i < moves; i += 1) {
    const before = slider.value;
    slider.value = String(low + (high - low) * (0.3 + 0.4 * ((i * 0.618) % 1)));
    if (slider.value === before) slider.value = String(Math.min(high, Number(before) + step));
    const begun = performance.now();
    const wait = drawn();
    slider.dispatchEvent(new Event("input"));
    await wait;
    times.push(performance.now() - begun);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
})();
"""
FRAMES = """
return new Promise((done) => {
  document.querySelector("button.first").click();
  document.querySelector("button.play").click();
  const at = [];
  const frame = (now) => { at.push(now); if (now - at[0] < 3000) requestAnimationFrame(frame); else done(at); };
  requestAnimationFrame(frame);
});
"""


@cache
def stored() -> Path:
    """A folder with one race, made once."""
    races = Path(tempfile.mkdtemp(prefix="steepest-lab-"))
    atexit.register(rmtree, races, ignore_errors=True)
    steepest.race("digits-mlp", ["sgd", "momentum", "adam"], lr="1e-4..1:7", seeds=2, epochs=3, out=races / "one")
    return races


@contextmanager
def served() -> Iterator[str]:
    """A lab of its own in another process, just begun; its address."""
    with tempfile.TemporaryDirectory(prefix="steepest-lab-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "steepest", "lab", "--no-browser", "--races", str(stored())],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "STEEPEST_HOME": folder},
        )
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split()[2].rstrip("/")
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser with an empty profile."""
    made = Browser()
    made.size(1280, 900)
    made.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    try:
        yield made
    finally:
        made.close()


def until(browser: Browser, condition: str, seconds: float = 60.0) -> Any:
    """The value of `condition` once it is true."""
    end = time.monotonic() + seconds
    while not (value := browser.run(f"return {condition}")):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        time.sleep(0.05)
    return value


def cold(browser: Browser, path: str) -> float:
    """Milliseconds from the navigation until the page at `path` is whole; the browser has nothing kept."""
    with served() as root:
        browser.cdp("Network.clearBrowserCache")
        browser.open(root + path)
        until(browser, "document.documentElement.dataset.ready")
        return float(browser.run("return performance.getEntriesByName('ready')[0].startTime"))


def figures() -> list[tuple[str, str]]:
    """(chapter, figure) of every figure that follows its slider."""
    found = {}
    for id in CHAPTERS:
        for block in chapter(id, "en").blocks:
            if not isinstance(block, FigureBlock) or figure(block.name).seconds:
                continue
            if any(c.kind == "range" and c.name not in block.fixed for c in figure(block.name).controls):
                found.setdefault(block.name, id)
    return [(id, name) for name, id in found.items()]


def row(what: str, times: list[float], unit: str = "ms") -> str:
    """Median, fifth-best and fifth-worst of a hundred, how many."""
    cut = statistics.quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return f"| {what} | {statistics.median(times):.0f} {unit} | {cut[0]:.0f} … {cut[-1]:.0f} {unit} | {len(times)} |"


def measured(rounds: int, moves: int) -> Iterator[str]:
    """The lines of the table, as they come."""
    with browsing() as browser:
        cold(browser, "/course")  # the browser itself has begun
        for page in PAGES:
            path = page.format(id=CHAPTERS[-1])
            yield row(f"opening `{path}`, cold", [cold(browser, path) for _ in range(rounds)])
    with browsing() as browser, served() as root:
        entries = "&".join(f"o={name}:learning_rate={RATES.get(name, 0.05)}" for name in EIGHT)
        browser.open(f"{root}/surfaces?surface=rosenbrock&steps=600&{entries}")
        until(browser, "document.querySelector('.stage')?.dataset.drawn")
        for name, selector in (("a learning rate", ".entry .slider input"), ("the steps", ".settings .slider input")):
            browser.run(MOVE, ".stage", selector, 5)
            times = browser.run(MOVE, ".stage", selector, moves)
            yield row(f"surfaces, eight optimisers: {name} moves, drawn", times)
        at = browser.run(FRAMES)
        yield row("surfaces, eight optimisers playing: a frame", [b - a for a, b in pairwise(at)])
        for id, name in figures():
            browser.open(f"{root}/course/{id}")
            box = f"[data-figure={name}] .chart"
            until(browser, f"document.querySelector('{box}')")
            browser.run("document.querySelector(arguments[0]).scrollIntoView()", box)
            until(browser, f"document.querySelector('{box}').dataset.drawn")
            slider = f"[data-figure={name}] input[type=range]"
            browser.run(MOVE, box, slider, 3)
            yield row(
                f"figure `{name}`: its first slider moves, drawn", browser.run(MOVE, box, slider, max(5, moves // 3))
            )


def planes(rounds: int) -> Iterator[str]:
    """The loss plane of a race of two runs of mnist-mlp, an epoch each."""
    with tempfile.TemporaryDirectory(prefix="steepest-lab-") as folder:
        steepest.race("mnist-mlp", ["sgd:learning_rate=0.1", "adam"], seeds=1, epochs=1, out=Path(folder) / "race")
        drawn = [steepest.loss_plane(Path(folder) / "race") for _ in range(rounds)]
    yield row("loss plane of `mnist-mlp`, 51 × 51 losses of 1 000 samples", [1e3 * one.grid_s for one in drawn])
    yield row("the same, two runs of an epoch made once more included", [1e3 * one.seconds for one in drawn])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--moves", type=int, default=60)
    given = parser.parse_args()
    load = settle(30)
    machine, found = describe(), versions(sys.executable)
    lines = [
        f"The lab in headless Chromium, without a GPU. {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['system']}, Python {found['python']}, JAX {found['jax']}; load average {load:.2f} at the start.",
        "",
        "| what | median | 5 … 95 % | n |",
        "|---|---|---|---|",
    ]
    for line in chain(measured(given.rounds, given.moves), planes(given.rounds)):
        lines.append(line)
        print(line, flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
