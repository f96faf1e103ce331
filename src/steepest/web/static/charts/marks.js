/* From the figure contract's marks to Plot's. */
import { say } from "../words.js";
import { placed } from "./axes.js";
import { look, mixed } from "./colours.js";
import { levels, terrain, tints } from "./terrain.js";
import { Plot } from "./vendor.js";

const MANY = 160; // points above which dots shrink
const points = (mark, panel) => {
  const [x, y] = [placed(mark.x, panel.x), placed(mark.y, panel.y)];
  return x.map((value, i) => [value, y[i]]);
};

function line(mark, panel) {
  const { stroke, dash } = look(mark.series);
  return [Plot.line(points(mark, panel), { clip: Boolean(panel.x.domain || panel.y.domain), stroke, strokeWidth: mark.faint ? 1.2 : 1.9, strokeOpacity: mark.faint ? 0.45 : 1, strokeDasharray: mark.dashed ? "5 3" : dash })];
}

function dots(mark, panel) {
  const { stroke, symbol } = look(mark.series);
  const many = mark.x.length > MANY;
  if (many || mark.faint) return [Plot.dot(points(mark, panel), { fill: stroke, fillOpacity: mark.faint ? 0.28 : 0.8, r: many ? 1.6 : 2.6 })];
  return [Plot.dot(points(mark, panel), { fill: stroke, symbol, r: 3.6 })];
}

const crosses = (mark, panel) => [Plot.dot(points(mark, panel), { stroke: look(mark.series).stroke, symbol: "times", r: 4, strokeWidth: 1.8 })];

/* What failed at x, a row a series above the panel; faint where only some did. */
function failures(mark, panel) {
  const row = panel.marks.filter((one) => one.kind === "failures").findIndex((one) => one.series === mark.series);
  const strokeOpacity = (_, i) => (mark.share[i] >= 1 ? 1 : 0.4);
  return [Plot.dot(placed(mark.x, panel.x), { x: (v) => v, frameAnchor: "top", dy: -6 - 9 * row, symbol: "times", r: 3, stroke: look(mark.series).stroke, strokeWidth: 1.6, strokeOpacity })];
}

function band(mark, panel) {
  const [x, low, high] = [placed(mark.x, panel.x), placed(mark.low, panel.y), placed(mark.high, panel.y)];
  return [Plot.areaY(x.map((value, i) => [value, low[i], high[i]]), { x: "0", y1: "1", y2: "2", fill: look(mark.series).stroke, fillOpacity: 0.14 })];
}

function rule(mark) {
  const style = { stroke: "var(--soft)", strokeDasharray: "2 4", strokeWidth: 1.2 };
  const text = say(mark.name);
  if (mark.x !== undefined) {
    return [Plot.ruleX([mark.x], style), ...(text ? [Plot.text([mark.x], { x: (d) => d, frameAnchor: "top", dx: 5, dy: 2, textAnchor: "start", text: () => text, fill: "var(--soft)" })] : [])];
  }
  return [Plot.ruleY([mark.y], style), ...(text ? [Plot.text([mark.y], { y: (d) => d, frameAnchor: "right", dy: -7, textAnchor: "end", text: () => text, fill: "var(--soft)" })] : [])];
}

/* Bars of several marks stand beside each other at each label. */
function bars(marks) {
  const rows = marks.flatMap((mark) => mark.x.map((label, i) => ({ label: String(label), value: mark.y[i], series: mark.series, key: say(mark.name) || String(mark.series) })));
  const grouped = marks.length > 1;
  const labels = [...new Set(rows.map((row) => row.label))];
  const order = { domain: labels };
  return { order, drawn: [
    Plot.barY(rows, { ...(grouped ? { fx: "label", x: "key" } : { x: "label" }), y: "value", fill: (d) => look(d.series).stroke, rx: 2, inset: 0.5 }),
    Plot.ruleY([0], { stroke: "var(--faint)" }),
  ] };
}

