/* How high each optimiser stands at every step, above the lowest point known: a chart of the figure contract. */
import { t } from "../words.js";

const both = (text) => ({ en: text, zh: text });
const MOST = 400; // points of a line

export function heights(descents, surface) {
  const seen = Math.min(...descents.map((one) => Math.min(...one.values.filter(Number.isFinite))));
  const lowest = surface.lowest ?? null;
  const base = lowest !== null && lowest <= seen + 1e-9 ? lowest : null;
  const marks = descents.map((one, i) => {
    const every = Math.max(1, Math.ceil(one.values.length / MOST));
    const x = [];
    const y = [];
    for (let k = 0; k < one.values.length; k += every) {
      x.push(k);
      y.push(base === null ? one.values[k] : Math.max(one.values[k] - base, 0) || null);
    }
    return { kind: "line", x, y, name: both(one.optimizer), series: i };
  });
  const positive = marks.flatMap((mark) => mark.y).filter((v) => v > 0);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const log = base !== null && high / low > 20;
  return {
    panels: [{
      title: null,
      x: { label: both(t("step")), type: "linear", domain: null },
      y: { label: both(t(base === null ? "surface.value" : "surface.above")), type: log ? "log" : "linear", domain: log ? [Math.max(low, high * 1e-14), high * 1.5] : null },
      equal: false, marks,
    }],
    facts: [], note: null,
  };
}
