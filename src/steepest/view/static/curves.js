/* Loss and accuracy against the training step, with seed bands: the best setting of each optimiser, or all of one. */
(function () {
  "use strict";
  const { Steepest, Plot } = window;
  const { t } = Steepest;
  const { metrics } = Steepest.data.curves;
  const { groups, rates, settings } = Steepest.data;
  const hidden = new Set();
  let chosen = ""; // "" is the best setting of each
  const MOST_BANDS = 8;

  function lines() {
    if (chosen === "") {
      return groups.filter((g) => g.best !== null && g.best !== undefined)
        .map((g) => ({ name: g.name, configuration: String(g.best), look: Steepest.look(g.name), detail: settings[g.best] }));
    }
    const group = groups.find((g) => g.name === chosen);
    const inOrder = group.members.map(String).sort((a, b) => (rates[a] ?? 0) - (rates[b] ?? 0) || settings[a].localeCompare(settings[b]));
    return inOrder.map((c, i) => ({
      name: settings[c] || group.name, configuration: c, detail: "",
      look: { stroke: Steepest.ramp(i, inOrder.length), dash: null, symbol: null },
    }));
  }

  function chart(metric, drawn, width) {
    const loss = Steepest.isLower(metric);
    const known = drawn.filter((line) => metrics[metric][line.configuration]);
    const rows = known.map((line) => ({ ...line, ...metrics[metric][line.configuration] }));
    const values = rows.flatMap((row) => row.band.flatMap((p) => [p[2], p[3]]));
    const log = loss && values.every((v) => v > 0) && Math.max(...values) / Math.min(...values) > 5;
    const share = Steepest.isShare(metric);
    const labelled = width > 560 && rows.length <= 8 && chosen === "";
    const title = Steepest.element("h3", {}, Steepest.metricName(metric));
    if (!rows.length) return Steepest.element("div", {}, title, Steepest.element("p", { className: "none" }, t("curves.empty")));
    const height = Math.round(Math.max(230, Math.min(330, width * 0.56)));
    const room = height - 54;
    const y = share ? Steepest.errorAxis(values, room, 24) : log ? Steepest.logAxis(values, room, 24, String, 1.05) : Steepest.linearAxis(values, false);
    const rule = { stroke: "var(--rule)", strokeOpacity: 1 };
    const marks = [Plot.gridX(rule), Plot.gridY({ ...rule, ticks: y.ticks ?? 5 })];
    const target = Steepest.data.target;
    const aimed = target && y.at(target.value) > y.domain[0] && y.at(target.value) < y.domain[1];
    if (aimed && target.metric.replace("test_", "validation_") === metric) {
      marks.push(Plot.ruleY([y.at(target.value)], { stroke: "var(--faint)", strokeDasharray: "2 4" }));
    }
    for (const row of rows) {
      const width2 = rows.length > 20 ? 1.1 : 1.9;
      if (rows.length <= MOST_BANDS) marks.push(Plot.areaY(row.band, { x: "0", y1: (p) => y.at(p[2]), y2: (p) => y.at(p[3]), fill: row.look.stroke, fillOpacity: 0.14 }));
      marks.push(Plot.lineY(row.band, { x: "0", y: (p) => y.at(p[1]), stroke: row.look.stroke, strokeWidth: width2, strokeDasharray: row.look.dash }));
      if (row.band.length === 1) marks.push(Plot.dot(row.band, { x: "0", y: (p) => y.at(p[1]), fill: row.look.stroke, r: 3 }));
      marks.push(Plot.dot(row.ends, { x: "0", y: (p) => y.at(p[1]), symbol: "times", r: 4, stroke: row.look.stroke, strokeWidth: 2 }));
    }
    const points = rows.flatMap((row) => row.band.map((p) => ({ p, row })));
    marks.push(Plot.tip(points, Plot.pointer({
      x: (d) => d.p[0], y: (d) => y.at(d.p[1]), maxRadius: 24, ...Steepest.tip,
      title: (d) => [d.row.name, d.row.detail, `${t("curves.step")} ${Steepest.whole(d.p[0])}`, `${Steepest.metricName(metric)} ${Steepest.metric(metric, d.p[1])}`,
        d.p[4] > 1 ? t("tip.range", { low: Steepest.metric(metric, d.p[2]), high: Steepest.metric(metric, d.p[3]) }) : ""].filter(Boolean).join("\n"),
    })));
    const right = labelled ? 104 : 16;
    const figure = Steepest.figure({
      clientWidth: width, height, marginLeft: 48, marginTop: 16, marginBottom: 38, marginRight: right,
      x: { label: `${t("curves.step")} →`, ticks: Math.max(3, width / 110), nice: false, tickFormat: Steepest.whole },
      y: { domain: y.domain, ticks: y.ticks ?? 5, tickFormat: y.format, label: null },
      marks, ariaLabel: t("chart.curve", { metric: Steepest.metricName(metric) }),
    });
    figure.setAttribute("role", "img");
    if (labelled) {
      const [left, top] = [figure.scale("x"), figure.scale("y")];
      Steepest.endLabels(figure, rows.map((row) => {
        const last = row.band.at(-1);
        return { name: row.name, x: left.apply(last[0]), y: top.apply(y.at(last[1])), look: row.look };
      }), 18, height - 38);
    }
    return Steepest.element("div", {}, title, figure);
  }

  Steepest.frame("curves", (width, redraw) => {
    const all = lines();
    const drawn = all.filter((line) => !hidden.has(line.name));
    const names = Object.keys(metrics).sort((a, b) => order(a) - order(b));
    const most = width > 900 ? 3 : width > 620 ? 2 : 1;
    const columns = names.length === 4 ? Math.min(most, 2) : Math.min(most, names.length);
    const each = Math.floor((width - 32 * (columns - 1)) / columns);
    const controls = Steepest.element("div", { className: "controls" });
    const options = [["", t("curves.best")], ...groups.map((g) => [g.name, t("curves.all", { name: g.name })])];
    controls.append(Steepest.select(t("curves.show"), options, chosen, (value) => {
      chosen = value;
      hidden.clear();
      redraw();
    }));
    if (all.length <= 40) controls.append(Steepest.legend(all.map((line) => ({ name: line.name, look: line.look })), hidden, redraw));
    const grid = Steepest.element("div", { className: "grid" }, ...names.map((name) => chart(name, drawn, each)));
    grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    const steps = Steepest.data.stepsPerEpoch;
    const epoch = steps ? [Steepest.element("p", { className: "note" }, t("curves.epoch", { n: Steepest.whole(steps) }))] : [];
    return [controls, grid, ...epoch];
  });

  function order(name) {
    return (name.startsWith("train") ? 0 : 1) + (Steepest.isLower(name) ? 0 : 2);
  }
})();
