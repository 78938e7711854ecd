// Copies a file that stays closed: its text goes to the clipboard, not into the page.
(() => {
  const { Ended, busy, copy } = kagi;

  async function text(path) {
    let response;
    try {
      response = await fetch(path, { method: "POST", body: new URLSearchParams(), cache: "no-store" });
    } catch {
      throw new Error("Kagi does not answer. Is the server running?");
    }
    if (response.status === 401 || new URL(response.url).pathname === "/sign-in") throw new Ended();
    if (!response.ok) throw new Error("That did not work. Please try again.");
    return response.text();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-file]");
    if (button) busy(button, () => copy(text(button.dataset.copyFile), button.dataset.said));
  });
})();
