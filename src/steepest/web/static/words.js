/* The two languages: one is spoken at a time; both have the same keys. */
export const LANGUAGES = ["en", "zh"];
const known = new Map();
let spoken = "en";

const remembered = () => {
  try {
    return localStorage.getItem("steepest.lang");
  } catch {
    return null;
  }
};

/* The language that the address asks for, else that of the last visit, else the browser's. */
export function wanted(address) {
  const asked = [address, remembered()].find((lang) => LANGUAGES.includes(lang));
  return asked ?? (/^zh\b/i.test(navigator.language || "") ? "zh" : "en");
}

export async function speak(lang) {
  if (!known.has(lang)) known.set(lang, await (await fetch(`/static/words.${lang}.json`)).json());
  spoken = lang;
  try {
    localStorage.setItem("steepest.lang", lang);
  } catch {
    /* the address says it too */
  }
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.lang = lang;
}

export const language = () => spoken;

/* The sentence under `key`, its {names} filled in. */
export function t(key, values = {}) {
  const text = known.get(spoken)?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/* A text that the server gives in both languages. */
export const say = (text) => (text === null || text === undefined ? "" : typeof text === "string" ? text : (text[spoken] ?? text.en ?? ""));
