/* The axes of a panel: scales that Plot understands, and ticks that people read. */
import { say } from "../words.js";
import { percent, short } from "../format.js";

const spaced = (low, high) => {
  const decades = Math.log10(high / low);
  return decades > 6 ? 2 : 1;
};

const known = new WeakMap();

/* The values of one coordinate as the axis takes them; worked out once, since several parts of a chart ask. */
export function placed(values, axis) {
  const held = known.get(values);
  if (held?.type === axis.type) return held.made;
  const made = worked(values, axis);
  known.set(values, { type: axis.type, made });
  return made;
}

function worked(values, axis) {
  if (axis.type === "time") return values.map((v) => (v === null ? NaN : new Date(v)));
  if (axis.type === "log") return values.map((v) => (v > 0 ? v : NaN));
  return values.map((v) => (v === null ? NaN : v));
}

function logTicks(low, high, room) {
  const [a, b] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const whole = [];
  const step = Math.max(spaced(low, high), Math.ceil((b - a + 1) / Math.max(2, room / 34)));
  for (let power = a; power <= b; power += step) whole.push(10 ** power);
  if (whole.length > 1) return whole;
  const found = [];
  for (let power = a - 1; power <= b + 1; power += 1) for (const m of [1, 2, 5]) if (m * 10 ** power >= low * 0.999 && m * 10 ** power <= high * 1.001) found.push(m * 10 ** power);
  return found;
}

export function extent(lists) {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      const v = +value;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return [low, high];
}

/* → Plot's scale options for `axis`, given every value on it and the room in pixels. */
export function scale(axis, lists, room, vertical) {
  const label = say(axis.label) || null;
  const base = { label, labelArrow: "none", labelOffset: vertical ? undefined : 34 };
  if (axis.type === "point") return { ...base, type: "point" };
  if (axis.type === "time") return { ...base, type: "utc", domain: axis.domain?.map((d) => new Date(d)), ticks: Math.max(2, room / 90) };
  let [low, high] = axis.domain ?? extent(lists);
  if (!(low <= high)) [low, high] = [axis.type === "log" ? 1 : 0, axis.type === "log" ? 10 : 1];
  const format = axis.percent ? (v) => percent(v, high - low < 0.1 ? 1 : 0) : (v) => short(v, 4);
  if (axis.type === "log") {
    if (!(low > 0)) low = high / 10;
    const domain = axis.domain ?? [low / 1.1, high * 1.1];
    return { ...base, type: "log", domain, ticks: logTicks(domain[0], domain[1], room), tickFormat: (v) => short(v, 3) };
  }
  const pad = axis.domain ? 0 : (high - low || Math.abs(high) || 1) * (vertical ? 0.05 : 0.02);
  return { ...base, type: "linear", domain: axis.domain ?? [low - pad, high + pad], ticks: Math.max(2, Math.min(8, room / (vertical ? 42 : 80))), tickFormat: format };
}
