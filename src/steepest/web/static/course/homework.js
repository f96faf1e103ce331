/* Homework: what is asked for, the file to start from, and the commands that get and check it. */
import { command, copyButton, make, markup } from "../dom.js";
import { t } from "../words.js";

export function homeworkBlock(block, known) {
  const file = `${block.name}.py`;
  const save = make("a", { className: "button", download: file, href: `data:text/x-python;charset=utf-8,${encodeURIComponent(block.starter)}` }, t("homework.save", { file }));
  return make(
    "section",
    { className: `homework${known ? " solved" : ""}`, "aria-label": t("homework") },
    make("p", { className: "label" }, t("homework"), make("span", { className: "tick", title: t("homework.solved") }, "✓")),
    markup("div", { className: "statement" }, block.html),
    make(
      "details",
      {},
      make("summary", {}, t("homework.starter", { file })),
      make("div", { className: "listing" }, markup("pre", { tabIndex: 0 }, `<code>${block.starter_html}</code>`), copyButton(block.starter, t)),
      make("p", {}, save),
    ),
    make("p", { className: "hint" }, t("homework.how")),
    block.commands.map((line) => command(line, t)),
  );
}
