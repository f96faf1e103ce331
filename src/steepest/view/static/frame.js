/* Where a chart lives: redrawn when its box or the language changes, keeping the focus where it was. */
(function () {
  "use strict";
  const { Steepest } = window;

  /* draw(width, redraw) → nodes to show. Nothing happens when the page has no such chart. */
  Steepest.frame = (name, draw) => {
    const box = document.querySelector(`[data-chart="${name}"]`);
    if (!box) return;
    let width = 0;
    let waiting = 0;

    function redraw() {
      const active = box.contains(document.activeElement) ? document.activeElement : null;
      const index = active ? [...box.querySelectorAll("button, select")].indexOf(active) : -1;
      box.replaceChildren(...draw(width, redraw));
      if (index >= 0) box.querySelectorAll("button, select")[index]?.focus();
    }

    function measure() {
      const now = Math.floor(box.clientWidth);
      if (now === width || now === 0) return;
      width = now;
      redraw();
    }
    measure();
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(measure);
    }).observe(box);
    Steepest.onLanguage(redraw);
  };

  /* Labels at the right end of lines, moved apart so that none covers another. ends: [{name, y}], in pixels. */
  Steepest.spread = (ends, low, high, gap) => {
    const sorted = ends.map((end) => ({ ...end, at: end.y })).sort((a, b) => a.y - b.y);
    for (let i = 1; i < sorted.length; i += 1) sorted[i].at = Math.max(sorted[i].at, sorted[i - 1].at + gap);
    let floor = high;
    for (let i = sorted.length - 1; i >= 0; i -= 1) {
      sorted[i].at = Math.min(sorted[i].at, floor);
      floor = sorted[i].at - gap;
    }
    let top = low;
    for (const end of sorted) {
      end.at = Math.max(end.at, top);
      top = end.at + gap;
    }
    return sorted;
  };

  /* Names lines of a Plot figure where they end, apart from each other when they end together. ends: [{name, x, y, look}]. */
  Steepest.endLabels = (svg, ends, low, high) => {
    const space = "http://www.w3.org/2000/svg";
    const group = document.createElementNS(space, "g");
    group.setAttribute("aria-hidden", "true");
    const columns = new Map();
    for (const end of ends) columns.set(Math.round(end.x / 40), [...(columns.get(Math.round(end.x / 40)) || []), end]);
    for (const end of [...columns.values()].flatMap((column) => Steepest.spread(column, low, high, 15))) {
      const text = document.createElementNS(space, "text");
      text.setAttribute("x", end.x + 12);
      text.setAttribute("y", end.at);
      text.setAttribute("dy", "0.32em");
      text.setAttribute("class", "end");
      text.style.fill = end.look.stroke;
      text.textContent = end.name.length > 13 ? `${end.name.slice(0, 12)}…` : end.name;
      group.append(text);
    }
    svg.append(group);
  };
})();
