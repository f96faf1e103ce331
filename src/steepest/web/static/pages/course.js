/* The table of contents. */
import { link } from "../address.js";
import { get } from "../api.js";
import { make, markup } from "../dom.js";
import { language, t } from "../words.js";

const PARTS = ["1", "2", "3", "4", "5"];

function row(chapter) {
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
  const { chapters } = await get("chapters", { lang: language() });
  root.append(
    make("header", {}, make("p", { className: "kicker" }, t("course.kicker")), make("h1", {}, t("course.title")), make("p", { className: "lead" }, t("course.lead"))),
    ...PARTS.filter((part) => chapters.some((one) => one.id.startsWith(`${part}.`))).map((part) =>
      make("section", { className: "part" }, make("h2", {}, t(`course.part.${part}`)), make("ol", { className: "chapters" }, chapters.filter((one) => one.id.startsWith(`${part}.`)).map(row)))),
  );
  return null;
}
