/* A live figure: its controls, and the chart that the lab computes for them. The address keeps what differs. */
import { note, query } from "../address.js";
import { get, latest } from "../api.js";
import { frame } from "../charts/chart.js";
import { choice, select, slider, toggle } from "../controls.js";
import { announce, make } from "../dom.js";
import { short } from "../format.js";
import { say, t } from "../words.js";

const FEW = 5; // choices that stand as buttons

function control(one, value, change) {
  const label = say(one.label);
  if (one.kind === "range") return slider({ ...one, label, value, change });
  if (one.kind === "switch") return toggle({ label, value, change });
  const options = one.choices.map(([name, text]) => [name, say(text)]);
  return (options.length <= FEW ? choice : select)({ label, options, value, change });
}

/* A value as the address has it, or the figure's own when that is none. */
function read(one, text) {
  if (text === null) return one.default;
  if (one.kind === "range") return Number.isFinite(Number(text)) ? Math.min(one.maximum, Math.max(one.minimum, Number(text))) : one.default;
  return one.kind === "switch" ? text === "true" : one.choices.some(([name]) => name === text) ? text : one.default;
}

/* → {node, close()}. `key` names the figure in the address; it computes when it comes into view. */
export function figureBlock({ figure, fixed }, key) {
  const given = query();
  const open = figure.controls.filter((one) => !(one.name in fixed));
  const values = Object.fromEntries(open.map((one) => [one.name, read(one, given.get(`${key}.${one.name}`))]));
  const box = make("div", { className: "chart waiting", "aria-busy": "true" });
  const failed = make("p", { className: "none failed", role: "alert", hidden: true });
  const chart = frame(box);
  const slow = figure.seconds > 0;
  const button = slow ? make("button", { type: "button", className: "primary compute" }, t("figure.compute", { n: short(figure.seconds, 2) })) : null;

  const ask = latest(
    (asked) => get(`figure/${figure.name}`, { ...fixed, ...asked }),
    (told) => {
      box.classList.remove("waiting", "stale");
      box.setAttribute("aria-busy", "false");
      failed.hidden = true;
      if (button) button.disabled = false;
      chart.set(told);
      box.dataset.drawn = String(Number(box.dataset.drawn ?? 0) + 1);
      if (slow) announce(t("figure.done"));
    },
    (error) => {
      box.classList.remove("waiting");
      if (button) button.disabled = false;
      failed.textContent = error.message;
      failed.hidden = false;
    },
  );
  const compute = () => {
    if (button) {
      button.disabled = true;
      box.classList.add("waiting");
    }
    ask({ ...values });
  };
  const change = (one) => (value) => {
    if (values[one.name] === value) return;
    values[one.name] = value;
    note({ [`${key}.${one.name}`]: value === one.default ? null : String(value) });
    if (slow) box.classList.add("stale");
    else compute();
  };
  const made = open.map((one) => control(one, values[one.name], change(one)));
  const of = (kind) => made.filter((_, i) => open[i].kind === kind).map((one) => one.node);
  button?.addEventListener("click", compute);
  if (slow) box.classList.remove("waiting");

  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      if (!slow) compute();
    },
    { rootMargin: "500px" },
  );
  const node = make(
    "figure",
    { className: "wide", dataset: { figure: figure.name } },
    make("figcaption", {}, say(figure.title)),
    open.length ? make("div", { className: "figure-controls" }, of("range"), of("choice"), make("div", { className: "toggles" }, of("switch"))) : null,
    button, failed, box,
  );
  seen.observe(box);
  return { node, close: () => (seen.disconnect(), chart.close()) };
}
