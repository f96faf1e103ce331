/* A chart of the figure contract (see view/chart.py): panels side by side, a shared legend, facts, a note. */
import { make } from "../dom.js";
import { short } from "../format.js";
import { say, t } from "../words.js";
import { extent, placed, scale } from "./axes.js";
import { swatch } from "./colours.js";
import { marks } from "./marks.js";
import { Plot } from "./vendor.js";
import { replay } from "./walks.js";

const NARROWEST = 270; // pixels of a panel
const TIP = { fill: "var(--raised)", stroke: "var(--rule)", fontSize: 12, lineHeight: 1.35, textPadding: 9, pathFilter: "none" };
const FLAT = ["image", "bars"]; // need no grid of rules in both directions

/* The values that lie on an axis, list by list. */
function values(panel, which) {
  const axis = panel[which];
  const found = [];
  for (const mark of panel.marks) {
    const names = which === "y" && mark.kind === "band" ? ["low", "high"] : [which];
    for (const name of names) if (mark[name] !== undefined && axis.type !== "point") found.push(placed([].concat(mark[name]), axis).filter((v) => !Number.isNaN(+v)));
    if (which === "y" && mark.kind === "bars") found.push([0]);
  }
  return found;
}

function size(panel, width, alone) {
  if (panel.marks.some((mark) => mark.kind === "image")) {
    const { pixels } = panel.marks.find((mark) => mark.kind === "image");
    const wide = Math.min(width, 240);
    return [wide, Math.round((wide * pixels.length) / pixels[0].length)];
  }
  if (panel.equal) {
    const [x, y] = ["x", "y"].map((name) => panel[name].domain ?? extent(values(panel, name)));
    const ratio = (y[1] - y[0]) / (x[1] - x[0]) || 1;
    const wide = Math.min(width, (alone ? 560 : 460) / Math.min(1, Math.max(0.4, ratio)));
    return [wide, Math.round(Math.max(160, Math.min(560, (wide - 60) * ratio + 56)))];
  }
  const share = alone ? 0.5 : 0.66;
  return [width, Math.round(Math.max(220, Math.min(alone ? 400 : 310, width * share)))];
}

function tip(panel) {
  const rows = panel.marks.filter((mark) => ["line", "dots", "path"].includes(mark.kind) && !mark.faint).flatMap((mark) => {
    const [x, y] = [placed(mark.x, panel.x), placed(mark.y, panel.y)];
    return x.map((value, i) => ({ x: value, y: y[i], mark, i }));
  });
  if (!rows.length) return [];
  const told = (axis, value) => (axis.type === "time" ? value.toISOString().slice(0, 10) : short(value, 4));
  const title = (d) => [say(d.mark.name), `${say(panel.x.label)}: ${told(panel.x, d.x)}`, `${say(panel.y.label)}: ${told(panel.y, d.y)}`].filter(Boolean).join("\n");
  return [Plot.tip(rows, Plot.pointer({ x: "x", y: "y", maxRadius: 28, title, ...TIP }))];
}

/* The label of the vertical axis, unless the title says it already. */
const heading = (panel) => (say(panel.y.label) === say(panel.title) ? null : say(panel.y.label) || null);

