/* The loss plane: contours of the loss, each run's path over them from a ring to a filled mark. */
(function () {
  "use strict";
  const { Steepest, Plot } = window;
  const { t } = Steepest;
  const { groups, plane } = Steepest.data;
  const { x, y, loss, lifted, paths } = plane;
  const hidden = new Set();
  const LEVELS = 18;
  const levels = Array.from({ length: LEVELS }, (_, i) => (i + 0.5) / LEVELS);
  const tints = Array.from({ length: LEVELS + 1 }, (_, i) => `color-mix(in oklab, var(--soft) ${Math.round(2 + (40 * i) / LEVELS)}%, var(--paper))`);
  const [dx, dy] = [(x[1] - x[0]) / 2, (y[1] - y[0]) / 2];
  const box = { x1: x[0] - dx, x2: x.at(-1) + dx, y1: y[0] - dy, y2: y.at(-1) + dy };
  const cells = loss.flatMap((row, j) => row.map((value, i) => ({ x: x[i], y: y[j], value })));
  const number = (value) => (value === null ? "–" : String(Number(value.toPrecision(4))));

  Steepest.frame("plane", (width, redraw) => {
    const drawn = paths.map((path, i) => ({ ...path, name: groups[i].name })).filter((path) => !hidden.has(path.name));
    const margins = { marginLeft: 46, marginRight: 14, marginTop: 14, marginBottom: 40 };
    const inner = width - margins.marginLeft - margins.marginRight;
    const height = Math.round(Math.min(Math.max((inner * (y.at(-1) - y[0])) / (x.at(-1) - x[0]), 260), 680)) + 54;
    const values = lifted.flat().map((value) => value ?? NaN);
    const marks = [
      Plot.contour(values, { clip: true, width: x.length, height: y.length, ...box, fill: Plot.identity, thresholds: levels, stroke: "var(--faint)", strokeOpacity: 0.55, strokeWidth: 0.6 }),
    ];
    for (const path of drawn) {
      const { stroke, symbol, dash } = Steepest.look(path.name);
      const points = path.x.map((value, i) => [value, path.y[i]]);
      marks.push(Plot.line(points, { stroke: "var(--paper)", strokeWidth: 4, strokeOpacity: 0.7, strokeLinejoin: "round" }));
      marks.push(Plot.line(points, { stroke, strokeWidth: 2, strokeDasharray: dash, strokeLinejoin: "round" }));
      marks.push(Plot.dot(points.slice(1, -1), { fill: stroke, r: 1.8 }));
      marks.push(Plot.dot(points.slice(0, 1), { fill: "var(--paper)", stroke, strokeWidth: 2, r: 4.5 }));
      marks.push(Plot.dot(points.slice(-1), { fill: stroke, stroke: "var(--paper)", strokeWidth: 1.2, symbol, r: 6 }));
    }
    const stops = drawn.flatMap((path) => path.x.map((value, i) => ({ x: value, y: path.y[i], name: path.name, step: path.steps[i] })));
    marks.push(Plot.tip([...stops, ...cells], Plot.pointer({
      x: "x", y: "y", maxRadius: 16, ...Steepest.tip,
      title: (d) => (d.name ? `${d.name}\n${t("plane.tip.step", { n: Steepest.whole(d.step) })}` : t("plane.tip.loss", { value: number(d.value) })),
    })));
    const figure = Steepest.figure({
      clientWidth: width, height, ...margins,
      x: { domain: [x[0], x.at(-1)], label: `${t("plane.x")} →`, ticks: Math.max(3, width / 110) },
      y: { domain: [y[0], y.at(-1)], label: `↑ ${t("plane.y")}`, ticks: Math.max(3, height / 70) },
      color: { type: "threshold", domain: levels, range: tints },
      marks, ariaLabel: t("chart.plane"),
    });
    figure.setAttribute("role", "img");
    const entries = groups.map(({ name }) => ({ name, look: Steepest.look(name) }));
    const controls = Steepest.element("div", { className: "controls" }, Steepest.legend(entries, hidden, redraw));
    return [controls, figure];
  });
})();
