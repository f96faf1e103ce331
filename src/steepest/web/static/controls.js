/* Controls that all pages share: a slider with its number, a choice among a few, a switch, a list. All by keyboard. */
import { make } from "./dom.js";
import { plain, short } from "./format.js";

const TICKS = 1000; // places of a logarithmic slider
let count = 0;

/* The places of a slider for {minimum, maximum, step, log} and how to turn a place into a value and back. */
export function rail({ minimum, maximum, step, log }) {
  const whole = [minimum, maximum, step].every(Number.isInteger);
  if (!log) return { min: minimum, max: maximum, step: step || "any", value: (place) => place, place: (value) => value };
  const [a, b] = [Math.log(minimum), Math.log(maximum)];
  const value = (place) => {
    const exact = Math.exp(a + ((b - a) * place) / TICKS);
    const near = whole ? Math.round(exact) : Number(exact.toPrecision(3));
    return Math.min(maximum, Math.max(minimum, near));
  };
  return { min: 0, max: TICKS, step: 1, value, place: (v) => (TICKS * (Math.log(Math.max(minimum, v)) - a)) / (b - a) };
}

/* A slider and a field for its number. change(value, done): done when the hand lets go. → {node, set(value)} */
export function slider({ label, value, change, hint, ...bounds }) {
  const on = rail(bounds);
  const id = `control-${(count += 1)}`;
  const range = make("input", { type: "range", id, min: String(on.min), max: String(on.max), step: String(on.step), value: String(on.place(value)), title: hint });
  const field = make("input", { type: "text", className: "number", inputMode: "decimal", value: plain(value), "aria-label": label, autocomplete: "off" });
  const fill = () => range.style.setProperty("--done", `${(100 * (range.value - on.min)) / (on.max - on.min)}%`);
  const told = () => range.setAttribute("aria-valuetext", short(on.value(Number(range.value))));
  range.addEventListener("input", () => {
    const now = on.value(Number(range.value));
    field.value = plain(now);
    fill();
    told();
    change(now, false);
  });
  range.addEventListener("change", () => change(on.value(Number(range.value)), true));
  field.addEventListener("change", () => {
    const now = Number(field.value.replace("−", "-"));
    const good = field.value.trim() !== "" && Number.isFinite(now) && now >= bounds.minimum && now <= bounds.maximum;
    field.setAttribute("aria-invalid", String(!good));
    if (!good) return;
    range.value = String(on.place(now));
    fill();
    told();
    change(now, true);
  });
  const set = (next) => {
    range.value = String(on.place(next));
    field.value = plain(next);
    field.removeAttribute("aria-invalid");
    fill();
    told();
  };
  fill();
  told();
  return { node: make("div", { className: "slider" }, make("label", { htmlFor: id }, label), range, field), set };
}

/* options: [[value, text]] as buttons of which one is pressed. → {node, set(value)} */
export function choice({ label, options, value, change, quiet }) {
  const buttons = options.map(([one, text]) => {
    const button = make("button", { type: "button", "aria-pressed": String(one === value), dataset: { value: one } }, text);
    button.addEventListener("click", () => {
      set(one);
      change(one);
    });
    return button;
  });
  const set = (next) => buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(options[i][0] === next)));
  return { node: make("div", { className: "choice", role: "group", "aria-label": label }, quiet ? null : make("span", {}, label), buttons), set };
}

export function select({ label, options, value, change, quiet }) {
  const list = make("select", { "aria-label": quiet ? label : null }, options.map(([one, text]) => make("option", { value: one, selected: one === value }, text)));
  list.addEventListener("change", () => change(list.value));
  return { node: make("label", { className: "select" }, quiet ? null : make("span", {}, label), list), set: (next) => (list.value = next), list };
}

export function toggle({ label, value, change }) {
  const box = make("input", { type: "checkbox", checked: value });
  box.addEventListener("change", () => change(box.checked));
  return { node: make("label", { className: "toggle" }, box, make("span", {}, label)), set: (next) => (box.checked = next) };
}

export function field({ label, value, change, type = "text", hint, size }) {
  const input = make("input", { type, value: value ?? "", placeholder: hint ?? "", size: size ?? 12, autocomplete: "off", spellcheck: false });
  input.addEventListener("change", () => change(input.value.trim()));
  return { node: make("label", { className: "field" }, make("span", {}, label), input), input, set: (next) => (input.value = next) };
}
