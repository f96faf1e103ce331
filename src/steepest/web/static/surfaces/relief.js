/* A surface in perspective-free 3-D on a plain canvas: quads painted from back to front, shaded by a fixed light. */
import { ink } from "../charts/colours.js";
import { terrain } from "../charts/terrain.js";
import { d3 } from "../charts/vendor.js";

const TALL = 0.8; // height of the relief, of the base's half side
const FAR = Math.SQRT2; // from the middle of the base to a corner: the same at every angle, so that turning does not breathe
const FINEST = 60; // quads on a side
const LIGHT = [-0.45, 0.35, 0.82];
const radians = (degrees) => (degrees * Math.PI) / 180;

/* Heights in −1…1 coordinates, and for every quad its tint (0…1) and its light; made once for each surface. */
export function relief(grid) {
  const every = Math.max(1, Math.ceil((grid.x.length - 1) / FINEST));
  const at = d3.range(0, grid.x.length - 1, every).concat(grid.x.length - 1);
  const { lift } = terrain(grid.z.flat(), grid.surface.scale);
  const heights = at.map((row) => at.map((column) => lift(grid.z[row][column])));
  const n = at.length - 1;
  const place = (i) => (2 * at[i]) / (grid.x.length - 1) - 1;
  const quads = [];
  for (let r = 0; r < n; r += 1) {
    for (let c = 0; c < n; c += 1) {
      const [a, b, d, e] = [heights[r][c], heights[r][c + 1], heights[r + 1][c], heights[r + 1][c + 1]];
      const slope = [((b - a + e - d) / 2) * TALL * n * -0.5, ((d - a + e - b) / 2) * TALL * n * -0.5, 1];
      const size = Math.hypot(...slope);
      quads.push({ tint: (a + b + d + e) / 4, light: (slope[0] * LIGHT[0] + slope[1] * LIGHT[1] + LIGHT[2]) / size });
    }
  }
  return { n, at, place, heights, quads, lift, surface: grid.surface };
}

/* The projection for an angle, in pixels of a stage: the base's corners and the relief's top all fit. */
export function view(model, azimuth, elevation, width, height) {
  const [a, e] = [radians(azimuth), radians(elevation)];
  const [ca, sa, ce, se] = [Math.cos(a), Math.sin(a), Math.cos(e), Math.sin(e)];
  const scale = Math.min(width / (2 * FAR), height / (2 * FAR * se + TALL * ce)) * 0.95;
  const [cx, cy] = [width / 2, height / 2 + (TALL * ce * scale) / 2];
  const base = (u, v, w) => [cx + scale * (u * ca - v * sa), cy - scale * ((u * sa + v * ca) * se + w * TALL * ce)];
  const [[x0, x1], [y0, y1]] = model.surface.domain;
  const unit = (x, y) => [(2 * (x - x0)) / (x1 - x0) - 1, (2 * (y - y0)) / (y1 - y0) - 1];
  return {
    base,
    unit,
    away: [sa, ca, se / ce / TALL], // along the ground away from the eye, and how fast a ray to the eye rises
    project: (x, y, value) => base(...unit(x, y), Math.min(1.6, lifted(model, value)) + 0.012),
    drag(dx, dy) {
      const [across, along] = [dx / scale, -dy / (scale * Math.max(se, 0.2))];
      return [((across * ca + along * sa) * (x1 - x0)) / 2, ((along * ca - across * sa) * (y1 - y0)) / 2];
    },
  };
}

const lifted = (model, value) => {
  const w = model.lift(value);
  return Number.isNaN(w) ? 0 : w;
};

export function drawRelief(context, model, seen, width, height) {
  context.clearRect(0, 0, width, height);
  const { n, place, heights } = model;
  const [low, high, paper] = ["--valley-3d", "--hill-3d", "--paper"].map((name) => d3.rgb(ink(name)));
  const dark = d3.hcl(paper).l < 50;
  const mesh = ink("--mesh");
  const corner = (r, c) => seen.base(place(c), place(r), heights[r][c]);
  const grid = heights.map((row, r) => row.map((_, c) => corner(r, c)));
  const [back, left] = [seen.away[1] > 0, seen.away[0] > 0]; // which rows and columns are farther
  const rows = d3.range(n);
  const columns = d3.range(n);
  if (back) rows.reverse();
  if (left) columns.reverse();
  const shade = d3.interpolateRgb(low, high);
  const step = Math.max(1, Math.round(n / 15));
  context.lineJoin = "round";
  for (const r of rows) {
    for (const c of columns) {
      const corners = [grid[r][c], grid[r][c + 1], grid[r + 1][c + 1], grid[r + 1][c]];
      if (corners.some(([, y]) => Number.isNaN(y))) continue;
      const { tint, light } = model.quads[r * n + c];
      const colour = d3.rgb(shade(tint));
      const lit = (dark ? 0.72 : 0.84) + (dark ? 0.5 : 0.2) * Math.max(0, light);
      context.fillStyle = `rgb(${colour.r * lit},${colour.g * lit},${colour.b * lit})`;
      context.strokeStyle = context.fillStyle;
      context.lineWidth = 0.8;
      context.beginPath();
      corners.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
      context.fill();
      context.stroke();
      if (r % step && c % step) continue;
      context.strokeStyle = mesh;
      context.lineWidth = 0.7;
      context.beginPath();
      if (r % step === 0) context.moveTo(...corners[0]), context.lineTo(...corners[1]);
      if (c % step === 0) context.moveTo(...corners[0]), context.lineTo(...corners[3]);
      context.stroke();
    }
  }
}

/* For every point of the paths: does the surface stand between it and the eye? */
export function hiddenBehind(model, seen, descents) {
  const { n, heights } = model;
  const [dx, dy, rise] = seen.away;
  const height = (u, v) => {
    const [c, r] = [((u + 1) / 2) * n, ((v + 1) / 2) * n];
    if (c < 0 || r < 0 || c > n || r > n) return -Infinity;
    return heights[Math.round(r)][Math.round(c)];
  };
  return descents.map((one) => one.x.map((x, i) => {
    const [u, v] = seen.unit(x, one.y[i]);
    const w = lifted(model, one.values[i]) + 0.03;
    for (let step = 0.06; step < 2.2; step += 0.06) {
      const ray = w + step * rise;
      if (ray > 1.05) return false;
      if (height(u - dx * step, v - dy * step) > ray) return true;
    }
    return false;
  }));
}
