/* Paths of a panel walked again, step by step: the line grows, a head of its own shape runs ahead of it. */
import { draw, make } from "../dom.js";
import { t } from "../words.js";
import { look, shapePath } from "./colours.js";

const SECONDS = 4;

/* How far along the drawn path each of its points lies, in pixels. */
function lengths(points) {
  const out = [0];
  for (let i = 1; i < points.length; i += 1) out.push(out[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
  return out;
}

function walker(svg, mark, panel) {
  const [x, y] = [svg.scale("x"), svg.scale("y")];
  const points = mark.x.map((value, i) => [value, mark.y[i]]).filter(([a, b]) => a !== null && b !== null).map(([a, b]) => [x.apply(a), y.apply(b)]);
  const along = lengths(points);
  const { stroke } = look(mark.series);
  const line = draw("path", { d: `M${points.map((p) => p.join(",")).join("L")}`, fill: "none", "stroke-width": 2, "stroke-linejoin": "round" });
  const head = draw("path", { d: shapePath(mark.series, 80), "stroke-width": 1.2 });
  for (const part of [line, head]) part.style.setProperty(part === line ? "stroke" : "fill", stroke);
  head.style.setProperty("stroke", "var(--paper)");
  const group = draw("g", { "clip-path": panel.querySelector("[clip-path]")?.getAttribute("clip-path") ?? "none" }, line, head);
  svg.append(group);
  const whole = along.at(-1) || 1;
  line.setAttribute("stroke-dasharray", `${whole} ${whole}`);
  return {
    steps: points.length - 1,
    remove: () => group.remove(),
    at(step) {
      const i = Math.min(Math.floor(step), points.length - 1);
      const j = Math.min(i + 1, points.length - 1);
      const share = step - i < 1 ? step - i : 0;
      line.setAttribute("stroke-dashoffset", String(whole - (along[i] + share * (along[j] - along[i]))));
      head.setAttribute("transform", `translate(${points[i][0] + share * (points[j][0] - points[i][0])},${points[i][1] + share * (points[j][1] - points[i][1])})`);
    },
  };
}

/* A button that walks the paths of `panel` on its `svg`; null when there are none. */
export function replay(panel, svg) {
  const paths = panel.marks.filter((mark) => mark.kind === "path" && mark.x.length > 1);
  if (!paths.length) return null;
  let frame = 0;
  let end = null;
  const button = make("button", { type: "button", className: "replay" }, t("walk"));
  button.addEventListener("click", () => {
    end?.();
    const drawn = [...svg.querySelectorAll(".walk")];
    const walkers = paths.map((mark) => walker(svg, mark, svg));
    const most = Math.max(...walkers.map((one) => one.steps));
    for (const part of drawn) part.style.setProperty("opacity", "0.12");
    end = () => {
      cancelAnimationFrame(frame);
      for (const part of drawn) part.style.removeProperty("opacity");
      for (const one of walkers) one.remove();
      end = null;
    };
    const begun = performance.now();
    const turn = (now) => {
      const step = (most * Math.max(0, now - begun)) / (1000 * SECONDS);
      for (const one of walkers) one.at(Math.min(step, one.steps));
      if (step >= most || !svg.isConnected) end?.();
      else frame = requestAnimationFrame(turn);
    };
    frame = requestAnimationFrame(turn);
  });
  return button;
}