function grid(mark) {
  const [dx, dy] = [(mark.x.at(-1) - mark.x[0]) / (mark.x.length - 1) / 2, (mark.y.at(-1) - mark.y[0]) / (mark.y.length - 1) / 2];
  return { width: mark.x.length, height: mark.y.length, x1: mark.x[0] - dx, x2: mark.x.at(-1) + dx, y1: mark.y[0] - dy, y2: mark.y.at(-1) + dy };
}

function contours(mark) {
  const flat = mark.z.flat();
  const { lift } = terrain(flat, mark.scale);
  return [Plot.frame({ fill: tints(1)[0], stroke: null }), Plot.contour(flat.map(lift), { ...grid(mark), fill: Plot.identity, stroke: "var(--level)", strokeWidth: 0.7, thresholds: levels() })];
}

function regions(mark) {
  const flat = mark.z.flat();
  return [
    Plot.raster(flat, { ...grid(mark), fill: Plot.identity, imageRendering: "auto" }),
    Plot.contour(flat, { ...grid(mark), stroke: "var(--ink)", strokeWidth: 1.2, thresholds: [0.5] }),
  ];
}

function image(mark) {
  const [height, width] = [mark.pixels.length, mark.pixels[0].length];
  return [Plot.raster(mark.pixels.flat(), { width, height, x1: 0, x2: width, y1: height, y2: 0, fill: Plot.identity, imageRendering: "pixelated" })];
}

const labels = (mark, panel) => [Plot.text(points(mark, panel), { text: (_, i) => mark.texts[i], fill: look(mark.series).stroke, stroke: "var(--paper)", strokeWidth: 4, fontSize: 13 })];

function path(mark, panel) {
  const { stroke } = look(mark.series);
  const all = points(mark, panel);
  const some = all.length > MANY ? [] : all;
  return [
    Plot.line(all, { clip: true, stroke, strokeWidth: 1.7, strokeLinejoin: "round", className: "walk" }),
    Plot.dot(some, { clip: true, className: "walk", fill: stroke, r: 1.9 }),
    Plot.dot(all.slice(0, 1), { stroke, fill: "var(--paper)", strokeWidth: 1.8, r: 4 }),
    Plot.dot(all.slice(-1), { fill: stroke, stroke: "var(--paper)", strokeWidth: 1.2, symbol: look(mark.series).symbol, r: 5, className: "walk" }),
  ];
}

const KINDS = { line, dots, crosses, failures, band, rule, contours, regions, image, labels, path };
const BEHIND = ["image", "regions", "contours", "band"];

/* All marks of `panel` for Plot, fields behind lines, and the colour scale that they need. */
export function marks(panel) {
  const kinds = panel.marks.map((mark) => mark.kind);
  const ordered = [...panel.marks].sort((a, b) => (BEHIND.includes(a.kind) ? 0 : 1) - (BEHIND.includes(b.kind) ? 0 : 1));
  const drawn = ordered.flatMap((mark) => KINDS[mark.kind]?.(mark, panel) ?? []);
  const standing = kinds.includes("bars") ? bars(panel.marks.filter((mark) => mark.kind === "bars")) : null;
  drawn.push(...(standing?.drawn ?? []));
  return { drawn, color: colour(kinds), order: standing?.order };
}

function colour(kinds) {
  if (kinds.includes("contours")) return { type: "linear", domain: [0, 1], range: [tints(1)[0], tints(1)[1]] };
  if (kinds.includes("regions")) return { type: "linear", domain: [0, 0.5, 1], range: [mixed("--paper", "--c0", 0.45), mixed("--paper", "--c0", 0.04), mixed("--paper", "--c1", 0.45)] };
  if (kinds.includes("image")) return { type: "linear", domain: [0, 1], range: [mixed("--paper", "--wash", 0.6), mixed("--paper", "--ink", 1)], clamp: true };
  return undefined;
}
