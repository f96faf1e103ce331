/* Two races side by side: one chart, both leaderboards. */
import { link } from "../address.js";
import { get } from "../api.js";
import { frame } from "../charts/chart.js";
import { make } from "../dom.js";
import { say, t } from "../words.js";
import { badge, ranking, when } from "./tables.js";

export async function comparison(a, b) {
  const told = await get("compare", { a, b });
  const box = make("div", { className: "chart" });
  const chart = frame(box);
  const sides = told.races.map((race, i) =>
    make("section", { className: "side" },
      make("h2", {}, make("span", { className: "letter" }, "AB"[i]), " ", make("a", { href: link(`/race/${race.id}`) }, race.id)),
      make("p", { className: "hint" }, say(race.title), " · ", when(race.started), " ", badge(race.state)),
      ranking(race.ranking, race, i === 1)));
  const node = make("div", {}, make("header", { className: "slim" }, make("h1", {}, t("compare.title")), make("p", { className: "lead" }, t("compare.lead"))), box, make("div", { className: "sides" }, sides), make("p", {}, make("a", { href: link("/race") }, t("race.all"))));
  return { node, start: () => chart.set(told.chart), close: chart.close };
}
