/* Play, pause, step, scrub, speed: time as a number of steps, sixty frames a second. */
import { choice } from "../controls.js";
import { make } from "../dom.js";
import { t } from "../words.js";

const SPEEDS = [10, 30, 60, 180];
const ICONS = { play: "M4 2.5v11l9-5.5z", pause: "M4 2.5h3v11H4zM9 2.5h3v11H9z", first: "M3 3h2v10H3zM13 3v10L6 8z", back: "M11.5 3v10l-7-5z", on: "M4.5 3v10l7-5z" };

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}

const button = (name, label, press) => {
  const made = make("button", { type: "button", "aria-label": label, title: label, className: name }, icon(name));
  made.addEventListener("click", press);
  return made;
};

/* tick(step) every frame; told(step, playing) when time stands still or starts. */
export function transport({ speed, tick, told, change }) {
  let [at, steps, playing, frame, before] = [0, 1, false, 0, 0];
  const play = button("play", t("play"), () => (playing ? pause() : start()));
  const scrub = make("input", { type: "range", min: "0", max: "1", step: "1", value: "0", "aria-label": t("scrub") });
  const count = make("output", { className: "count" });
  const speeds = choice({ label: t("speed"), options: SPEEDS.map((one) => [one, `${one}`]), value: speed, change: (next) => change((speed = next)) });

  function show(step, silent = false) {
    at = Math.max(0, Math.min(steps, step));
    scrub.value = String(at);
    scrub.style.setProperty("--done", `${(100 * at) / steps}%`);
    const text = t("step.of", { at: Math.round(at), steps });
    if (count.textContent !== text) {
      count.textContent = text;
      scrub.setAttribute("aria-valuetext", text);
    }
    tick(at);
    if (!silent) told(at, playing);
  }

  function turn(now) {
    if (!playing) return;
    const passed = Math.min(100, before ? now - before : 0);
    before = now;
    show(at + (speed * passed) / 1000, true);
    if (at >= steps) pause();
    else frame = requestAnimationFrame(turn);
  }

  function face() {
    play.replaceChildren(icon(playing ? "pause" : "play"));
    play.setAttribute("aria-label", t(playing ? "pause" : "play"));
    play.title = t(playing ? "pause" : "play");
    play.className = playing ? "play on" : "play";
  }

  function start() {
    if (at >= steps) at = 0;
    playing = true;
    before = 0;
    face();
    told(at, true);
    frame = requestAnimationFrame(turn);
  }

  function pause() {
    playing = false;
    cancelAnimationFrame(frame);
    face();
    told(at, false);
  }

  const still = (step) => {
    if (playing) pause();
    show(step);
  };
  scrub.addEventListener("input", () => still(Number(scrub.value)));
  const node = make(
    "div",
    { className: "transport", role: "group", "aria-label": t("transport") },
    button("first", t("first"), () => still(0)),
    button("back", t("back"), () => still(Math.ceil(at) - 1)),
    play,
    button("on", t("on"), () => still(Math.floor(at) + 1)),
    scrub, count, speeds.node,
  );

  /* Keys for the whole page, unless a control has the focus that wants them itself. */
  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, button, a, summary")) return;
    const act = { " ": () => (playing ? pause() : start()), ",": () => still(Math.ceil(at) - 1), ".": () => still(Math.floor(at) + 1), Home: () => still(0), End: () => still(steps) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  document.addEventListener("keydown", keys);

  return {
    node, start, pause,
    get at() {
      return at;
    },
    get playing() {
      return playing;
    },
    /* New paths: whoever looked at their end looks at their end again. */
    length(next, where = null) {
      const end = at >= steps;
      steps = next;
      scrub.max = String(next);
      show(where ?? (end && !playing ? next : Math.min(at, next)), true);
    },
    close() {
      playing = false;
      cancelAnimationFrame(frame);
      document.removeEventListener("keydown", keys);
    },
  };
}
