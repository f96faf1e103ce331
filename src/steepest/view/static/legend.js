/* Controls of a chart: a legend whose entries hide and show, a choice among a few, a list. All reachable by keyboard. */
(function () {
  "use strict";
  const { Steepest } = window;

  Steepest.element = (tag, properties, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name.includes("-") || name === "role") made.setAttribute(name, value);
      else made[name] = value;
    }
    made.append(...children);
    return made;
  };

  /* entries: [{name, look, passive}]; hidden: a Set of names; change: called after a press, with the name pressed. */
  Steepest.legend = (entries, hidden, change) => {
    const list = Steepest.element("div", { className: "legend", role: "group", "aria-label": Steepest.t("legend") });
    for (const { name, look } of entries) {
      const button = Steepest.element("button", { type: "button", className: "chip" }, Steepest.swatch(look), name);
      button.dataset.name = name;
      button.setAttribute("aria-pressed", String(!hidden.has(name)));
      button.addEventListener("click", () => {
        if (hidden.has(name)) hidden.delete(name);
        else hidden.add(name);
        change(name);
      });
      list.append(button);
    }
    return list;
  };

  /* options: [[value, label]] as radio-like buttons. */
  Steepest.choice = (label, options, chosen, change) => {
    const group = Steepest.element("div", { className: "choice", role: "group", "aria-label": label }, Steepest.element("span", {}, label));
    for (const [value, text] of options) {
      const button = Steepest.element("button", { type: "button" }, text);
      button.dataset.name = value;
      button.setAttribute("aria-pressed", String(value === chosen));
      button.addEventListener("click", () => change(value));
      group.append(button);
    }
    return group;
  };

  Steepest.select = (label, options, chosen, change) => {
    const select = Steepest.element("select", {});
    for (const [value, text] of options) select.append(Steepest.element("option", { value, selected: value === chosen }, text));
    select.addEventListener("change", () => change(select.value));
    return Steepest.element("label", { className: "select" }, `${label} `, select);
  };
})();
