/* A chapter: text, formulas, code, live figures, quizzes, homework; where one is in it, and what comes next. */
import { link } from "../address.js";
import { get } from "../api.js";
import { blocks } from "../course/blocks.js";
import { make, markup } from "../dom.js";
import { language, say, t } from "../words.js";

function aside(chapter) {
  const sections = make("ol", { className: "sections" }, chapter.sections.map((title, i) => make("li", {}, make("a", { href: `#s${i + 1}` }, markup("span", {}, title)))));
  const list = chapter.parts.flatMap((part) => part.chapters).map((one) => {
    const title = [make("span", { className: "number" }, one.id), " ", one.title];
    if (!one.written) return make("li", { className: "to-come" }, make("span", { title: t("course.coming") }, title));
    return make("li", { className: one.progress.of && one.progress.done === one.progress.of ? "done" : "" },
      make("a", { href: link(`/course/${one.id}`), "aria-current": one.id === chapter.id ? "page" : null }, title),
      one.id === chapter.id ? sections : null);
  });
  return make("nav", { className: "contents", "aria-label": t("course.contents") }, make("ol", {}, list));
}

/* Marks the section that is being read. */
function follow(root) {
  const links = new Map([...root.querySelectorAll(".sections a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const [id, a] of links) a.classList.toggle("here", id === entry.target.id);
      }
    },
    { rootMargin: "-10% 0px -70% 0px" },
  );
  for (const heading of root.querySelectorAll(".prose h2[id]")) {
    heading.tabIndex = -1;
    watch.observe(heading);
  }
  return () => watch.disconnect();
}

const neighbour = (chapter, step, label) => {
  const written = chapter.parts.flatMap((part) => part.chapters).filter((one) => one.written);
  const one = written[written.findIndex((one) => one.id === chapter.id) + step];
  return one ? make("a", { href: link(`/course/${one.id}`), rel: step > 0 ? "next" : "prev" }, make("small", {}, label), `${one.id} ${one.title}`) : make("span", {});
};

export async function open(root, id) {
  const chapter = await get(`chapter/${id}`, { lang: language() });
  document.title = `${chapter.id} ${chapter.title} · ${t("brand")}`;
  const body = blocks(chapter);
  const terms = chapter.terms.length
    ? make("details", { className: "terms" }, make("summary", {}, t("course.terms")),
        make("dl", {}, chapter.terms.map((term) => [make("dt", {}, say(term.words), make("small", { lang: language() === "zh" ? "en" : "zh" }, term.words[language() === "zh" ? "en" : "zh"])), make("dd", {}, term.about)])))
    : null;
  const text = make(
    "article",
    {},
    make("header", {}, make("p", { className: "kicker" }, t("course.chapter", { id: chapter.id }), " · ", t("course.minutes", { n: chapter.minutes }), " · ", make("a", { href: `/api/chapter/${chapter.id}/notebook?lang=${language()}`, download: "" }, t("course.notebook"))), make("h1", {}, chapter.title), markup("p", { className: "lead" }, chapter.summary)),
    body.nodes,
    terms,
    make("nav", { className: "neighbours", "aria-label": t("course.neighbours") }, neighbour(chapter, -1, t("course.before")), neighbour(chapter, 1, t("course.next"))),
  );
  root.append(make("div", { className: "reading" }, aside(chapter), text));
  const stop = follow(root);
  return () => {
    stop();
    body.close();
  };
}
