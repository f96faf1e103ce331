/* One look per optimiser, the same in every chart: colour, then dash and shape when colours run out. */
(function () {
  "use strict";
  const { Steepest, Plot, d3 } = window;
  const COLOURS = 8;
  const DASHES = [null, "6 3", "2 3"];
  const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"];
  const place = new Map(Steepest.data.groups.map((group, index) => [group.name, index]));

  Steepest.look = (name) => {
    const index = place.get(name);
    return {
      stroke: `var(--c${index % COLOURS})`,
      dash: DASHES[Math.floor(index / COLOURS) % DASHES.length],
      symbol: SHAPES[index % SHAPES.length],
    };
  };

  /* Settings of one optimiser in order: a ramp that keeps its contrast in both themes. */
  Steepest.ramp = (index, count) => `var(--r${Math.round(count > 1 ? (8 * index) / (count - 1) : 4)})`;

  Steepest.swatch = (look) => {
    const svg = d3.create("svg:svg").attr("width", 26).attr("height", 12).attr("aria-hidden", "true");
    svg.append("path").attr("d", "M1 6H25").attr("fill", "none").attr("stroke-width", 2)
      .style("stroke", look.stroke).attr("stroke-dasharray", look.dash);
    const shape = { circle: d3.symbolCircle, square: d3.symbolSquare, triangle: d3.symbolTriangle, diamond: d3.symbolDiamond,
      cross: d3.symbolCross, star: d3.symbolStar, wye: d3.symbolWye }[look.symbol];
    if (shape) svg.append("path").attr("d", d3.symbol(shape, 44)()).attr("transform", "translate(13,6)").style("fill", look.stroke);
    return svg.node();
  };

  Steepest.tip = { fill: "var(--raised)", stroke: "var(--rule)", fontSize: 12, lineHeight: 1.35, textPadding: 9, pathFilter: "none" };
  Steepest.figure = (options) => {
    const { clientWidth } = options;
    delete options.clientWidth;
    return Plot.plot({
      width: clientWidth,
      style: { background: "transparent", fontSize: "12px", fontFamily: "inherit", color: "var(--ink)", overflow: "visible" },
      ...options,
    });
  };
})();
