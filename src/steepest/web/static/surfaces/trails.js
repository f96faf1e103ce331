/* The ways of the optimisers up to a step, drawn through any projection; a head of its own shape for each. */
import { ink, look, shapePath } from "../charts/colours.js";

const FAR = 1e5; // pixels beyond which a diverging path is not followed
const near = (value) => Math.max(-FAR, Math.min(FAR, value));
const shapes = new Map();

function shape(series, size) {
  const key = `${series % 7} ${size}`;
  if (!shapes.has(key)) shapes.set(key, new Path2D(shapePath(series, size)));
  return shapes.get(key);
}

/* Every path as pixels: project(x, y, value) → [px, py]. Kept until paths or projection change. */
export const projected = (descents, project) =>
  descents.map((one) => {
    const xy = new Float32Array(2 * one.x.length);
    for (let i = 0; i < one.x.length; i += 1) {
      const [px, py] = project(one.x[i], one.y[i], one.values[i]);
      xy[2 * i] = near(px);
      xy[2 * i + 1] = near(py);
    }
    return xy;
  });

/* Where a path is after `at` steps, between two of its points. */
export function place(xy, at) {
  const last = xy.length / 2 - 1;
  const i = Math.min(Math.floor(at), last);
  const share = i < last ? at - i : 0;
  const j = Math.min(i + 1, last);
  return [xy[2 * i] + share * (xy[2 * j] - xy[2 * i]), xy[2 * i + 1] + share * (xy[2 * j + 1] - xy[2 * i + 1])];
}

function trail(context, xy, from, to, end) {
  context.beginPath();
  context.moveTo(xy[2 * from], xy[2 * from + 1]);
  for (let i = from + 1; i <= to; i += 1) context.lineTo(xy[2 * i], xy[2 * i + 1]);
  if (end) context.lineTo(end[0], end[1]);
  context.stroke();
}

/* hidden: for each path, which of its points lie behind the surface (3-D), or null. */
export function drawTrails(context, paths, at, { hidden = null, dimmed = null } = {}) {
  context.save();
  context.lineJoin = "round";
  context.lineCap = "round";
  const paper = ink("--paper");
  const order = paths.map((_, i) => i).reverse();
  for (const i of order) {
    const xy = paths[i];
    if (!xy.length) continue;
    const colour = ink(look(i).stroke.slice(4, -1));
    const last = Math.min(Math.floor(at), xy.length / 2 - 1);
    const head = place(xy, at);
    context.strokeStyle = colour;
    context.globalAlpha = dimmed === null || dimmed === i ? 1 : 0.2;
    context.lineWidth = 2.1;
    context.setLineDash(look(i).dash?.split(" ").map(Number) ?? []);
    if (!hidden) trail(context, xy, 0, last, head);
    else {
      const base = context.globalAlpha;
      for (let from = 0; from < last; ) {
        let to = from + 1;
        while (to < last && hidden[i][to] === hidden[i][from]) to += 1;
        context.globalAlpha = base * (hidden[i][from] ? 0.28 : 1);
        trail(context, xy, from, to, null);
        from = to;
      }
      context.globalAlpha = base * (hidden[i][last] ? 0.28 : 1);
      trail(context, xy, last, last, head);
    }
    context.setLineDash([]);
  }
  for (const i of order) {
    const xy = paths[i];
    if (!xy.length) continue;
    const [x, y] = place(xy, at);
    context.save();
    context.globalAlpha = dimmed === null || dimmed === i ? 1 : 0.3;
    context.translate(x, y);
    context.strokeStyle = paper;
    context.lineWidth = 3;
    context.stroke(shape(i, 96));
    context.fillStyle = ink(look(i).stroke.slice(4, -1));
    context.fill(shape(i, 96));
    context.restore();
  }
  context.restore();
}
