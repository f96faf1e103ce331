/* Heights made to be seen: lifted to 0…1 on their scale, levels, and the quiet ramp that valleys and hills are tinted with. */
import { mixed } from "./colours.js";

export const LEVELS = 22;
const SMALLEST = 1e-4; // of the range: below it a logarithm ends

/* → {lift: height → 0…1 (NaN without one), low, high} for the heights `values` (flat). */
export function terrain(values, scale) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (!(range > 0)) return { lift: (value) => (Number.isFinite(value) ? 0 : NaN), low, high };
  if (scale !== "log") return { lift: (value) => (value === null ? NaN : (value - low) / range), low, high };
  const [floor, top] = [Math.log(SMALLEST), Math.log(1 + SMALLEST)];
  const lift = (value) => (value === null ? NaN : (Math.log(Math.max(0, (value - low) / range) + SMALLEST) - floor) / (top - floor));
  return { lift, low, high };
}

export const levels = (count = LEVELS) => Array.from({ length: count }, (_, i) => (i + 0.5) / count);

/* Tints from valley to hill for `count` bands, as colours of the present theme. */
export function tints(count = LEVELS) {
  return Array.from({ length: count + 1 }, (_, i) => mixed("--valley", "--hill", i / count));
}
