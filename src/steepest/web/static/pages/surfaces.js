/* Optimisers on a surface: choose or type it, choose who runs, drag the start, and watch. */
import { note } from "../address.js";
import { get, latest } from "../api.js";
import { frame } from "../charts/chart.js";
import { choice, field, select, slider } from "../controls.js";
import { announce, make } from "../dom.js";
import { plain } from "../format.js";
import { entryList } from "../surfaces/entries.js";
import { heights } from "../surfaces/heights.js";
import { stage } from "../surfaces/stage.js";
import { FIRST, MOST, parsed, question, read, suggested, write } from "../surfaces/state.js";
import { transport } from "../surfaces/transport.js";
import { say, t } from "../words.js";

const NAMES = "sgd momentum nesterov adagrad adadelta rmsprop adam adamw nadam radam adamax lion lamb muon schedule_free".split(" ");
const TYPED = " ";

export async function open(root) {
  const state = read();
  const [{ surfaces }, begun] = await Promise.all([get("surfaces"), ground(state.surface)]);
  let [grid, descents, first, played] = [begun.grid, [], true, state.at !== null || matchMedia("(prefers-reduced-motion: reduce)").matches];

  // the controls ----------------------------------------------------------------------------------------------
  const failed = make("p", { className: "none failed", role: "alert", hidden: true });
  const fail = (error) => {
    failed.textContent = error.message;
    failed.hidden = false;
    picture.node.classList.remove("waiting");
  };
  const picture = stage(state, {
    move(start, done) {
      state.start = start;
      startFields();
      picture.restart();
      compute();
      if (done) announce(t("surface.start.at", { x: plain(start[0]), y: plain(start[1]) }));
    },
    turn(azimuth, elevation) {
      [state.azimuth, state.elevation] = [((azimuth + 540) % 360) - 180, elevation];
      picture.redraw();
      write(state);
    },
  });
  const player = transport({
    speed: state.speed,
    tick: (at) => {
      picture.time(at);
      list.tell(descents, at);
    },
    told: (at, playing) => !playing && note({ at: Math.round(at) }),
    change: (speed) => {
      state.speed = speed;
      write(state);
    },
  });
  const list = entryList(state, {
    names: NAMES, most: MOST,
    change: compute,
    dim: (i) => picture.dim(i),
    remove(i) {
      state.entries.splice(i, 1);
      list.draw();
      compute();
    },
    add(name) {
      state.entries.push(fresh(name));
      list.draw();
      compute();
    },
  });
  const fresh = (name) => parsed(name === "adadelta" ? "adadelta:learning_rate=1" : `${name}:learning_rate=${suggested(name, grid.surface)}`);
  if (!state.entries.length) state.entries = FIRST.map(fresh);
  list.draw();

  const registered = surfaces.map((one) => [one.id.split(":")[0], say(one.title)]);
  const named = () => registered.find(([id]) => id === state.surface.split(":")[0])?.[0] ?? TYPED;
  const chooser = select({ label: t("surface"), options: [...registered, [TYPED, t("surface.typed")]], value: named(), change: (id) => (id === TYPED ? formula.input.focus() : settle(id, true)) });
  const formula = field({ label: t("surface.formula"), value: grid.surface.formula, size: 24, change: (text) => text && settle(text, true) });
  const [x, y] = ["x", "y"].map((name, i) => field({ label: name, value: "", size: 8, change: (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || text === "") return startFields();
    state.start[i] = value;
    picture.restart();
    compute();
  } }));
  function startFields() {
    [x, y].forEach((one, i) => one.set(plain(state.start[i])));
  }
  const views = choice({ label: t("view"), options: [["2d", t("view.2d")], ["3d", t("view.3d")]], value: state.view, change: (view) => {
    state.view = view;
    picture.rebuild();
    write(state);
  } });
  const steps = slider({ label: t("steps"), minimum: 10, maximum: 2000, step: 1, log: true, value: state.steps, change: (value) => {
    state.steps = value;
    compute();
  } });
  const noise = slider({ label: t("noise"), minimum: 0, maximum: 10, step: 0.01, value: state.noise, change: (value) => {
    state.noise = value;
    compute();
  } });
  const seed = slider({ label: t("seed"), minimum: 0, maximum: 99, step: 1, value: state.seed, change: (value) => {
    state.seed = value;
    compute();
  } });

  // what changes ----------------------------------------------------------------------------------------------
  const box = make("div", { className: "chart" });
  const chart = frame(box);
  let late = 0;
  const ask = latest(
    () => get("descend", question(state)),
    (told) => {
      descents = told.descents;
      failed.hidden = true;
      picture.node.classList.remove("waiting");
      const begins = !played;
      picture.show(descents);
      player.length(state.steps, begins ? 0 : first ? (state.at ?? state.steps) : null);
      first = false;
      list.tell(descents, player.at);
      picture.node.dataset.drawn = String(Number(picture.node.dataset.drawn ?? 0) + 1);
      cancelAnimationFrame(late);
      late = requestAnimationFrame(() => chart.set(heights(descents, grid.surface)));
      if (!begins) return;
      played = true;
      player.start();
    },
    fail,
  );
  function compute() {
    write(state);
    if (!state.entries.length) {
      descents = [];
      picture.show([]);
      return;
    }
    ask(state);
  }

  async function settle(text, anew) {
    try {
      const next = await ground(text);
      const before = grid.surface;
      grid = next.grid;
      state.surface = text;
      state.start = [...grid.surface.start];
      if (anew) {
        for (const entry of state.entries) {
          if (entry.values.learning_rate !== undefined && Number(entry.values.learning_rate) === suggested(entry.name, before)) entry.values.learning_rate = String(suggested(entry.name, grid.surface));
        }
        list.draw();
        played = matchMedia("(prefers-reduced-motion: reduce)").matches;
      }
      arrive();
    } catch (error) {
      fail(error);
      formula.input.setAttribute("aria-invalid", "true");
    }
  }

  function arrive() {
    failed.hidden = true;
    formula.set(grid.surface.formula);
    formula.input.removeAttribute("aria-invalid");
    chooser.set(named());
    startFields();
    picture.ground(grid);
    compute();
  }

  state.start ??= [...grid.surface.start];
  const panel = make(
    "div",
    { className: "panel-side" },
    make("div", { className: "choosing" }, chooser.node, formula.node, make("p", { className: "hint" }, t("surface.formula.hint"))),
    list.node,
    make("details", { className: "settings" }, make("summary", {}, t("settings")), make("div", { className: "start-fields" }, make("span", {}, t("surface.start")), x.node, y.node), steps.node, noise.node, seed.node),
  );
  root.append(
    make("header", { className: "slim" }, make("h1", {}, t("surfaces.title")), make("p", { className: "lead" }, t("surfaces.lead"))),
    make("div", { className: "bench" },
      make("div", { className: "viewing" }, make("div", { className: "above" }, views.node, make("span", { className: "hint" }, t("surface.keys"))), picture.node, player.node, failed),
      panel),
    make("section", { className: "below" }, make("h2", {}, t("surface.heights")), box),
  );
  picture.node.classList.add("waiting");
  arrive();
  get("optimizers").then((told) => list.know(told.optimizers)).catch(() => {});
  return () => {
    player.close();
    picture.close();
    chart.close();
  };
}

const ground = async (text) => ({ grid: await get("surface", { surface: text }) });

