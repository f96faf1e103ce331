/* A surface from above: tinted levels, level lines, ticks, its minima. Drawn once for each size and theme, then copied. */
import { ink } from "../charts/colours.js";
import { LEVELS, levels, terrain, tints } from "../charts/terrain.js";
import { d3 } from "../charts/vendor.js";
import { short } from "../format.js";

/* → {project(x, y) → px, unproject(px, py) → x y} on a stage of width × height pixels. */
export function planeView(surface, width, height) {
  const [[x0, x1], [y0, y1]] = surface.domain;
  return {
    project: (x, y) => [((x - x0) / (x1 - x0)) * width, ((y1 - y) / (y1 - y0)) * height],
    unproject: (px, py) => [x0 + (px / width) * (x1 - x0), y1 - (py / height) * (y1 - y0)],
  };
}

/* The rings of every level, in grid coordinates: the slow part, kept by whoever draws. */
export function rings(grid) {
  const flat = grid.z.flat();
  const { lift } = terrain(flat, grid.surface.scale);
  return d3.contours().size([grid.x.length, grid.y.length]).thresholds(levels())(flat.map(lift));
}

export function drawPlane(context, grid, contours, width, height) {
  const [nx, ny] = [grid.x.length, grid.y.length];
  const colours = tints(LEVELS);
  const transform = d3.geoTransform({
    point(x, y) {
      this.stream.point(((x - 0.5) / (nx - 1)) * width, height - ((y - 0.5) / (ny - 1)) * height);
    },
  });
  const path = d3.geoPath(transform, context);
  context.fillStyle = colours[0];
  context.fillRect(0, 0, width, height);
  contours.forEach((level, i) => {
    context.beginPath();
    path(level);
    context.fillStyle = colours[i + 1];
    context.fill();
  });
  context.strokeStyle = ink("--level");
  context.lineWidth = 0.8;
  for (const level of contours) {
    context.beginPath();
    path(level);
    context.stroke();
  }
  frame(context, grid.surface, width, height);
}

function frame(context, surface, width, height) {
  const { project } = planeView(surface, width, height);
  const [[x0, x1], [y0, y1]] = surface.domain;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = ink("--soft");
  context.strokeStyle = ink("--faint");
  context.lineWidth = 1;
  const tick = (x, y, dx, dy) => {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + dx, y + dy);
    context.stroke();
  };
  context.textAlign = "center";
  context.textBaseline = "bottom";
  for (const x of d3.ticks(x0, x1, width / 110)) {
    const [px] = project(x, 0);
    if (px < 24 || px > width - 16) continue;
    tick(px, height, 0, -5);
    context.fillText(short(x), px, height - 7);
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const y of d3.ticks(y0, y1, height / 80)) {
    const [, py] = project(0, y);
    if (py < 12 || py > height - 24) continue;
    tick(0, py, 5, 0);
    context.fillText(short(y), 9, py);
  }
  context.lineWidth = 1.4;
  context.strokeStyle = ink("--ink");
  for (const [x, y] of surface.minima) {
    const [px, py] = project(x, y);
    tick(px - 4, py, 8, 0);
    tick(px, py - 4, 0, 8);
  }
}
