/* Scales that say where their ticks are: logarithms (of a rate, a loss, or the distance of an accuracy from 1) on linear axes. */
(function () {
  "use strict";
  const { Steepest } = window;
  const trim = (value, digits) => String(Number(value.toFixed(digits)));

  /* Few enough of `ticks` for `room` pixels with `gap` between: every tick, or those whose place is a multiple. */
  function spaced(ticks, place, span, room, gap) {
    const kept = [];
    for (const tick of ticks) {
      const at = (place(tick) / span) * room;
      if (kept.every((other) => Math.abs(other.at - at) >= gap)) kept.push({ tick, at });
    }
    return kept.map((entry) => entry.tick);
  }

  function decades(low, high, steps) {
    const found = [];
    for (const step of steps) {
      for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power += 1) {
        const tick = Number((step * 10 ** power).toPrecision(3));
        if (tick >= low * 0.999 && tick <= high * 1.001) found.push(tick);
      }
    }
    return found;
  }

  /* → {at: value → position, domain, ticks: positions, format: position → text} for a logarithmic axis of `room` pixels. */
  Steepest.logAxis = (values, room, gap, format, pad) => {
    const [low, high] = [Math.min(...values) / pad, Math.max(...values) * pad];
    const at = Math.log10;
    const [a, b] = [at(low), at(high)];
    let ticks = decades(low, high, [1, 3, 2, 5]);
    if (ticks.length < 2) ticks = [...new Set(values)].sort((x, y) => x - y);
    ticks = spaced(ticks, (tick) => at(tick) - a, b - a || 1, room, gap);
    return { at, domain: [a, b], ticks: ticks.map(at), format: (place) => format(Number((10 ** place).toPrecision(6))) };
  };

  /* Accuracy near 1 is read best as distance from 1; the floor keeps a perfect score on the axis. */
  Steepest.errorAxis = (values, room, gap) => {
    const errors = values.map((v) => 1 - v).filter((e) => e > 1e-9);
    const floor = errors.length ? Math.min(...errors) / 2 : 1e-3;
    const at = (v) => -Math.log10(Math.max(1 - v, floor));
    const [a, b] = [at(Math.min(...values)) - 0.04, at(Math.max(...values)) + 0.04];
    const wanted = [0.1, 0.01, 0.001, 0.0001, 0.5, 0.05, 0.005, 0.02, 0.002, 0.2, 0.3, 0.03, 0.9, 0.7, 0.015, 0.04, 0.8, 0.4, 0.6];
    const ticks = spaced(wanted.map((e) => -Math.log10(e)).filter((t) => t >= a && t <= b), (t) => t - a, b - a || 1, room, gap);
    return { at, domain: [a, b], ticks, format: (place) => `${trim(100 * (1 - 10 ** -place), 3)}%` };
  };

  Steepest.linearAxis = (values, share) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const pad = (high - low || Math.abs(high) || 1) * 0.04;
    return { at: (v) => v, domain: [low - pad, high + pad], ticks: undefined, format: share ? (v) => `${trim(100 * v, 2)}%` : (v) => String(Number(v.toPrecision(4))) };
  };
})();
