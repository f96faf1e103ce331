/* A question with answers to choose from: each says why it is right or wrong; the right one is remembered. */
import { post } from "../api.js";
import { announce, make, markup } from "../dom.js";
import { t } from "../words.js";

export function quizBlock(block, chapter, known) {
  const why = make("div", { className: "why", role: "status" });
  const buttons = block.answers.map((answer, i) => {
    const letter = make("span", { className: "letter", "aria-hidden": "true" }, "ABCDEFGH"[i]);
    const button = make("button", { type: "button", className: "answer" }, letter, markup("span", {}, answer.text));
    button.addEventListener("click", () => {
      for (const other of buttons) other.removeAttribute("aria-pressed");
      button.setAttribute("aria-pressed", "true");
      button.classList.add(answer.right ? "right" : "wrong");
      why.className = `why ${answer.right ? "right" : "wrong"}`;
      why.replaceChildren(make("strong", {}, t(answer.right ? "quiz.right" : "quiz.wrong")), " ", markup("span", {}, answer.why));
      if (answer.right) box.classList.add("solved");
      post("answers", { chapter, quiz: block.key, right: answer.right }).catch((error) => announce(error.message));
    });
    return button;
  });
  const box = make(
    "section",
    { className: `quiz${known ? " solved" : ""}`, "aria-label": t("quiz") },
    make("p", { className: "label" }, t("quiz"), make("span", { className: "tick", title: t("quiz.solved") }, "✓")),
    markup("div", { className: "question" }, block.question),
    make("div", { className: "answers" }, buttons),
    why,
  );
  return box;
}
