/* Time to target: a row per optimiser, a dot per run, a bar at the median of its best setting. */
(function () {
  "use strict";
  const { Steepest, Plot } = window;
  const { t } = Steepest;
  const data = Steepest.data.times;
  const dots = data.rows.flatMap((row) => row.dots.map((dot) => ({ ...dot, name: row.name })));
  let unit = dots.some((dot) => dot.seconds !== null) ? "seconds" : "steps";

  Steepest.frame("times", (width, redraw) => {
    const shown = dots.filter((dot) => dot[unit] !== null);
    const reach = (row) => (row.best && row.best.reached ? row.best[unit] ?? Infinity : Infinity);
    const rows = [...data.rows].sort((a, b) => reach(a) - reach(b));
    const most = Math.max(...shown.map((dot) => dot[unit]));
    const marginLeft = Math.min(width * 0.32, 30 + 7 * Math.max(...rows.map((row) => Math.min(row.name.length, 16))));
    const text = (value) => (unit === "seconds" ? Steepest.seconds(value) : t("steps", { n: Steepest.whole(value) }));
    const late = rows.filter((row) => reach(row) === Infinity);
    const marks = [Plot.gridX({ stroke: "var(--rule)", strokeOpacity: 1 }), Plot.ruleY(rows, { y: "name", stroke: "var(--rule)", strokeDasharray: "1 3" })];
    for (const row of rows) {
      const { stroke, symbol } = Steepest.look(row.name);
      const own = shown.filter((dot) => dot.name === row.name);
      marks.push(Plot.dot(own.filter((dot) => !dot.best), { x: unit, y: "name", r: 2.4, fill: stroke, fillOpacity: 0.35, dy: 7 }));
      marks.push(Plot.dot(own.filter((dot) => dot.best), { x: unit, y: "name", r: 5, fill: stroke, symbol, stroke: "var(--paper)", strokeWidth: 1, dy: -4 }));
      if (reach(row) < Infinity) marks.push(Plot.tickX([row], { x: () => reach(row), y: "name", stroke, strokeWidth: 2.5, insetTop: 2, insetBottom: 10 }));
    }
    marks.push(Plot.text(late, { y: "name", frameAnchor: "left", textAnchor: "start", dx: 8, dy: -4, text: () => t("times.never"), fill: "var(--faint)" }));
    marks.push(Plot.tip(shown, Plot.pointer({
      x: unit, y: "name", maxRadius: 24, ...Steepest.tip,
      title: (dot) => [dot.name, Steepest.data.settings[dot.configuration], text(dot[unit]), t("tip.seed", { n: dot.seed })].filter(Boolean).join("\n"),
    })));
    const figure = Steepest.figure({
      clientWidth: width, height: 64 + rows.length * 40, marginLeft, marginRight: 22, marginBottom: 42, marginTop: 8,
      x: { domain: [0, most * 1.03], label: `${t(`axis.${unit}`)} →`, ticks: Math.max(3, width / 120), tickFormat: unit === "steps" ? Steepest.whole : undefined },
      y: { domain: rows.map((row) => row.name), label: null, tickSize: 0, tickFormat: (name) => (name.length > 16 ? `${name.slice(0, 15)}…` : name) },
      marks, ariaLabel: t("chart.times"),
    });
    figure.setAttribute("role", "img");
    const options = [["seconds", t("times.seconds")], ["steps", t("times.steps")]].filter(([name]) => dots.some((dot) => dot[name] !== null));
    const controls = Steepest.element("div", { className: "controls" }, Steepest.choice(t("times.axis"), options, unit, (value) => {
      unit = value;
      redraw();
    }));
    return [controls, figure];
  });
})();
