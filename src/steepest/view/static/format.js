/* Numbers as the tables write them. */
(function () {
  "use strict";
  const { Steepest } = window;
  const isShare = (name) => name.includes("accuracy");
  const significant = (value, digits) => String(Number(Number(value).toPrecision(digits)));

  Steepest.isShare = isShare;
  Steepest.isLower = (name) => /loss|error|perplexity|mse|mae|nll|height/i.test(name);
  Steepest.metric = (name, value) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    return isShare(name) ? `${(100 * value).toFixed(2)}%` : significant(value, 4);
  };
  Steepest.rate = (value) => {
    if (value === null || value === undefined) return "–";
    const power = Math.log10(value);
    if (value < 1e-4 || value >= 1e4) return value.toExponential(Number.isInteger(power) ? 0 : 2).replace("e+", "e");
    return significant(value, 3);
  };
  Steepest.seconds = (value) => (value < 1 ? Steepest.t("unit.ms", { n: significant(1000 * value, 3) }) : Steepest.t("unit.s", { n: significant(value, 3) }));
  Steepest.whole = (value) => Math.round(value).toLocaleString("en").replaceAll(",", "\u2009");
})();
