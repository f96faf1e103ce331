/* The shell: the bar, the two switches, and which page the address means. */
import { query, settle, written } from "./address.js";
import { make } from "./dom.js";
import { language, speak, t, wanted } from "./words.js";

const PAGES = [
  [/^\/(course)?\/?$/, "course", () => import("./pages/course.js")],
  [/^\/course\/([\w.]+)$/, "course", () => import("./pages/chapter.js")],
  [/^\/surfaces$/, "surfaces", () => import("./pages/surfaces.js")],
  [/^\/race$/, "race", () => import("./pages/races.js")],
  [/^\/race\/([\w.-]+)$/, "race", () => import("./pages/race.js")],
  [/^\/digits$/, "digits", () => import("./pages/digits.js")],
];
const root = document.documentElement;
const main = document.getElementById("main");
let close = null;
let turn = 0;

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

function bar(current) {
  const nav = document.getElementById("nav");
  nav.setAttribute("aria-label", t("nav"));
  nav.replaceChildren(
    ...["course", "surfaces", "race", "digits"].map((name) =>
      make("a", { href: `/${name}${withLanguage()}`, "aria-current": name === current ? "page" : null }, t(`page.${name}`))),
  );
  document.getElementById("brand").href = `/course${withLanguage()}`;
  document.getElementById("skip").textContent = t("skip");
  const button = document.getElementById("language");
  button.textContent = t("switch.language");
  button.lang = language() === "zh" ? "en" : "zh-CN";
  button.setAttribute("aria-label", t("switch.language.label"));
  const theme = document.getElementById("theme");
  theme.setAttribute("aria-label", t("switch.theme"));
  theme.setAttribute("aria-pressed", String(isDark()));
}

const withLanguage = () => written(new URLSearchParams({ lang: language() }));

const back = (name) => make("p", {}, make("a", { href: `/${name}${withLanguage()}` }, `← ${t(`page.${name}`)}`));

async function show() {
  const mine = ++turn;
  delete root.dataset.ready;
  const [found, name, load] = PAGES.map(([pattern, page, module]) => [location.pathname.match(pattern), page, module]).find(([match]) => match) ?? [null, "", null];
  const [page] = await Promise.all([load?.(), speak(wanted(query().get("lang")))]);
  if (mine !== turn) return;
  close?.();
  close = null;
  bar(name);
  main.className = name;
  const box = make("div", { className: "page" });
  main.replaceChildren(box);
  document.title = `${page ? t(`page.${name}`) : "404"} · ${t("brand")}`;
  let ended = null;
  try {
    if (page) ended = await page.open(box, found[1] ?? null);
    else box.append(make("p", { className: "none" }, t("missing")), back("course"));
  } catch (error) {
    box.replaceChildren(make("p", { className: "none failed", role: "alert" }, error.message), back(name));
  }
  if (mine !== turn) return void ended?.();
  close = ended;
  root.dataset.ready = name || "none";
  performance.mark("ready");
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

export function go(path, replace = false) {
  settle();
  history[replace ? "replaceState" : "pushState"](null, "", path);
  return show().then(() => {
    if (!replace) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.hasAttribute("download")) return;
  const goal = new URL(link.href, location.href);
  if (goal.origin !== location.origin || goal.pathname.endsWith("/report")) return;
  event.preventDefault();
  if (goal.pathname === location.pathname && goal.hash) {
    history.pushState(null, "", location.pathname + location.search + goal.hash);
    const place = document.querySelector(goal.hash);
    place?.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    place?.focus({ preventScroll: true });
    return;
  }
  go(goal.pathname + goal.search + goal.hash);
});

document.getElementById("language").addEventListener("click", () => {
  settle();
  const now = query();
  now.set("lang", language() === "zh" ? "en" : "zh");
  const y = scrollY;
  go(location.pathname + written(now) + location.hash, true).then(() => scrollTo(0, y));
});

document.getElementById("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("steepest.theme", root.dataset.theme);
  } catch {
    /* it holds for this page */
  }
  document.getElementById("theme").setAttribute("aria-pressed", String(isDark()));
  dispatchEvent(new Event("themechange"));
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("themechange")));
addEventListener("popstate", show);
show();
