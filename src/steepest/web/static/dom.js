/* Elements made in one line; text is text, never markup. */
const SPACE = "http://www.w3.org/2000/svg";

function set(made, properties) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "dataset") Object.assign(made.dataset, value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) made.style.setProperty(key, text);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role" || !(name in made) || made instanceof SVGElement) made.setAttribute(name, value === true ? "" : value);
    else made[name] = value;
  }
}

export function make(tag, properties, ...children) {
  const made = document.createElement(tag);
  set(made, properties);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function draw(tag, properties, ...children) {
  const made = document.createElementNS(SPACE, tag);
  set(made, properties);
  made.append(...children);
  return made;
}

/* Markup that the server made of the course's own text. */
export function markup(tag, properties, html) {
  const made = make(tag, properties);
  made.innerHTML = html;
  return made;
}

/* Say something to those who do not see the page change. */
export function announce(text) {
  document.getElementById("said").textContent = text;
}

export function copyButton(text, t) {
  const button = make("button", { type: "button", className: "copy" }, t("copy"));
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false;
    }
    button.textContent = t(done ? "copied" : "copy.failed");
    setTimeout(() => (button.textContent = t("copy")), 1600);
  });
  return button;
}

export const command = (text, t) => make("div", { className: "command" }, make("pre", { tabIndex: 0 }, make("code", {}, text)), copyButton(text, t));
