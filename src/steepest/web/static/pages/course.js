/* The table of contents: every chapter by part; those to come in grey, and no links. */
import { link } from "../address.js";
import { get } from "../api.js";
import { make, markup } from "../dom.js";
import { language, t } from "../words.js";

function row(chapter) {
  if (!chapter.written)
    return make("li", { className: "to-come" }, make("span", { className: "number" }, chapter.id), make("strong", { className: "what" }, chapter.title), make("span", { className: "about" }, t("course.coming")));
  const { opened, done, of } = chapter.progress;
  const state = of && done === of ? t("course.done") : opened ? t("course.begun", { done, of }) : "";
  return make(
    "li",
    { className: of && done === of ? "done" : opened ? "begun" : "" },
    make(
      "a",
      { href: link(`/course/${chapter.id}`) },
      make("span", { className: "number" }, chapter.id),
      make("span", { className: "what" }, make("strong", {}, chapter.title), markup("span", { className: "summary" }, chapter.summary)),
      make("span", { className: "about" }, make("span", {}, t("course.minutes", { n: chapter.minutes })), make("span", { className: "how-far" }, state)),
    ),
  );
}

export async function open(root) {
  const { parts } = await get("chapters", { lang: language() });
  root.append(
    make("header", {}, make("p", { className: "kicker" }, t("course.kicker")), make("h1", {}, t("course.title")), make("p", { className: "lead" }, t("course.lead"))),
    ...parts.map((part) => make("section", { className: "part" }, make("h2", {}, part.title), make("ol", { className: "chapters" }, part.chapters.map(row)))),
  );
  return null;
}
