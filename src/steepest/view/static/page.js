/* The page's state: language and theme, from the address, then the last visit, then the reader's system. */
(function () {
  "use strict";
  const Steepest = (window.Steepest = {});
  const root = document.documentElement;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  Steepest.data = read("race-data");
  const words = read("race-words");

  const allowed = { lang: ["zh", "en"], theme: ["light", "dark"] };

  function fromAddress() {
    const found = {};
    for (const part of [location.search.slice(1), location.hash.slice(1)]) {
      const given = new URLSearchParams(part);
      for (const name of Object.keys(allowed)) {
        if (allowed[name].includes(given.get(name))) found[name] = given.get(name);
      }
    }
    return found;
  }

  function remembered(name) {
    try {
      const value = localStorage.getItem(`steepest.${name}`);
      return allowed[name].includes(value) ? value : null;
    } catch {
      return null; // storage may be refused
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`steepest.${name}`, value);
    } catch {
      /* the address still remembers */
    }
    const hash = new URLSearchParams(fromHash());
    hash.set(name, value);
    try {
      history.replaceState(null, "", `#${hash}`);
    } catch {
      /* some viewers forbid it */
    }
  }

  function fromHash() {
    const given = new URLSearchParams(location.hash.slice(1));
    return Object.keys(allowed).filter((n) => allowed[n].includes(given.get(n))).map((n) => [n, given.get(n)]);
  }

  const address = fromAddress();
  const state = {
    lang: address.lang || remembered("lang") || (/^zh\b/i.test(navigator.language || "") ? "zh" : "en"),
    theme: address.theme || remembered("theme"), // null: as the system says
  };
  const listeners = [];

  const format = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  Steepest.t = (key, values) => format(words[state.lang][key] ?? key, values || {});
  Steepest.metricName = (name) => words[state.lang][`metric.${name}`] ?? name.replaceAll("_", " ");
  Steepest.lang = () => state.lang;
  Steepest.onLanguage = (listener) => listeners.push(listener);

  function isDark() {
    return state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function show() {
    root.lang = state.lang === "zh" ? "zh-CN" : "en";
    root.dataset.lang = state.lang;
    if (state.theme) root.dataset.theme = state.theme;
    document.title = `${Steepest.data.title[state.lang]} · ${Steepest.t("brand")}`;
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", Steepest.t(element.dataset.label));
    }
    const language = document.getElementById("language");
    language.textContent = Steepest.t("switch.language");
    language.lang = state.lang === "zh" ? "en" : "zh-CN";
    language.setAttribute("aria-label", Steepest.t("switch.language.label"));
    document.getElementById("theme").setAttribute("aria-pressed", String(isDark()));
  }

  function setLanguage(lang) {
    state.lang = lang;
    remember("lang", lang);
    show();
    listeners.forEach((listener) => listener());
  }

  Steepest.start = () => {
    document.querySelector(".switches").hidden = false;
    document.getElementById("language").addEventListener("click", () => setLanguage(state.lang === "zh" ? "en" : "zh"));
    document.getElementById("theme").addEventListener("click", () => {
      state.theme = isDark() ? "light" : "dark";
      remember("theme", state.theme);
      show();
    });
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      link.addEventListener("click", (event) => {
        event.preventDefault(); // the hash is the language's and the theme's
        const goal = document.querySelector(link.getAttribute("href"));
        goal.scrollIntoView();
        goal.focus({ preventScroll: true });
      });
    }
    window.addEventListener("hashchange", () => {
      const given = fromAddress();
      if (given.theme) state.theme = given.theme;
      const turned = given.lang && given.lang !== state.lang;
      if (turned) state.lang = given.lang;
      show();
      if (turned) listeners.forEach((listener) => listener());
    });
    show();
  };
  show();
})();
