/* The loss plane of a finished race: drawn when asked, since the lab makes the best runs once more for it. */
import { get, post } from "../api.js";
import { frame } from "../charts/chart.js";
import { announce, make } from "../dom.js";
import { t } from "../words.js";

const EVERY_MS = 700; // between two looks while it is drawn

/* → {node, show(finished), close()} */
export function lossPlane(id) {
  const box = make("div", { className: "chart plane" });
  const chart = frame(box);
  const failed = make("p", { className: "none failed", role: "alert", hidden: true });
  const waiting = make("p", { className: "none", hidden: true }, t("plane.drawing"));
  const lead = make("p", { className: "hint" }, t("plane.lead"));
  const button = make("button", { type: "button", className: "primary", hidden: true }, t("plane.draw"));
  const node = make("section", { className: "close", hidden: true }, make("h2", {}, t("plane.title")), lead, button, waiting, failed, box);
  let timer = 0;
  let asked = false;

  function tell({ state, error, chart: drawn }) {
    waiting.hidden = state !== "drawing";
    lead.hidden = state === "drawn" || state === "lacking";
    button.hidden = ["drawn", "drawing", "lacking"].includes(state);
    failed.hidden = !error;
    failed.classList.toggle("failed", state !== "lacking");
    failed.textContent = error;
    if (state === "drawing") timer = setTimeout(look, EVERY_MS, true);
    if (state === "drawn") chart.set(drawn);
  }
  const fail = (error) => tell({ state: "failed", error: error.message });
  async function look(waited) {
    try {
      const told = await get(`races/${id}/plane`);
      tell(told);
      if (waited && told.state === "drawn") announce(t("plane.done"));
    } catch (error) {
      fail(error);
    }
  }
  button.addEventListener("click", async () => {
    tell({ state: "starting", error: "" });
    button.hidden = true;
    try {
      await post(`races/${id}/plane`, {});
      await look(true);
    } catch (error) {
      fail(error);
    }
  });
  return {
    node,
    show(finished) {
      node.hidden = !finished;
      if (finished && !asked) look(false);
      asked ||= finished;
    },
    close() {
      clearTimeout(timer);
      chart.close();
    },
  };
}
