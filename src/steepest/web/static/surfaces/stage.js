/* The picture: the surface (drawn when it changes), the trails above it (drawn every frame), and the start to take hold of. */
import { make } from "../dom.js";
import { short } from "../format.js";
import { say, t } from "../words.js";
import { drawPlane, planeView, rings } from "./plane.js";
import { drawRelief, hiddenBehind, relief, view } from "./relief.js";
import { drawTrails, projected } from "./trails.js";

/* events: move(start, done) when the start is dragged, turn(azimuth, elevation, done) when the relief is. */
export function stage(state, { move, turn }) {
  const [below, above] = [make("canvas", { "aria-hidden": "true" }), make("canvas", { className: "trails", role: "img", tabIndex: 0 })];
  const handle = make("button", { type: "button", className: "handle" });
  const node = make("div", { className: "stage" }, below, above, handle);
  let [grid, contours, model, descents, paths, hidden] = [null, null, null, [], [], null];
  let [width, height, seen, at, dimmed] = [0, 0, null, 0, null];
  const solid = () => state.view === "3d";

  function size() {
    width = Math.floor(node.clientWidth);
    if (!width || !grid) return;
    const [[x0, x1], [y0, y1]] = grid.surface.domain;
    const aspect = solid() ? 1.35 : Math.min(1.75, Math.max(1, (x1 - x0) / (y1 - y0)));
    height = Math.round(Math.min(width / aspect, Math.max(320, innerHeight * 0.72)));
    node.style.setProperty("height", `${height}px`);
    above.style.setProperty("touch-action", solid() ? "pan-y" : "auto");
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [below, above]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    background();
  }

  function background() {
    if (!grid || !width) return;
    const context = below.getContext("2d");
    if (solid()) {
      model ??= relief(grid);
      seen = view(model, state.azimuth, state.elevation, width, height);
      drawRelief(context, model, seen, width, height);
    } else {
      contours ??= rings(grid);
      seen = planeView(grid.surface, width, height);
      drawPlane(context, grid, contours, width, height);
    }
    reproject();
  }

  function reproject() {
    if (!seen) return;
    paths = projected(descents, seen.project);
    hidden = solid() ? hiddenBehind(model, seen, descents) : null;
    if (state.start) {
      const value = descents[0]?.values[0] ?? 0;
      const [x, y] = seen.project(...state.start, value);
      handle.style.setProperty("left", `${Math.max(0, Math.min(width, x))}px`);
      handle.style.setProperty("top", `${Math.max(0, Math.min(height, y))}px`);
      handle.setAttribute("aria-label", t("surface.start.at", { x: short(state.start[0]), y: short(state.start[1]) }));
    }
    frame();
  }

  function frame() {
    if (!width) return;
    const context = above.getContext("2d");
    context.clearRect(0, 0, width, height);
    drawTrails(context, paths, at, { hidden, dimmed });
  }

  // the start, by hand and by keys -----------------------------------------------------------------------------
  const inside = ([x, y]) => {
    const [[x0, x1], [y0, y1]] = grid.surface.domain;
    return [Math.min(x1, Math.max(x0, x)), Math.min(y1, Math.max(y0, y))];
  };

  function drag(event, from) {
    const box = node.getBoundingClientRect();
    const [sx, sy] = [event.clientX, event.clientY];
    const begun = state.start;
    const target = (now) =>
      inside(solid() ? ((d) => [begun[0] + d[0], begun[1] + d[1]])(seen.drag(now.clientX - sx, now.clientY - sy)) : seen.unproject(now.clientX - box.left, now.clientY - box.top));
    from.setPointerCapture(event.pointerId);
    const moved = (now) => move(target(now), false);
    const ended = (now) => {
      from.removeEventListener("pointermove", moved);
      from.removeEventListener("pointerup", ended);
      from.removeEventListener("pointercancel", ended);
      move(target(now), true);
    };
    from.addEventListener("pointermove", moved);
    from.addEventListener("pointerup", ended);
    from.addEventListener("pointercancel", ended);
  }

  above.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [5, 0], ArrowRight: [-5, 0], ArrowUp: [0, 4], ArrowDown: [0, -4] }[event.key];
    if (!by || !solid()) return;
    event.preventDefault();
    turn(state.azimuth + by[0], Math.min(88, Math.max(8, state.elevation + by[1])), true);
  });
  handle.addEventListener("pointerdown", (event) => {
    if (event.button || !grid) return;
    drag(event, handle);
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by || !grid) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.1 : 0.01;
    const [[x0, x1], [y0, y1]] = grid.surface.domain;
    move(inside([state.start[0] + by[0] * step * (x1 - x0), state.start[1] + by[1] * step * (y1 - y0)]), true);
  });

  // the relief turns; the plane takes a new start where it is clicked --------------------------------------------
  above.addEventListener("pointerdown", (event) => {
    if (event.button || !grid) return;
    if (!solid()) {
      if (event.pointerType !== "mouse") return; // a finger scrolls the page; it moves the start by its handle
      move(inside(seen.unproject(event.offsetX, event.offsetY)), false);
      drag(event, above);
      return;
    }
    const [sx, sy, a, e] = [event.clientX, event.clientY, state.azimuth, state.elevation];
    above.setPointerCapture(event.pointerId);
    const angle = (now) => [a - (now.clientX - sx) * 0.4, Math.min(88, Math.max(8, e + (now.clientY - sy) * 0.3))];
    const moved = (now) => turn(...angle(now), false);
    const ended = (now) => {
      above.removeEventListener("pointermove", moved);
      above.removeEventListener("pointerup", ended);
      above.removeEventListener("pointercancel", ended);
      turn(...angle(now), true);
    };
    above.addEventListener("pointermove", moved);
    above.addEventListener("pointerup", ended);
    above.addEventListener("pointercancel", ended);
  });

  const watch = new ResizeObserver(() => Math.floor(node.clientWidth) !== width && size());
  watch.observe(node);
  addEventListener("themechange", size);
  return {
    node, handle,
    ground(next) {
      [grid, contours, model] = [next, null, null];
      size();
    },
    show(next) {
      descents = next;
      reproject();
      above.setAttribute("aria-label", t("surface.picture", { surface: say(grid?.surface.title) }));
    },
    restart: reproject,
    rebuild: size,
    redraw: background,
    time(step) {
      at = step;
      frame();
    },
    dim(series) {
      dimmed = series;
      frame();
    },
    close() {
      watch.disconnect();
      removeEventListener("themechange", size);
    },
  };
}
