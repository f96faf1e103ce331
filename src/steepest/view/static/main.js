/* Starts the page: switches, and the button that copies the command. */
(function () {
  "use strict";
  const { Steepest } = window;
  Steepest.start();
  const button = document.getElementById("copy");
  if (!button) return;
  const code = document.getElementById("command");
  button.hidden = false;

  function select() {
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      select(); // files opened from a disk may have no clipboard
      return document.execCommand("copy");
    }
  }

  button.addEventListener("click", async () => {
    const before = [...button.childNodes];
    const done = await copy();
    button.textContent = Steepest.t(done ? "copied" : "copy.failed");
    setTimeout(() => button.replaceChildren(...before), 1600);
  });
})();
