/* One race: watched while it runs, read when it is over. */
import { link } from "../address.js";
import { get, post } from "../api.js";
import { frame } from "../charts/chart.js";
import { select } from "../controls.js";
import { announce, command, make } from "../dom.js";
import { percent, seconds } from "../format.js";
import { go } from "../main.js";
import { lossPlane } from "../race/plane.js";
import { badge, ranking, when } from "../race/tables.js";
import { language, say, t } from "../words.js";

const LIBRARIES = ["torch", "keras", "tf1", "optax"];
const OVER = ["finished", "failed", "interrupted", "damaged"];

function figures(race) {
  const rows = [[race.runs, t("race.runs")], [race.seeds, t("race.seeds")], [race.epochs, t("race.epochs")], [race.counts.diverged, t("race.diverged")], [seconds(race.wall_s, t), t("race.wall")]];
  return make("dl", { className: "figures" }, rows.map(([value, name]) => make("div", {}, make("dd", {}, String(value)), make("dt", {}, name))));
}

function progress(race) {
  const bar = make("progress", { max: 1, value: race.progress, "aria-label": t("race.progress") });
  return make("div", { className: "progress" }, bar, make("span", {}, t("race.done", { share: percent(race.progress, 0), ended: race.runs - race.counts.waiting - race.counts.running, runs: race.runs })));
}

export async function open(root, id) {
  let race = await get(`races/${id}`);
  let stream = null;
  const [head, state, table, said] = [make("header", { className: "slim" }), make("div", { className: "status" }), make("div", {}), make("p", { className: "none failed", role: "alert", hidden: true })];
  const [box, repeat, foot] = [make("div", { className: "chart" }), make("section", { className: "close" }), make("section", { className: "close" })];
  const plane = lossPlane(id);
  const chart = frame(box);
  const act = async (what) => {
    try {
      await post(`races/${id}/${what}`, {});
      said.hidden = true;
      announce(t(`race.${what}.said`));
      watch();
    } catch (error) {
      said.textContent = error.message;
      said.hidden = false;
    }
  };
  const button = (what) => make("button", { type: "button", onclick: () => act(what) }, t(`race.${what}`));

  function show() {
    document.title = `${race.workload ?? id} · ${t("brand")}`;
    head.replaceChildren(
      make("p", { className: "kicker" }, make("a", { href: link("/race") }, t("race.all")), make("code", {}, id)),
      make("h1", {}, race.title ? say(race.title) : t("race.new")),
    );
    const live = !OVER.includes(race.state);
    state.replaceChildren(
      make("p", { className: "line" }, badge(race.state), race.started ? make("span", { className: "hint" }, when(race.started)) : "",
        live ? button("stop") : null, race.state === "interrupted" ? button("resume") : null,
        race.workload ? make("a", { href: `/races/${id}/report#lang=${document.documentElement.dataset.lang}`, target: "_blank" }, t("race.report")) : null),
      race.best ? make("p", { className: "hint" }, t("race.recipe"), LIBRARIES.flatMap((to) => [" ", make("a", { href: `/races/${id}/recipe?to=${to}`, download: "" }, to)])) : "",
      ...(race.state === "starting" ? [make("p", { className: "none" }, t("race.starting"))] : []),
      ...(race.error && !live ? [make("p", { className: `none${race.state === "failed" ? " failed" : ""}` }, race.error)] : []),
      ...(race.runs ? [race.progress < 1 ? progress(race) : "", figures(race)] : []),
    );
    if (race.runs) table.replaceChildren(make("h2", {}, t("race.ranking")), ranking(race.ranking, race), ...race.edges.map((edge) => make("p", { className: "hint" }, say(edge))));
    if (race.chart?.panels.length) chart.set(race.chart);
    plane.show(race.state === "finished");
    if (race.command && !repeat.childElementCount) repeat.append(make("h2", {}, t("race.repeat")), command(race.command, t));
  }

  function watch() {
    stream?.close();
    stream = new EventSource(`/api/races/${id}/events?lang=${language()}`);
    stream.addEventListener("race", (event) => {
      const before = race.state;
      race = JSON.parse(event.data);
      show();
      if (race.state !== before) announce(t(`state.${race.state}`));
    });
    stream.addEventListener("end", () => stream.close());
  }

  root.append(head, state, said, make("section", { className: "close" }, table), make("section", { className: "close" }, box), plane.node, repeat, foot);
  show();
  if (!OVER.includes(race.state)) watch();
  get("races").then(({ races }) => {
    const others = races.filter((one) => one.id !== id && one.workload);
    if (others.length) foot.append(select({ label: t("compare.with"), options: [["", "…"], ...others.map((one) => [one.id, `${one.id} · ${when(one.started)}`])], value: "", change: (other) => other && go(link("/race", { a: id, b: other })) }).node);
  }).catch(() => {});
  return () => {
    stream?.close();
    chart.close();
    plane.close();
  };
}
