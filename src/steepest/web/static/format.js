/* Numbers as people read them. */
const MINUS = "−";
const signed = (text) => text.replace(/^-/, MINUS).replace(/e-/, `e${MINUS}`).replace("e+", "e");

/* `value` at `digits` significant digits; powers of ten when it is very small or large; a dash for nothing. */
export function short(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [digitsOf, power] = value.toExponential(digits - 1).split("e");
    return signed(`${Number(digitsOf)}e${Number(power)}`);
  }
  if (size >= 10 ** digits) return signed(Math.round(value).toLocaleString("en").replaceAll(",", "\u2009"));
  return signed(String(Number(value.toPrecision(digits))));
}

export const percent = (value, digits = 2) => (Number.isFinite(value) ? `${(100 * value).toFixed(digits)}%` : "–");

export const isShare = (name) => name.includes("accuracy");
export const metric = (name, value) => (isShare(name) ? percent(value) : short(value));

/* A number as it is typed into a field or an address: no rounding that can be seen. */
export const plain = (value) => String(Number(Number(value).toPrecision(6)));

export function seconds(value, t) {
  if (!Number.isFinite(value)) return "–";
  if (value < 1) return t("unit.ms", { n: short(1000 * value, 3) });
  if (value < 90) return t("unit.s", { n: short(value, 3) });
  return t("unit.min", { m: Math.floor(value / 60), s: Math.round(value % 60) });
}
