/* What the page shows, read from the address and written back to it: `o=adam:learning_rate=0.1` for each optimiser. */
import { note, query } from "../address.js";
import { plain } from "../format.js";

export const FIRST = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];
export const MOST = 12;
const STEPS = 200;
const FREE = ["sgd", "momentum", "nesterov"]; // their steps are as long as the gradient: the surface's own rate suits them
const FAST = { adagrad: 5, adadelta: 100, schedule_free: 4 };

const rounded = (value) => Number(value.toPrecision(2));

/* A learning rate to begin with: the surface's for plain descent, a hundredth of the domain for those that scale their steps. */
export function suggested(name, surface) {
  const [[x0, x1], [y0, y1]] = surface.domain;
  if (name === "adadelta") return 1;
  return FREE.includes(name) ? rounded(surface.learning_rate) : rounded(0.01 * Math.hypot(x1 - x0, y1 - y0) * (FAST[name] ?? 1));
}

/* adam:learning_rate=0.1,dialect=torch ↔ {name, values} */
export function parsed(text) {
  const [name, rest = ""] = text.split(/:(.*)/s);
  return { name, values: Object.fromEntries(rest.split(",").filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2))) };
}

export function spelt({ name, values }) {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return pairs.length ? `${name}:${pairs.map(([key, value]) => `${key}=${value}`).join(",")}` : name;
}

const number = (text, fallback, low = -Infinity, high = Infinity) => {
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : fallback;
};

export function read() {
  const given = query();
  return {
    surface: given.get("surface") || "saddle",
    entries: given.getAll("o").slice(0, MOST).map(parsed),
    start: given.has("x") && given.has("y") ? [number(given.get("x"), 0), number(given.get("y"), 0)] : null,
    steps: Math.round(number(given.get("steps"), STEPS, 1, 2000)),
    noise: number(given.get("noise"), 0, 0, 1000),
    seed: Math.round(number(given.get("seed"), 0, 0, 2 ** 31)),
    view: given.get("view") === "3d" ? "3d" : "2d",
    azimuth: number(given.get("azimuth"), -60, -360, 360),
    elevation: number(given.get("elevation"), 38, 8, 88),
    at: given.has("at") ? number(given.get("at"), 0, 0, 2000) : null,
    speed: number(given.get("speed"), 60, 1, 600),
  };
}

export function write(state) {
  note({
    surface: state.surface,
    o: state.entries.map(spelt),
    x: state.start && plain(state.start[0]),
    y: state.start && plain(state.start[1]),
    steps: state.steps === STEPS ? null : state.steps,
    noise: state.noise ? plain(state.noise) : null,
    seed: state.seed || null,
    view: state.view === "3d" ? "3d" : null,
    azimuth: state.view === "3d" ? Math.round(state.azimuth) : null,
    elevation: state.view === "3d" ? Math.round(state.elevation) : null,
    speed: state.speed === 60 ? null : state.speed,
  });
}

/* What the lab is asked: exactly the numbers that are shown. */
export function question(state) {
  const asked = new URLSearchParams({ surface: state.surface, steps: state.steps, noise: plain(state.noise), seed: state.seed });
  if (state.start) for (const [i, name] of ["x", "y"].entries()) asked.set(name, plain(state.start[i]));
  for (const entry of state.entries) asked.append("o", spelt(entry));
  return asked;
}
