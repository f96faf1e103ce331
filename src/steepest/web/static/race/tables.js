/* Races in a table, and the leaderboard of one. */
import { link } from "../address.js";
import { swatch } from "../charts/colours.js";
import { make } from "../dom.js";
import { metric, short } from "../format.js";
import { say, t } from "../words.js";

export const varied = (values) => Object.entries(values ?? {}).map(([key, value]) => `${key === "learning_rate" ? "lr" : key} ${typeof value === "number" ? short(value, 3) : value}`).join(", ");

export const badge = (state) => make("span", { className: `state ${state}` }, t(`state.${state}`));

/* When a race began, as the reader's clock says it. */
export const when = (text) => (text ? new Date(text).toLocaleString(document.documentElement.lang, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }) : "");

/* What a race was on: its workload, a file without its folders, and what that is about. */
const about = ({ workload, title }) => [...new Set([workload.replace(/^.*\/(?=[^/]+\.py)/, ""), say(title)])].join(" · ");

export function raceTable(races) {
  const rows = races.map((race) => {
    const best = race.best;
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: link(`/race/${race.id}`) }, race.id), make("small", {}, race.workload ? about(race) : (race.error ?? ""))),
      make("td", {}, badge(race.state)),
      make("td", {}, best ? [`${best.optimizer} `, make("small", {}, varied(best.varied))] : "–"),
      make("td", { className: "num" }, best ? metric(race.metric, best.mean) : "–"),
      make("td", { className: "num" }, race.runs ? String(race.runs) : "–"),
      make("td", { className: "when" }, when(race.started)),
    );
  });
  const heads = ["race", "state", "best", "metric", "runs", "started"].map((name) => make("th", { scope: "col", className: ["metric", "runs"].includes(name) ? "num" : "" }, t(`races.${name}`)));
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("races.stored") }, make("table", { className: "races" }, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows)));
}

/* Whether a row has too few seeds in common with the leader to be compared. */
const unsure = (row) => row.n > 0 && row.rank > 1 && row.tied === null;

export function ranking(rows, race, dashed = false) {
  if (!rows.length) return make("p", { className: "none" }, t("race.nothing"));
  const interval = (row) => (row.low === null || row.low === undefined ? "" : `${metric(race.metric, row.low)} … ${metric(race.metric, row.high)}`);
  const lines = rows.map((row, i) =>
    make("tr", { className: i === 0 && row.n ? "first" : "" },
      make("td", { className: "num rank" }, row.n ? `${row.rank}${row.tied ? "=" : unsure(row) ? "?" : ""}` : "–"),
      make("th", { scope: "row" }, swatch(row.series, dashed), row.optimizer),
      make("td", { className: "num mean" }, metric(race.metric, row.mean)),
      make("td", { className: "range" }, interval(row)),
      make("td", {}, make("code", {}, varied(row.varied))),
      make("td", { className: "num" }, String(row.n)),
      make("td", { className: "num" }, row.diverged ? String(row.diverged) : "")));
  const heads = [["", "num"], [t("rank.optimizer"), ""], [say(race.metric_name), "num"], [t("rank.interval"), ""], [t("rank.setting"), ""], [t("rank.seeds"), "num"], [t("rank.diverged"), "num"]];
  const table = make("table", { className: "leaderboard" }, make("thead", {}, make("tr", {}, heads.map(([text, name]) => make("th", { scope: "col", className: name }, text)))), make("tbody", {}, lines));
  return make("div", {},
    make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("race.ranking") }, table),
    rows.some((row) => row.tied) ? make("p", { className: "hint" }, t("rank.tied")) : null,
    rows.some(unsure) ? make("p", { className: "hint" }, t("rank.unsure")) : null);
}
