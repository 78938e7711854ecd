// "AI generate" without leaving the page: each step sends the whole form, and only the panel is taken out of the answer.
// The text in the editor changes by the editor's own command, so that undo takes it back.
(() => {
  const { $, Ended, busy, editor, toast, upgrade } = kagi;
  let asking;

  async function step(button) {
    if (asking) return;
    asking = new AbortController();
    wait(button.dataset.asks);
    try {
      const sent = editor.area().value;
      take(await answer(button), sent);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
      toast("Cancelled. Nothing was changed.");
      $("f-prompt").focus();
    } finally {
      asking = null;
      wait(null);
    }
  }

  async function answer(button) {
    const how = { method: "POST", signal: asking.signal, headers: { accept: "text/html" }, cache: "no-store" };
    const body = new URLSearchParams(new FormData($("editing"), button));
    let response, text;
    try {
      response = await fetch(button.formAction, { ...how, body });
      text = await response.text();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error("Kagi does not answer. Nothing was changed, and nothing is lost: try again when it does.");
    }
    if (response.status === 401 || new URL(response.url).pathname === "/sign-in") throw new Ended();
    return new DOMParser().parseFromString(text, "text/html");
  }

  function take(page, sent) {
    const fresh = page.getElementById("ai");
    if (!fresh) throw new Error(page.querySelector(".notice, main .lead")?.textContent ?? "That did not work. Please try again.");
    if (fresh.querySelector("[data-in-editor]")) {
      if (editor.area().value !== sent) throw new Error("You typed in the meantime, so nothing was put into the editor. Please try again.");
      editor.replace(page.getElementById("f-content").value);
    }
    $("ai").replaceChildren(...document.adoptNode(fresh).childNodes);
    $("ai").open = true;
    upgrade($("ai"));
    $("ai").querySelector("[autofocus]")?.focus();
  }

  /** Says who is asked, for as long as it takes; without a name only that something is going on. */
  function wait(who) {
    const place = $("asking");
    if (!place) return;
    place.hidden = !who;
    place.querySelector("[role='status']").textContent = who ? `Asking ${who}…` : "";
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.id !== "editing" || !button?.closest("#ai")) return;
    event.preventDefault();
    if (button.value === "stay") return;
    if (button.name === "example") {
      $("f-prompt").value = button.value;
      $("f-prompt").focus();
    } else {
      busy(button, () => step(button));
    }
  });

  document.addEventListener("click", (event) => event.target.closest("[data-cancel]") && asking?.abort());
  document.addEventListener("keydown", (event) => {
    const within = event.target.closest("#ai");
    if (within && event.key === "Escape") asking?.abort();
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "f-prompt";
    if (sends) $("editing").requestSubmit(within.querySelector("[value='generate']"));
  });
  addEventListener("pagehide", () => asking?.abort());
})();
