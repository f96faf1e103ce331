/* One look per series: colour, then dash; markers tell them apart without colour. The colours are the theme's. */
import { d3 } from "./vendor.js";

const COLOURS = 8;
const DASHES = [null, "6 3", "2 3"];
export const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"];
const SYMBOLS = ["symbolCircle", "symbolSquare", "symbolTriangle", "symbolDiamond", "symbolCross", "symbolStar", "symbolWye"];

export const look = (series = 0) => ({
  stroke: `var(--c${series % COLOURS})`,
  dash: DASHES[Math.floor(series / COLOURS) % DASHES.length],
  symbol: SHAPES[series % SHAPES.length],
});

/* The value of a custom property such as --c0, for a canvas. */
export const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const mixed = (a, b, share) => d3.interpolateRgb(ink(a), ink(b))(share);

export const shapePath = (series, size) => d3.symbol(d3[SYMBOLS[series % SYMBOLS.length]], size)();

export function swatch(series, dashed = false) {
  const { stroke, dash } = look(series);
  const svg = d3.create("svg:svg").attr("width", 26).attr("height", 12).attr("aria-hidden", "true").attr("class", "swatch");
  svg.append("path").attr("d", "M1 6H25").attr("fill", "none").attr("stroke-width", 2).style("stroke", stroke).attr("stroke-dasharray", dashed ? "4 3" : dash);
  svg.append("path").attr("d", shapePath(series, 44)).attr("transform", "translate(13,6)").style("fill", stroke);
  return svg.node();
}
