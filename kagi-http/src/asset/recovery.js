// Recovery codes: one is shown in its page for half a minute, and pasted ones are counted.
(() => {
  const { $, busy, fetchPage, hide, keepOpen, make, upgrade } = kagi;

  async function reveal(form) {
    const body = new URLSearchParams(new FormData(form));
    const page = await fetchPage(form.action, { method: "POST", body, cache: "no-store" });
    const fresh = page.getElementById("recovery");
    if (!fresh) throw new Error(page.querySelector("main .lead")?.textContent ?? "That did not work. Please try again.");
    hide($("opened"));
    $("recovery").replaceWith(document.adoptNode(fresh));
    arm();
    if (document.hidden) hide($("opened"));
  }

  /** Starts the half minute of the code that the page shows, if it shows one. */
  function arm() {
    const open = $("opened");
    if (!open) return $("recovery")?.querySelector(".notice")?.focus();
    upgrade(open);
    $("code-shown").after(make("div", { className: "fuse" }));
    $("code-shown").focus();
    keepOpen(open, () => close(open));
  }

  function close(open) {
    const within = open.contains(document.activeElement);
    $("code-shown").textContent = "";
    const said = make("p", { className: "hint", tabIndex: -1, textContent: "The code is hidden again. It is in the list of used codes." });
    open.replaceWith(said);
    if (within) said.focus();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-reveal-code]")) return;
    event.preventDefault();
    busy(event.submitter ?? event.target, () => reveal(event.target));
  });

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
