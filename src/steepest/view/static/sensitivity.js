/* Learning-rate sensitivity: one line per optimiser over a logarithmic learning rate, what diverged marked below. */
(function () {
  "use strict";
  const { Steepest, Plot } = window;
  const { t } = Steepest;
  const data = Steepest.data.sensitivity;
  const share = Steepest.isShare(data.metric);
  const hidden = new Set();
  const every = data.series.flatMap((s) => s.points);
  const values = every.flatMap((p) => [p.low, p.mean, p.high]).filter((v) => v !== null);
  const positive = values.every((v) => v > 0);
  let scale = share ? "error" : data.higher || !positive ? "linear" : "log";

  function yAxis(room) {
    if (scale === "error") return Steepest.errorAxis(values, room, 22);
    if (scale === "log") return Steepest.logAxis(values, room, 22, String, 1.1);
    return Steepest.linearAxis(values, share);
  }

  function describe(name, p) {
    const lines = [name, `${t("axis.rate").replace(/[（(].*/, "").trim()} ${Steepest.rate(p.rate)}`,
      `${Steepest.metricName(data.metric)} ${Steepest.metric(data.metric, p.mean)}`];
    if (p.n > 1) lines.push(t("tip.range", { low: Steepest.metric(data.metric, p.low), high: Steepest.metric(data.metric, p.high) }));
    lines.push(t("tip.seeds", { n: p.n, total: p.total }));
    if (p.diverged) lines.push(t("tip.diverged", { n: p.diverged, total: p.total }));
    const setting = Steepest.data.settings[p.configuration];
    if (data.others && setting) lines.push(setting);
    return lines.join("\n");
  }

  Steepest.frame("sensitivity", (width, redraw) => {
    const shown = data.series.filter((s) => !hidden.has(s.name) && s.points.length);
    const failing = shown.filter((s) => s.points.some((p) => p.diverged));
    const lane = failing.length > 8 ? 8 : 12;
    const strip = failing.length ? failing.length * lane + 14 : 0;
    const labelled = width > 700 && shown.length <= 10;
    const marginBottom = 44 + strip;
    const height = Math.round(Math.max(280, Math.min(460, width * 0.5))) + strip;
    const marginRight = labelled ? 96 : 14;
    const y = yAxis(height - marginBottom - 30);
    const x = Steepest.logAxis(every.map((p) => p.rate), width - 52 - marginRight, 56, Steepest.rate, 1.2);
    const rule = { stroke: "var(--rule)", strokeOpacity: 1 };
    const marks = [Plot.gridX({ ...rule, ticks: x.ticks }), Plot.gridY({ ...rule, ticks: y.ticks })];
    const target = Steepest.data.target;
    if (target && target.metric.replace("test_", "validation_") === data.metric.replace("test_", "validation_") && y.at(target.value) > y.domain[0] && y.at(target.value) < y.domain[1]) {
      marks.push(Plot.ruleY([y.at(target.value)], { stroke: "var(--faint)", strokeDasharray: "2 4" }),
        Plot.text([0], { y: () => y.at(target.value), frameAnchor: "left", text: () => t("target", { value: Steepest.metric(target.metric, target.value) }),
          dy: -7, dx: 4, textAnchor: "start", fill: "var(--faint)" }));
    }
    for (const s of shown) {
      const look = Steepest.look(s.name);
      const inBand = s.points.filter((p) => p.n > 1);
      marks.push(Plot.areaY(inBand.length ? s.points : [], { x: (p) => x.at(p.rate), y1: (p) => (p.low === null ? NaN : y.at(p.low)), y2: (p) => (p.high === null ? NaN : y.at(p.high)),
        fill: look.stroke, fillOpacity: 0.14, curve: "monotone-x" }));
      marks.push(Plot.lineY(s.points, { x: (p) => x.at(p.rate), y: (p) => (p.mean === null ? NaN : y.at(p.mean)), stroke: look.stroke,
        strokeWidth: 2, strokeDasharray: look.dash, curve: "monotone-x" }));
    }
    for (const s of shown) {
      const look = Steepest.look(s.name);
      const known = s.points.filter((p) => p.mean !== null);
      const at = { x: (p) => x.at(p.rate), y: (p) => y.at(p.mean) };
      marks.push(Plot.dot(known, { ...at, r: 3.4, fill: look.stroke, symbol: look.symbol, stroke: "var(--paper)", strokeWidth: 1 }));
      marks.push(Plot.dot(known.filter((p) => String(p.configuration) === String(s.best)), { ...at, r: 8, stroke: look.stroke, strokeWidth: 1.6 }));
    }
    failing.forEach((s, row) => {
      marks.push(Plot.dot(s.points.filter((p) => p.diverged), { x: (p) => x.at(p.rate), frameAnchor: "bottom", dy: 36 + row * lane, symbol: "times", r: lane > 8 ? 3.6 : 2.8,
        stroke: Steepest.look(s.name).stroke, strokeWidth: 1.8, strokeOpacity: (p) => (p.diverged === p.total ? 1 : 0.45), clip: false }));
    });
    const points = shown.flatMap((s) => s.points.filter((p) => p.mean !== null).map((p) => ({ ...p, name: s.name })));
    marks.push(Plot.tip(points, Plot.pointer({ x: (p) => x.at(p.rate), y: (p) => y.at(p.mean), title: (p) => describe(p.name, p), maxRadius: 30, ...Steepest.tip })));
    const figure = Steepest.figure({
      clientWidth: width, height, marginBottom, marginLeft: 52, marginTop: 30, marginRight,
      x: { domain: x.domain, ticks: x.ticks, tickFormat: x.format, label: `${t("axis.rate")} →`, labelOffset: 38 + strip },
      y: { domain: y.domain, ticks: y.ticks, tickFormat: y.format, label: `↑ ${Steepest.metricName(data.metric)}` },
      marks, ariaLabel: t("chart.sensitivity", { metric: Steepest.metricName(data.metric) }),
    });
    figure.setAttribute("role", "img");
    if (labelled) {
      const [left, top] = [figure.scale("x"), figure.scale("y")];
      Steepest.endLabels(figure, shown.filter((s) => s.points.some((p) => p.mean !== null)).map((s) => {
        const last = s.points.filter((p) => p.mean !== null).at(-1);
        return { name: s.name, x: left.apply(x.at(last.rate)), y: top.apply(y.at(last.mean)), look: Steepest.look(s.name) };
      }), 34, height - marginBottom);
    }
    const controls = Steepest.element("div", { className: "controls" },
      Steepest.legend(data.series.map((s) => ({ name: s.name, look: Steepest.look(s.name) })), hidden, redraw));
    const scales = share ? [["error", t("scale.error")], ["linear", t("scale.linear")]] : positive ? [["log", t("scale.log")], ["linear", t("scale.linear")]] : [];
    if (scales.length) {
      controls.append(Steepest.choice(t("scale"), scales, scale, (chosen) => {
        scale = chosen;
        redraw();
      }));
    }
    return [controls, figure];
  });
})();
