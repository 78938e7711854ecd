// The palette: go anywhere by typing. Ctrl+K or Cmd+K opens it, and so does its button, which leads to a page that
// does the same without script.
(() => {
  const { $, explain, fetchPage } = kagi;
  const palette = $("palette");
  if (!palette) return;
  const input = palette.querySelector("input");
  const list = $("spots");
  const nothing = palette.querySelector(".nothing");
  const said = palette.querySelector("[data-live-said]");
  let latest = 0;
  let typing;
  let underway;

  function open() {
    if (document.querySelector("dialog[open]")) return; // A question is not left open behind it.
    input.value = "";
    list.replaceChildren();
    nothing.hidden = true;
    palette.showModal();
    look();
  }

  function look() {
    clearTimeout(typing);
    typing = null;
    underway = find().catch((error) => {
      palette.close();
      explain(error);
    });
    return underway;
  }

  async function find() {
    const mine = ++latest;
    const page = await fetchPage(`/palette?list=yes&search=${encodeURIComponent(input.value)}`);
    if (mine !== latest) return underway;
    const fresh = page.getElementById("found");
    if (!fresh) throw new Error(page.querySelector("main .lead")?.textContent ?? "That did not work. Please try again.");
    list.replaceChildren(...document.adoptNode(fresh).childNodes);
    choose(options()[0]);
    said.textContent = fresh.dataset.said;
    nothing.textContent = fresh.dataset.said;
    nothing.hidden = options().length > 0;
  }

  const options = () => [...list.querySelectorAll("[role='option']")];
  const chosen = () => list.querySelector("[aria-selected='true']");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = options();
    choose(all.at((all.indexOf(chosen()) + by) % all.length));
  }

  /** Goes to what is chosen, once what was typed last is found. */
  async function go() {
    await (typing ? look() : underway);
    const spot = chosen();
    if (!spot || !palette.open) return;
    palette.close();
    spot.click();
  }

  document.addEventListener("keydown", (event) => {
    const letter = event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey;
    if (letter && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (palette.open) palette.close();
      else open();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("[data-palette]")) {
      event.preventDefault();
      open();
    } else if (event.target === palette || event.target.closest("#spots a")) palette.close();
  });

  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(look, 80);
  });
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.isComposing) return;
    event.preventDefault();
    step(by);
  });
  palette.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  palette.addEventListener("close", () => {
    latest += 1;
    clearTimeout(typing);
  });
  const mac = navigator.platform.startsWith("Mac");
  for (const button of document.querySelectorAll("[data-palette]")) {
    button.ariaHasPopup = "dialog";
    if (mac) button.querySelector("kbd").textContent = "⌘K";
  }
})();
