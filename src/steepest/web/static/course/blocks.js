/* The blocks of a chapter as nodes, in order. */
import { copyButton, make, markup } from "../dom.js";
import { t } from "../words.js";
import { figureBlock } from "./figure.js";
import { homeworkBlock } from "./homework.js";
import { quizBlock } from "./quiz.js";

function code(block) {
  return make(
    "div",
    { className: "cell" },
    make("div", { className: "listing" }, markup("pre", { tabIndex: 0 }, `<code>${block.html}</code>`), copyButton(block.source, t)),
    block.output
      ? make("div", { className: "output" }, make("span", { className: "label" }, t(block.timed ? "code.timed" : "code.prints")), make("pre", { tabIndex: 0 }, make("samp", {}, block.output)))
      : null,
  );
}

/* → {nodes, close()} */
export function blocks(chapter) {
  const open = [];
  const seen = new Map();
  const { quizzes = {}, homework = {} } = chapter.progress ?? {};
  const nodes = chapter.blocks.map((block) => {
    if (block.kind === "prose") return markup("div", { className: "prose" }, block.html);
    if (block.kind === "formula") return markup("div", { className: "formula", tabIndex: 0, role: "math" }, block.html);
    if (block.kind === "code") return code(block);
    if (block.kind === "quiz") return quizBlock(block, chapter.id, quizzes[block.key]);
    if (block.kind === "homework") return homeworkBlock(block, homework[block.name]);
    const times = (seen.get(block.figure.name) ?? 0) + 1;
    seen.set(block.figure.name, times);
    const made = figureBlock(block, times > 1 ? `${block.figure.name}-${times}` : block.figure.name);
    open.push(made);
    return made.node;
  });
  return { nodes, close: () => open.forEach((one) => one.close()) };
}
