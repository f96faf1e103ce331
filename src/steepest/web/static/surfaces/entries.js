/* The optimisers on the surface: each with its numbers, what it has reached, and a way out. */
import { swatch } from "../charts/colours.js";
import { select, slider, toggle } from "../controls.js";
import { make } from "../dom.js";
import { plain, short } from "../format.js";
import { t } from "../words.js";

const RATE = { minimum: 1e-6, maximum: 1e3, step: 0.001, log: true };
const BELOW_ONE = ["beta", "beta1", "beta2", "momentum", "dampening"];

/* The bounds of a number by its name and default: a mean's memory, something tiny, or anything. */
function bounds(name, value) {
  if (name === "learning_rate") return RATE;
  if (BELOW_ONE.includes(name)) return { minimum: 0, maximum: 0.999, step: 0.001, log: false };
  if (/eps/.test(name)) return value > 0 ? { minimum: 1e-12, maximum: 1, step: 0.001, log: true } : { minimum: 0, maximum: 1, step: 0.001, log: false };
  return { minimum: 0, maximum: Math.max(1, 2 * value), step: 0.001, log: false };
}

/* Numbers of an entry as sliders, its switches and dialect; `defaults` of its dialect. */
function more(entry, catalogue, change, redraw) {
  const known = catalogue.find((one) => one.name === entry.name);
  if (!known) return [];
  const dialect = entry.values.dialect ?? "textbook";
  const defaults = known.dialects[dialect] ?? Object.values(known.dialects)[0];
  const put = (key, value, base) => {
    if (value === base) delete entry.values[key];
    else entry.values[key] = value;
    change();
  };
  const controls = Object.entries(defaults).filter(([key]) => key !== "learning_rate").map(([key, base]) => {
    if (typeof base === "boolean") return toggle({ label: key, value: (entry.values[key] ?? String(base)) === "true", change: (on) => put(key, String(on), String(base)) }).node;
    if (typeof base === "string") return null;
    return slider({ label: key, ...bounds(key, base), value: Number(entry.values[key] ?? base), change: (value) => put(key, plain(value), plain(base)) }).node;
  });
  const dialects = Object.keys(known.dialects);
  const list = dialects.length > 1
    ? select({ label: t("dialect"), options: dialects.map((one) => [one, one]), value: dialect, change: (next) => {
        const rate = entry.values.learning_rate;
        entry.values = { ...(rate === undefined ? {} : { learning_rate: rate }), ...(next === "textbook" ? {} : { dialect: next }) };
        change();
        redraw();
      } }).node
    : null;
  return [...controls, list].filter(Boolean);
}

/* → {node, draw(), tell(descents, at)}; callbacks: change(), remove(i), add(name), dim(i | null). */
export function entryList(state, { change, remove, add, dim, names, most }) {
  const node = make("div", { className: "entries" });
  let catalogue = [];
  let lines = [];
  let last = null;
  const opened = new Set();

  function row(entry, i) {
    const told = make("span", { className: "told" });
    lines.push(told);
    const rate = entry.values.learning_rate;
    const out = make("button", { type: "button", className: "out", "aria-label": t("entry.remove", { name: entry.name }), title: t("entry.remove", { name: entry.name }) }, "×");
    out.addEventListener("click", () => remove(i));
    const details = make("details", { open: opened.has(entry) }, make("summary", {}, t("entry.more")), make("div", { className: "more" }, more(entry, catalogue, change, draw)));
    details.addEventListener("toggle", () => (details.open ? opened.add(entry) : opened.delete(entry)));
    const head = make("div", { className: "head" }, swatch(i), make("strong", {}, entry.name), told, out);
    const made = make(
      "section",
      { className: `entry c${i % 8}`, "aria-label": entry.name },
      head,
      rate === undefined ? null : slider({ label: t("learning_rate"), ...RATE, value: Number(rate), change: (value) => {
        entry.values.learning_rate = plain(value);
        change();
      } }).node,
      details,
    );
    made.addEventListener("pointerenter", () => dim(i));
    made.addEventListener("pointerleave", () => dim(null));
    return made;
  }

  function draw() {
    lines = [];
    const rows = state.entries.map(row);
    const left = [["", t("entry.add")], ...names.map((name) => [name, name])];
    const adding = state.entries.length < most ? select({ label: t("entry.add"), options: left, value: "", quiet: true, change: (name) => name && add(name) }).node : null;
    node.replaceChildren(...rows, ...(adding ? [adding] : []));
    if (last) tell(...last);
  }
  /* What each has reached at step `at`; at the end, the verdict on where it stands. */
  function tell(descents, at) {
    last = [descents, at];
    if (descents.length !== lines.length) return; // the answer for the list as it is now is on its way
    descents.forEach((one, i) => {
      const end = one.values.length - 1;
      const over = at >= end;
      const reached = short(one.values[Math.min(Math.floor(at), end)], 3);
      const text = over && one.diverged ? t("diverged", { n: end }) : `${reached}${over && one.verdict ? ` · ${t(`verdict.${one.verdict.kind}`)}` : ""}`;
      if (lines[i].textContent !== text) lines[i].textContent = text;
      lines[i].classList.toggle("bad", over && one.diverged);
    });
  }

  draw();
  return {
    node, draw,
    know(found) {
      catalogue = found;
      draw();
    },
    tell,
  };
}
