/* The address is the state: what a page shows can be read from it, and whatever changes is written to it. */
let timer = 0;
let waiting = null;

export const query = () => new URLSearchParams(location.search);

/* Put `changes` into the query (null or "" takes a key out; an array repeats it); soon, since browsers count how often. */
export function note(changes) {
  waiting = { ...waiting, ...changes };
  clearTimeout(timer);
  timer = setTimeout(settle, 120);
}

export function settle() {
  clearTimeout(timer);
  if (!waiting) return;
  const now = query();
  for (const [name, value] of Object.entries(waiting)) {
    now.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") now.append(name, one);
    }
  }
  waiting = null;
  history.replaceState(history.state, "", location.pathname + written(now) + location.hash);
}

/* A query as people read it: commas, colons and the like stay themselves. */
export function written(params) {
  const text = params.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%5E/g, "^").replace(/%3D/g, "=").replace(/%28/g, "(").replace(/%29/g, ")");
  return text ? `?${text}` : "";
}

/* A link to a page, in the language that is spoken. */
export function link(path, params = {}) {
  const now = new URLSearchParams();
  const lang = query().get("lang");
  for (const [name, value] of Object.entries(params)) now.append(name, value);
  if (lang && !now.has("lang")) now.append("lang", lang);
  return path + written(now);
}
