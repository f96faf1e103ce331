/* The vendored chart code, which sets two globals, as a module. */
import "/vendor/d3/d3.min.js";
import "/vendor/plot/plot.umd.min.js";

export const { d3, Plot } = globalThis;
