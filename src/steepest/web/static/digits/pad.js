/* The sheet to draw on, with a pointer of any kind; or a digit of the test set, which keys 0 to 9 fetch. */
import { ink } from "../charts/colours.js";
import { make } from "../dom.js";
import { t } from "../words.js";
import { GRID, ink as drawn } from "./strokes.js";

const SIDE = 336;

/* changed(strokes, done). → {node, strokes, set(strokes), show(pixels)} */
export function pad(changed) {
  const canvas = make("canvas", { width: 2 * SIDE, height: 2 * SIDE, className: "pad", tabIndex: 0, role: "img", "aria-label": t("digit.pad") });
  let strokes = [];
  let picture = null;
  const context = canvas.getContext("2d");

  function redraw() {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (picture) {
      const side = canvas.width / 28;
      const colour = ink("--ink");
      picture.forEach((row, r) => row.forEach((value, c) => {
        if (!value) return;
        context.globalAlpha = value / 255;
        context.fillStyle = colour;
        context.fillRect(c * side, r * side, side + 0.5, side + 0.5);
      }));
      context.globalAlpha = 1;
    }
    drawn(context, strokes, canvas.width, ink("--ink"));
  }

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map((v, i) => Math.max(0, Math.min(GRID - 1, Math.floor((v / (i ? box.height : box.width)) * GRID))));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    picture = null;
    const stroke = [place(event)];
    strokes.push(stroke);
    redraw();
    const moved = (now) => {
      for (const one of now.getCoalescedEvents?.() ?? [now]) {
        const [x, y] = place(one);
        const [a, b] = stroke.at(-1);
        if (Math.hypot(x - a, y - b) >= 1.4) stroke.push([x, y]);
      }
      redraw();
      changed(strokes, false);
    };
    const ended = () => {
      canvas.removeEventListener("pointermove", moved);
      canvas.removeEventListener("pointerup", ended);
      canvas.removeEventListener("pointercancel", ended);
      changed(strokes, true);
    };
    canvas.addEventListener("pointermove", moved);
    canvas.addEventListener("pointerup", ended);
    canvas.addEventListener("pointercancel", ended);
  });
  addEventListener("themechange", redraw);
  return {
    node: canvas,
    get strokes() {
      return strokes;
    },
    set(next) {
      [strokes, picture] = [next, null];
      redraw();
    },
    show(pixels) {
      [strokes, picture] = [[], pixels];
      redraw();
    },
    close: () => removeEventListener("themechange", redraw),
  };
}
