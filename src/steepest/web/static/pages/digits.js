/* Digits: draw one, and every stored network reads it. */
import { link, note, query } from "../address.js";
import { get, latest, post } from "../api.js";
import { ink } from "../charts/colours.js";
import { pad } from "../digits/pad.js";
import { pixels, read, spelt } from "../digits/strokes.js";
import { announce, make } from "../dom.js";
import { percent, short } from "../format.js";
import { go } from "../main.js";
import { say, t } from "../words.js";

const SIDE = 112;
const DIGITS = "0123456789".split("");

function bars(network) {
  const cells = network.probabilities.map((p, digit) =>
    make("div", { className: `bar-cell${digit === network.digit ? " top" : ""}`, title: `${digit}: ${percent(p, 1)}` },
      make("span", { className: "fill", style: { "--share": `${(100 * p).toFixed(2)}%` } }), make("span", { className: "digit" }, String(digit))));
  return make("div", { className: "bars", role: "img", "aria-label": network.probabilities.map((p, digit) => `${digit}: ${percent(p, 1)}`).join(", ") }, cells);
}

function card(network) {
  const sure = network.probabilities[network.digit];
  return make("div", { className: "reader" },
    make("div", { className: "verdict" }, make("strong", {}, String(network.digit)), make("span", {}, percent(sure, 1))),
    make("div", { className: "who" },
      make("a", { href: link(`/race/${network.race}`) }, say(network.title)),
      make("p", { className: "hint" }, t("digit.network", { optimizer: network.optimizer, run: network.run, accuracy: percent(network.accuracy), parameters: short(network.parameters, 4) })),
      bars(network)));
}

function seen(canvas, rows) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, 28, 28);
  context.fillStyle = ink("--ink");
  rows.forEach((row, r) => row.forEach((value, c) => {
    context.globalAlpha = value / 255;
    context.fillRect(c, r, 1, 1);
  }));
}

export async function open(root) {
  const given = query();
  const view = make("canvas", { width: 28, height: 28, className: "seen", role: "img", "aria-label": t("digit.seen") });
  const results = make("div", { className: "readers", "aria-live": "polite" });
  const failed = make("p", { className: "none failed", role: "alert", hidden: true });
  let number = Number(given.get("number") ?? 0) || 0;
  let example = given.get("example");

  const train = () => make("div", { className: "none" }, make("p", {}, t("digit.none")), make("button", { type: "button", className: "primary", onclick: async (event) => {
    event.target.disabled = true;
    try {
      const { id } = await post("races", { workload: "mnist-mlp", optimizers: ["adam"], lr: "0.004", seeds: "1", epochs: "2" });
      go(link(`/race/${id}`));
    } catch (error) {
      fail(error);
    }
  } }, t("digit.train")));
  const fail = (error) => {
    failed.textContent = error.message;
    failed.hidden = false;
  };
  const ask = latest((body) => post("digit", body), (told) => {
    failed.hidden = true;
    seen(view, told.seen);
    results.replaceChildren(...(told.networks.length ? told.networks.map(card) : [train()]));
    results.dataset.read = String(Number(results.dataset.read ?? 0) + 1);
  }, fail);
  const sheet = pad((strokes, done) => {
    example = null;
    if (strokes.length) ask({ side: SIDE, pixels: pixels(strokes, SIDE) });
    if (done) note({ d: spelt(strokes), example: null, number: null });
  });
  const clear = () => {
    sheet.set([]);
    example = null;
    view.getContext("2d").clearRect(0, 0, 28, 28);
    results.replaceChildren(make("p", { className: "none" }, t("digit.empty")));
    failed.hidden = true;
    note({ d: null, example: null, number: null });
  };
  const undo = () => {
    const rest = sheet.strokes.slice(0, -1);
    if (!rest.length) return clear();
    sheet.set(rest);
    note({ d: spelt(rest) });
    ask({ side: SIDE, pixels: pixels(rest, SIDE) });
  };
  async function fetchExample(digit) {
    number = digit === example ? number + 1 : digit === given.get("example") ? number : 0;
    example = digit;
    try {
      const told = await get("example", { digit, number });
      sheet.show(told.pixels);
      if (!results.querySelector(".reader")) results.replaceChildren(make("div", { className: "waiting" }));
      note({ d: null, example: digit, number: number || null });
      announce(t("digit.example.said", { digit }));
      ask({ side: 28, pixels: btoa(String.fromCharCode(...told.pixels.flat())) });
    } catch (error) {
      fail(error);
    }
  }
  const keys = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    if (DIGITS.includes(event.key)) fetchExample(event.key);
    else if (event.key === "Backspace" || event.key === "Delete") clear();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", keys);

  root.append(
    make("header", { className: "slim" }, make("h1", {}, t("digits.title")), make("p", { className: "lead" }, t("digits.lead"))),
    make("div", { className: "desk" },
      make("div", { className: "sheet" }, sheet.node,
        make("div", { className: "line tools" }, make("button", { type: "button", onclick: clear }, t("digit.clear")), make("button", { type: "button", onclick: undo }, t("digit.undo")), make("figure", { className: "as-seen" }, view, make("figcaption", {}, t("digit.seen")))),
        make("div", { className: "examples", role: "group", "aria-label": t("digit.examples") }, make("span", { className: "hint" }, t("digit.examples")), DIGITS.map((digit) => make("button", { type: "button", onclick: () => fetchExample(digit) }, digit)))),
      make("div", { className: "reading-side" }, failed, results)),
  );
  const strokes = read(given.get("d"));
  if (strokes.length) {
    sheet.set(strokes);
    results.append(make("div", { className: "waiting" }));
    ask({ side: SIDE, pixels: pixels(strokes, SIDE) });
  } else if (DIGITS.includes(example)) {
    const digit = example;
    example = null;
    await fetchExample(digit);
  } else clear();
  return () => {
    document.removeEventListener("keydown", keys);
    sheet.close();
  };
}
