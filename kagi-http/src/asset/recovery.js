// Recovery codes: one is shown in its page for half a minute, and pasted ones are counted.
(() => {
  const { OPEN_FOR, busy, fetchPage, make, upgrade } = kagi;
  const recovery = () => document.getElementById("recovery");
  const opened = () => document.getElementById("opened");
  let timer;

  // ---- Reveal: shown for half a minute, hidden on leaving --------------------------------------

  async function reveal(form) {
    const body = new URLSearchParams(new FormData(form));
    const page = await fetchPage(form.action, { method: "POST", body, cache: "no-store" });
    const fresh = page.getElementById("recovery");
    if (!fresh) throw new Error(page.querySelector("main .lead")?.textContent ?? "That did not work. Please try again.");
    recovery().replaceWith(document.adoptNode(fresh));
    if (document.hidden) hide();
    else arm();
  }

  /** Starts the half minute of the code that the page shows, if it shows one. */
  function arm() {
    clearTimeout(timer);
    if (!opened()) return recovery()?.querySelector(".notice")?.focus();
    upgrade(recovery());
    const code = document.getElementById("code-shown");
    code.after(make("div", { className: "fuse" }));
    code.focus();
    timer = setTimeout(hide, OPEN_FOR);
  }

  function hide() {
    clearTimeout(timer);
    const open = opened();
    if (!open) return;
    const focused = open.contains(document.activeElement);
    document.getElementById("code-shown").textContent = "";
    const said = make("p", { className: "hint", tabIndex: -1, textContent: "The code is hidden again. It is in the list of used codes." });
    open.replaceWith(said);
    if (focused) said.focus();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-reveal-code]")) return;
    event.preventDefault();
    busy(event.submitter ?? event.target, () => reveal(event.target));
  });
  document.addEventListener("visibilitychange", () => document.hidden && hide());
  addEventListener("pagehide", hide);

  // ---- Paste: how many codes there are, by the server's rule -----------------------------------

  function count(paste) {
    const separator = paste.querySelector("[name='wholeLines']").checked ? /[\r\n]+/u : /[\p{White_Space},]+/u;
    const codes = paste.querySelector("textarea").value.split(separator).filter((text) => text.trim() !== "").length;
    const most = Number(paste.dataset.most);
    const words = `${codes} ${codes === 1 ? "code" : "codes"}`;
    const tally = paste.querySelector(".tally");
    tally.textContent = codes > most ? `${words}; a set has at most ${most}.` : words;
    tally.classList.toggle("error", codes > most);
    tally.hidden = codes === 0;
  }

  document.addEventListener("input", (event) => {
    const paste = event.target.closest("[data-codes]");
    if (paste) count(paste);
  });

  for (const paste of document.querySelectorAll("[data-codes]")) count(paste);
  arm();
})();
