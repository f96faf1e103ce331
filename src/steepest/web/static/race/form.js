/* A race to be started: what is chosen stands in the address, so that it can be sent to someone before it is run. */
import { link, note, query } from "../address.js";
import { get, post } from "../api.js";
import { field, select, toggle } from "../controls.js";
import { make } from "../dom.js";
import { short } from "../format.js";
import { go } from "../main.js";
import { say, t } from "../words.js";

const TEXTS = ["lr", "seeds", "epochs", "batch_size", "schedule", "init", "l2", "keep_prob"];
const USUAL = { lr: "1e-4..1:7", seeds: "3" };

/* How many values an axis has: 0.1 · 0.01,0.1 · 1e-4..1:9 */
export const points = (axis) => String(axis).split(",").reduce((sum, part) => sum + (part.includes("..") ? Number(part.split(":")[1]) || 0 : part.trim() ? 1 : 0), 0);

/* How many runs the order makes, as far as the page can tell. */
export function runs(order) {
  const factors = ["batch_size", "l2", "keep_prob", "init"].map((name) => (order[name] ? points(order[name]) : 1));
  const each = order.optimizers.reduce((sum, text) => {
    const own = text.split(/:(.*)/s)[1]?.split(/,(?=[a-z_]+\d?=)/) ?? [];
    const rate = own.some((pair) => pair.startsWith("learning_rate=")) ? 1 : points(order.lr || "1");
    return sum + rate * own.reduce((product, pair) => product * (pair.startsWith("dialect=") ? 1 : points(pair.split("=")[1] ?? "1")), 1);
  }, 0);
  return each * factors.reduce((a, b) => a * b, 1) * (Number(order.seeds) || 1);
}

function read() {
  const given = query();
  const order = { workload: given.get("workload") ?? "digits-mlp", optimizers: given.getAll("o"), quick: given.get("quick") === "1", halving: given.get("halving") === "1" };
  for (const name of TEXTS) order[name] = given.get(name) ?? USUAL[name] ?? "";
  if (!order.optimizers.length) order.optimizers = ["sgd", "momentum", "adam"];
  return order;
}

const written = (order) => ({
  workload: order.workload, o: order.optimizers, quick: order.quick ? "1" : null, halving: order.halving ? "1" : null,
  ...Object.fromEntries(TEXTS.map((name) => [name, order[name] === (USUAL[name] ?? "") ? null : order[name]])),
});

/* What is sent: nothing that was left empty. */
const sent = (order) => Object.fromEntries(Object.entries(order).filter(([, value]) => value !== "" && value !== false));

export async function raceForm() {
  const order = read();
  const failed = make("p", { className: "none failed", role: "alert", hidden: true });
  const count = make("span", { className: "count" });
  const about = make("p", { className: "hint" });
  const start = make("button", { type: "submit", className: "primary" }, t("form.start"));
  const changed = () => {
    note(written(order));
    count.textContent = t("form.runs", { n: short(runs(order), 6) });
    failed.hidden = true;
  };
  const text = (name, size) => field({ label: t(`form.${name}`), value: order[name], size, hint: t(`form.${name}.hint`), change: (value) => {
    order[name] = value;
    changed();
  } }).node;

  const catalogue = await get("workloads");
  const tell = () => {
    const one = catalogue.workloads.find((w) => w.id === order.workload);
    about.textContent = one ? t("form.about", { epochs: one.epochs, batch: one.batch_size, target: one.target ? `${t("form.target")} ${one.target.metric} ≥ ${one.target.value}` : "" }) : "";
  };
  const workload = select({ label: t("form.workload"), options: catalogue.workloads.map((one) => [one.id, `${one.id} · ${say(one.title)}`]), value: order.workload, change: (value) => {
    order.workload = value;
    tell();
    changed();
  } });
  const chips = catalogue.optimizers.map((name) => {
    const button = make("button", { type: "button", className: "pick", "aria-pressed": String(order.optimizers.includes(name)) }, name);
    button.addEventListener("click", () => {
      const on = order.optimizers.includes(name);
      order.optimizers = on ? order.optimizers.filter((one) => one !== name) : [...order.optimizers, name];
      button.setAttribute("aria-pressed", String(!on));
      changed();
    });
    return button;
  });
  const others = order.optimizers.filter((one) => !catalogue.optimizers.includes(one));
  const own = field({ label: t("form.own"), value: others.join(" "), size: 40, hint: "adam:beta1=0.8,0.9 momentum:dialect=torch", change: (value) => {
    order.optimizers = [...order.optimizers.filter((one) => catalogue.optimizers.includes(one)), ...value.split(/\s+/).filter(Boolean)];
    changed();
  } }).node;
  const schedule = select({ label: t("form.schedule"), options: [["", t("form.usual")], ...catalogue.schedules.map((name) => [name, name])], value: order.schedule, change: (value) => {
    order.schedule = value;
    changed();
  } }).node;
  const switches = ["quick", "halving"].map((name) => toggle({ label: t(`form.${name}`), value: order[name], change: (on) => {
    order[name] = on;
    changed();
  } }).node);
  const form = make(
    "form",
    { className: "order" },
    make("div", { className: "line" }, workload.node), about,
    make("fieldset", {}, make("legend", {}, t("form.optimizers")), make("div", { className: "picks" }, chips)),
    make("div", { className: "line" }, text("lr", 14), text("seeds", 4), text("epochs", 6), switches[0]),
    make("details", { open: ["batch_size", "schedule", "init", "l2", "keep_prob"].some((name) => order[name]) || others.length > 0 || order.halving },
      make("summary", {}, t("form.more")),
      own,
      make("div", { className: "line" }, text("batch_size", 10), schedule, text("init", 12), text("l2", 10), text("keep_prob", 10), switches[1])),
    make("div", { className: "line send" }, start, count), failed,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    document.activeElement?.dispatchEvent(new Event("change"));
    start.disabled = true;
    try {
      const { id } = await post("races", sent(order));
      await go(link(`/race/${id}`));
    } catch (error) {
      failed.textContent = error.message;
      failed.hidden = false;
      start.disabled = false;
    }
  });
  tell();
  changed();
  return form;
}
