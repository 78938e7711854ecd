// Working on a file: what the server remarks, saving without leaving, signing in over the page, and text that is not
// lost by leaving. The text is in the field only: in no storage, no address, no attribute.
(() => {
  const { $, Ended, api, busy, copy, editor, fetchPage, toast } = kagi;
  const CHECK_AFTER = 400;
  const form = () => $("editing");
  let saved = "";
  let leaving = false;
  const dirty = () => Boolean(form()) && !leaving && editor.area().value !== saved;

  // ---- Remarks: asked for when typing pauses ---------------------------------------------------

  let pause, asking;

  function checkSoon() {
    clearTimeout(pause);
    asking?.abort();
    pause = setTimeout(() => check().catch(() => {}), CHECK_AFTER);
  }

  /** Without a session or a server the remarks stay as they are: saving says what is wrong. */
  async function check() {
    asking = new AbortController();
    const how = { method: "POST", body: editor.text(), signal: asking.signal, cache: "no-store" };
    const page = await fetchPage(form().dataset.check, how);
    const fresh = page.getElementById("remarks");
    if (!fresh || !form()) return;
    $("remarks").replaceChildren(...document.adoptNode(fresh).childNodes);
    show();
  }

  function show() {
    const lines = new Map();
    for (const item of $("remarks").querySelectorAll("li[data-line]")) {
      const line = Number(item.dataset.line);
      if (lines.get(line) !== "bad") lines.set(line, item.className);
    }
    editor.mark(lines);
    const count = $("remarks").querySelector("h2").textContent;
    if ($("remarked").textContent !== count) $("remarked").textContent = count;
  }

  // ---- Save ------------------------------------------------------------------------------------

  async function save() {
    const sent = editor.area().value;
    const body = new URLSearchParams(new FormData(form()));
    let response;
    try {
      response = await fetch(form().action, { method: "POST", body, headers: { accept: "text/html" }, cache: "no-store" });
    } catch {
      throw new Error("Kagi does not answer. Nothing is saved yet, and nothing is lost: try again when it does.");
    }
    if (response.status === 401 || new URL(response.url).pathname === "/sign-in") return askWho();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok && response.redirected) return keep(page, sent);
    if (page.getElementById("conflict")) return meet(page, sent);
    const places = ["#editing .error", ".notice:not([hidden])", "main .lead"];
    const reason = places.map((place) => page.querySelector(place)?.textContent).find(Boolean);
    refuse(reason ?? "It was not saved. Please try again.");
  }

  /** It is saved, and the work goes on from there. */
  function keep(page, sent) {
    const { fileVersion: version, file } = page.querySelector("[data-file-version]")?.dataset ?? {};
    const { baseVersion, baseFile, lineEnds } = form().elements;
    baseVersion.value = version;
    baseFile.value = file;
    if (lineEnds) lineEnds.value = "kept";
    saved = sent;
    refuse("");
    for (const place of document.querySelectorAll("[data-editing-version]")) place.textContent = `version ${version}`;
    toast(`${page.querySelector(".flash p")?.textContent ?? "Saved."} It is version ${version}.`);
  }

  /** Somebody saved in between: both texts come into the page, and what was typed stays in the editor. */
  function meet(page, sent) {
    const now = editor.area().value;
    document.querySelector("main").replaceChildren(...document.adoptNode(page.querySelector("main")).childNodes);
    kagi.upgrade(document);
    begin();
    saved = null; // What is in the editor is saved nowhere.
    if (now !== sent) editor.replace(now);
    $("conflict").focus();
  }

  function refuse(text) {
    const place = $("refused");
    place.textContent = text;
    place.hidden = !text;
    if (text) place.focus();
  }

  // ---- The session is over: sign in over the page, then go on saving ---------------------------

  function askWho() {
    $("again").showModal();
    $("again").querySelector("[name='password']").focus();
  }

  async function signIn(dialog) {
    const field = dialog.querySelector("[name='password']");
    const body = JSON.stringify({ email: dialog.dataset.email, password: field.value });
    const wrong = dialog.querySelector(".error");
    try {
      await api("/api/auth/sign-in/email", "POST", body);
    } catch (error) {
      wrong.textContent = error instanceof Ended ? "This is not your password." : error.message;
      wrong.hidden = false;
      return field.select();
    }
    wrong.hidden = true;
    field.value = "";
    dialog.close();
    await save();
  }

  // ---- A secret made by the server, on a line of its own ---------------------------------------

  async function insertSecret(panel) {
    const body = new URLSearchParams();
    for (const field of panel.querySelectorAll("input, select")) body.set(field.name, field.value);
    const page = await fetchPage(form().dataset.line, { method: "POST", body, cache: "no-store" });
    const line = page.getElementById("line")?.textContent;
    if (!line) throw new Error(page.querySelector(".notice, main .lead")?.textContent ?? "That did not work. Please try again.");
    const name = line.slice(0, line.indexOf("="));
    const before = editor.text().split("\n").findIndex((own) => own.replace(/^\s*(export\s+)?/u, "").startsWith(`${name}=`));
    if (before >= 0) {
      toast(`${name} is on line ${before + 1} already. Choose another name, or take that line out first.`, true);
      return;
    }
    editor.insertLine(line);
    panel.querySelector("[name='secretName']").value = "";
    toast(`Added ${name}. It is not saved yet.`);
  }

  // ---- Wiring ----------------------------------------------------------------------------------

  function tabTypes(on) {
    $("tab-types").ariaPressed = String(on);
    toast(on ? "Tab types a tab now; Ctrl+M or Escape gives it back." : "Tab moves on again.");
  }

  function begin() {
    if (!form() || !editor.start()) return;
    saved = form().dataset.unsaved === undefined ? editor.area().value : null;
    for (const node of document.querySelectorAll("[data-script]")) node.hidden = false;
    editor.area().addEventListener("input", checkSoon);
    show();
  }

  document.addEventListener("keydown", (event) => {
    if (!form()) return;
    const key = event.key.toLowerCase();
    const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const typing = event.target === editor.area();
    const types = $("tab-types").ariaPressed === "true";
    const does = (work) => {
      event.preventDefault();
      work();
    };
    if (held && key === "s" && !document.querySelector("dialog[open]")) does(() => busy(form(), save));
    else if (typing && event.ctrlKey && held && key === "m") does(() => tabTypes(!types));
    else if (typing && types && key === "escape") does(() => tabTypes(false));
    else if (typing && types && key === "tab" && !event.shiftKey && !held && !event.altKey) does(() => editor.insert("\t"));
    else if (key === "f8" && editor.nextMark()) does(() => editor.goTo(editor.nextMark()));
    else if (key === "enter" && event.target.matches(".insert input")) does(() => busy(form(), () => insertSecret(event.target.closest("[data-insert]"))));
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("#again form")) {
      event.preventDefault();
      busy(event.target, () => signIn($("again")));
    } else if (event.target === form() && !event.submitter?.closest("#ai")) {
      event.preventDefault();
      const panel = event.submitter?.closest("[data-insert]");
      busy(form(), () => (panel ? insertSecret(panel) : save()));
    }
  });

  document.addEventListener("click", (event) => {
    const line = event.target.closest("#remarks a")?.closest("li").dataset.line;
    if (line) {
      event.preventDefault();
      editor.goTo(Number(line));
    } else if (event.target.closest("#tab-types")) {
      tabTypes($("tab-types").ariaPressed !== "true");
      editor.area().focus();
    } else if (event.target.closest("[data-copy-editor]")) {
      busy(event.target, () => copy(editor.text(), "Copied the text in the editor."));
    } else if (event.target.closest("[data-take]")) {
      editor.replace($("theirs").textContent);
    }
  });

  addEventListener("beforeunload", (event) => {
    if (dirty()) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    [saved, leaving] = ["", true];
    clearTimeout(pause);
    asking?.abort();
  });

  begin();
})();
