/* Before the first paint: the theme that the reader chose, and the language of the address. */
(function () {
  "use strict";
  const root = document.documentElement;
  let theme = null;
  try {
    theme = localStorage.getItem("steepest.theme");
  } catch {
    /* storage may be refused */
  }
  const asked = new URLSearchParams(location.search).get("theme");
  theme = ["light", "dark"].includes(asked) ? asked : theme;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
})();