function figure(panel, width, alone, tips) {
  const [wide, high] = size(panel, width, alone);
  const { drawn, color, order } = marks(panel);
  const kinds = panel.marks.map((mark) => mark.kind);
  const picture = kinds.includes("image");
  const grouped = kinds.filter((kind) => kind === "bars").length > 1;
  const rules = { stroke: "var(--rule)", strokeOpacity: 1 };
  const fielded = kinds.includes("contours") || kinds.includes("regions");
  const bare = kinds.includes("labels"); // a drawing, without axes
  const labelled = bare ? null : heading(panel);
  const failing = 9 * kinds.filter((kind) => kind === "failures").length;
  const margins = picture ? { margin: 2 } : { marginLeft: 52, marginTop: (labelled ? 24 : 12) + failing, marginBottom: 40, marginRight: 14 };
  const [x, y] = [scale(panel.x, values(panel, "x"), wide - 66, false), scale(panel.y, values(panel, "y"), high - 62, true)];
  const svg = Plot.plot({
    width: wide, height: high + failing, ...margins, color,
    style: { background: "transparent", fontSize: "12px", fontFamily: "inherit", color: "var(--ink)", overflow: "visible" },
    x: picture ? { axis: null } : bare ? { ...x, axis: null } : grouped ? { axis: null, type: "band", paddingInner: 0.05 } : kinds.includes("bars") ? { ...x, type: "band", ...order, tickFormat: undefined, ticks: undefined } : x,
    y: picture ? { axis: null, reverse: true } : bare ? { ...y, axis: null } : { ...y, labelAnchor: "top", label: labelled },
    ...(grouped ? { fx: { label: x.label, axis: "bottom", padding: 0.18, ...order } } : {}),
    marks: [
      ...(fielded || picture || bare ? [] : [Plot.gridY({ ...rules, ticks: y.ticks }), ...(kinds.some((kind) => FLAT.includes(kind)) ? [] : [Plot.gridX({ ...rules, ticks: x.ticks })])]),
      ...drawn,
      ...(tips ? tip(panel) : []),
    ],
    clip: false,
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", [say(panel.title), `${say(panel.y.label)} / ${say(panel.x.label)}`].filter(Boolean).join(": "));
  return svg;
}

/* One entry for each series that has a name, whatever panels it is in. */
function legend(chart) {
  const seen = new Map();
  for (const mark of chart.panels.flatMap((panel) => panel.marks)) {
    if (mark.name && mark.kind !== "rule" && mark.series !== undefined) seen.set(`${mark.series} ${say(mark.name)}`, mark);
  }
  if (seen.size < 2) return null;
  const entries = [...seen.values()].map((mark) => make("span", { className: "entry" }, swatch(mark.series, mark.dashed), say(mark.name)));
  return make("div", { className: "legend still", role: "group", "aria-label": t("legend") }, entries);
}

function facts(chart) {
  if (!chart.facts?.length) return null;
  const pairs = chart.facts.map(({ label, value, digits }) =>
    make("div", {}, make("dt", {}, say(label)), make("dd", {}, typeof value === "number" ? short(value, digits ?? 3) : say(value) || "–")));
  return make("dl", { className: "facts-row" }, pairs);
}

/* Nodes that show `chart` in `width` pixels; `tips`: what lies under the pointer is told. */
export function nodes(chart, width, tips) {
  const count = chart.panels.length;
  const smallest = chart.panels.every((panel) => panel.marks.some((mark) => mark.kind === "image")) ? 120 : NARROWEST;
  const columns = Math.max(1, Math.min(count, count === 4 && width < 1240 ? 2 : 12, Math.floor((width + 24) / (smallest + 24))));
  const each = Math.floor((width - 24 * (columns - 1)) / columns);
  const titled = chart.panels.some((panel) => say(panel.title));
  const shown = chart.panels.map((panel) => {
    const svg = figure(panel, each, columns === 1 && count === 1, tips);
    return make("div", { className: "panel" }, titled ? make("h4", {}, say(panel.title) || "\u00a0") : null, replay(panel, svg), svg);
  });
  const grid = make("div", { className: "panels", style: { "grid-template-columns": `repeat(${columns}, minmax(0, 1fr))` } }, shown);
  const note = say(chart.note);
  return [legend(chart), grid, facts(chart), note ? make("p", { className: "note" }, note) : null].filter(Boolean);
}

/* A box that keeps a chart drawn: anew when its width or the theme changes, and with tips once the pointer comes, since
   they cost a third of a drawing and the hand on a slider needs none. `set(chart)`, `close()`. */
export function frame(box) {
  let [chart, width, tips] = [null, 0, false];
  function redraw() {
    if (chart && width) box.replaceChildren(...nodes(chart, width, tips));
  }
  const tell = (wanted) => {
    if (tips || !wanted) return;
    tips = true;
    redraw();
  };
  box.addEventListener("pointerenter", (event) => tell(event.pointerType !== "touch")); // a tap must find its button
  box.addEventListener("click", (event) => tell(event.target.closest("svg")));
  const watch = new ResizeObserver(() => {
    const now = Math.floor(box.clientWidth);
    if (now === width) return;
    width = now;
    requestAnimationFrame(redraw);
  });
  watch.observe(box);
  addEventListener("themechange", redraw);
  return {
    set(next) {
      chart = next;
      tips = box.matches(":hover");
      width ||= Math.floor(box.clientWidth);
      redraw();
    },
    close() {
      watch.disconnect();
      removeEventListener("themechange", redraw);
    },
  };
}

