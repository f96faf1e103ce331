/* Races: start one, open one that is stored, or compare two. */
import { link, query } from "../address.js";
import { get } from "../api.js";
import { select } from "../controls.js";
import { make } from "../dom.js";
import { go } from "../main.js";
import { comparison } from "../race/compare.js";
import { raceForm } from "../race/form.js";
import { raceTable, when } from "../race/tables.js";
import { t } from "../words.js";

const EVERY = 3000; // milliseconds between two looks at the list while something runs
const LIVE = ["starting", "running", "resuming"];

function comparing(races) {
  const ready = races.filter((race) => race.workload);
  if (ready.length < 2) return null;
  const chosen = [ready[0].id, ready[1].id];
  const options = ready.map((race) => [race.id, `${race.id} · ${when(race.started)}`]);
  const lists = chosen.map((id, i) => select({ label: "AB"[i], options, value: id, change: (value) => (chosen[i] = value) }).node);
  const button = make("button", { type: "button" }, t("compare"));
  button.addEventListener("click", () => go(link("/race", { a: chosen[0], b: chosen[1] })));
  return make("div", { className: "comparing" }, make("span", { className: "hint" }, t("compare.choose")), lists, button);
}

export async function open(root) {
  const [a, b] = [query().get("a"), query().get("b")];
  if (a && b) {
    const both = await comparison(a, b);
    root.append(both.node);
    both.start();
    return both.close;
  }
  const stored = make("div", {});
  const forming = make("div", { className: "chart waiting" });
  let timer = 0;
  let shown = "";
  async function list() {
    const { races } = await get("races");
    const text = JSON.stringify(races);
    if (text !== shown) {
      shown = text;
      stored.replaceChildren(...(races.length ? [raceTable(races), comparing(races)].filter(Boolean) : [make("p", { className: "none" }, t("races.none"))]));
    }
    if (races.some((race) => LIVE.includes(race.state))) timer = setTimeout(() => list().catch(() => {}), EVERY);
  }
  root.append(
    make("header", { className: "slim" }, make("h1", {}, t("races.title")), make("p", { className: "lead" }, t("races.lead"))),
    make("section", { className: "close" }, make("h2", {}, t("form.title")), forming),
    make("section", {}, make("h2", {}, t("races.stored")), stored),
  );
  await list();
  raceForm().then((form) => forming.replaceWith(form)).catch((error) => forming.replaceWith(make("p", { className: "none failed", role: "alert" }, error.message)));
  return () => clearTimeout(timer);
}
