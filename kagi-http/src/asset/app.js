// Upgrades pages that work without it: reveal in place, copy without showing, search as you type,
// questions in a dialog, and a session that ends without taking along what was typed.
// Plaintext lives in the page only while it is shown, and never in storage, URLs or attributes.
"use strict";
const kagi = (() => {
  const OPEN_FOR = 30_000;
  const $ = (id) => document.getElementById(id);
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  document.documentElement.classList.add("js");
  // What a page puts off until it is seen is done after its first picture.
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => document.documentElement.classList.add("painted"))));

  function toast(text, bad = false) {
    const node = make("p", { className: bad ? "toast bad" : "toast", textContent: text });
    $("toasts").append(node);
    setTimeout(() => node.remove(), bad ? 9000 : 4000);
  }

  // ---- Talking to the server -------------------------------------------------------------------

  class Ended extends Error {}

  /** The data of an API answer. Throws Ended when the session is over, or an Error with a sentence. */
  async function api(path, method, sent) {
    const headers = { accept: "application/json", ...(sent && { "content-type": "application/json" }) };
    let response;
    try {
      response = await fetch(path, { method, headers, body: sent, cache: "no-store" });
    } catch {
      throw new Error("Kagi does not answer. Is the server running? Nothing was changed.");
    }
    const body = await response.json().catch(() => ({}));
    if (response.status === 401) throw new Ended();
    if (!response.ok) throw new Error(body.error || "That did not work. Please try again.");
    return body.data;
  }

  function explain(error) {
    if (error instanceof Ended) $("ended").showModal();
    else toast(error.message, true);
  }

  function values(entry) {
    const { entry: id, version } = entry.dataset;
    return api(`/api/entries/${id}${version ? `/versions/${version}` : ""}/reveal`, "POST");
  }
  const pick = (data, name) => (typeof data.value === "string" ? data.value : (Object.hasOwn(data.value, name) ? data.value[name] : ""));

  // ---- Reveal: shown for half a minute, hidden on leaving --------------------------------------

  const shown = new Map();

  /** Hides what is shown there, in half a minute at the latest, with what `close` does. */
  function keepOpen(node, close) {
    hide(node);
    shown.set(node, { close, timer: setTimeout(() => hide(node), OPEN_FOR) });
  }

  function hide(node) {
    const open = shown.get(node);
    if (!open) return;
    clearTimeout(open.timer);
    shown.delete(node);
    open.close();
  }

  function shut(entry) {
    const within = entry.contains(document.activeElement);
    for (const pre of entry.querySelectorAll("pre.value")) {
      pre.textContent = "";
      pre.parentElement.replaceChildren(make("span", { className: "sealed", textContent: "sealed" }));
    }
    if (entry.dataset.version) entry.querySelector(".cells").replaceChildren();
    label(entry, "Reveal");
    if (within && !entry.contains(document.activeElement)) entry.querySelector("form[data-reveal] button").focus();
  }

  function hideAll() {
    for (const entry of [...shown.keys()]) hide(entry);
  }

  function label(entry, text) {
    entry.querySelector("form[data-reveal] button").firstChild.data = text;
  }

  async function reveal(entry) {
    if (shown.has(entry)) return hide(entry);
    const data = await values(entry);
    if (document.hidden) return;
    if (entry.dataset.version) entry.querySelector(".cells").replaceChildren(...cells(data));
    for (const cell of entry.querySelectorAll("[data-field]")) {
      const name = cell.dataset.field;
      const pre = make("pre", { className: "value", tabIndex: 0, textContent: pick(data, name) });
      pre.setAttribute("aria-label", `Value of ${name}`);
      cell.querySelector(".slot").replaceChildren(pre, make("div", { className: "fuse" }));
    }
    label(entry, "Hide");
    keepOpen(entry, () => shut(entry));
  }

  /** A version's fields come with its value: its category may have lost some since. */
  function cells(data) {
    const names = typeof data.value === "string" ? [data.envVarName] : Object.keys(data.value);
    return names.map((name) => {
      const copy = make("button", { type: "button", className: "quiet", textContent: "Copy", hidden: !mayCopy });
      copy.append(make("span", { className: "visually-hidden", textContent: ` ${name} of this version` }));
      copy.dataset.copy = "";
      const code = make("code", { className: "field-name", textContent: name });
      const cell = make("div", { className: "cell" }, code, make("div", { className: "slot" }), copy);
      cell.dataset.field = name;
      return cell;
    });
  }

  // ---- Copy ------------------------------------------------------------------------------------

  const mayCopy = Boolean(navigator.clipboard && window.isSecureContext);

  /** Copies a text that may still be on its way; browsers want the write to start with the click. */
  async function copy(text, said) {
    if (window.ClipboardItem && !navigator.userAgent.includes("Firefox")) {
      const blob = Promise.resolve(text).then((text) => new Blob([text], { type: "text/plain" }));
      blob.catch(() => {});
      try {
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      } catch (error) {
        await text; // Tells why there is no text, if that is the reason.
        throw new Error("The browser did not allow copying. Reveal the value and copy it by hand.", { cause: error });
      }
    } else {
      const ready = await text;
      await navigator.clipboard.writeText(ready).catch(() => {
        throw new Error("The browser did not allow copying. Reveal the value and copy it by hand.");
      });
    }
    toast(said);
  }

  function copyValue(button) {
    const entry = button.closest("[data-entry]");
    const name = button.closest("[data-field]").dataset.field;
    return copy(values(entry).then((data) => pick(data, name)), `Copied ${name}.`);
  }

  // ---- Questions in a dialog -------------------------------------------------------------------

  async function ask(link) {
    const page = await fetchPage(link.href);
    const question = page.getElementById("question");
    if (!question) return location.assign(link.href);
    const dialog = $("ask");
    dialog.replaceChildren(document.adoptNode(question));
    dialog.showModal();
  }

  async function fetchPage(url, how = {}) {
    let response;
    try {
      response = await fetch(url, { headers: { accept: "text/html" }, ...how });
    } catch {
      throw new Error("Kagi does not answer. Is the server running?");
    }
    if (response.status === 401 || new URL(response.url).pathname === "/sign-in") throw new Ended();
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  // ---- Search as you type ----------------------------------------------------------------------

  let asked = 0;

  async function search(form) {
    const mine = ++asked;
    const url = new URL(form.getAttribute("action"), location); // A field may be called "action".
    url.search = new URLSearchParams(new FormData(form)).toString();
    const page = await fetchPage(url);
    const fresh = page.getElementById(form.dataset.live);
    if (mine !== asked || !fresh) return;
    hideAll();
    $(form.dataset.live).replaceChildren(...document.adoptNode(fresh).childNodes);
    history.replaceState(null, "", url);
    upgrade($(form.dataset.live));
    form.querySelector("[data-live-said]").textContent = $(form.dataset.live).querySelector("[data-live-count], .notice")?.textContent ?? "";
  }

  // ---- Forms that must not lose what was typed -------------------------------------------------

  async function send(form, button) {
    if ((await api("/api/auth/session", "GET")) === null) throw new Ended();
    if (button?.hasAttribute("formaction")) form.action = button.formAction;
    form.dataset.sent = "yes";
    HTMLFormElement.prototype.submit.call(form);
  }

  const dirty = () => [...document.querySelectorAll("form[data-guard]")].some((form) => form.dataset.dirty && !form.dataset.sent);

  function wipe() {
    hideAll();
    for (const node of document.querySelectorAll("[data-secret]")) {
      if (node instanceof HTMLTextAreaElement) node.value = "";
      node.textContent = "";
    }
  }

  // ---- Wiring ----------------------------------------------------------------------------------

  /** Shows what only works with script. */
  function upgrade(root) {
    if (!mayCopy) return;
    for (const button of root.querySelectorAll("[data-copy], [data-copy-text], [data-copy-from], [data-copy-file]")) button.hidden = false;
  }

  async function busy(node, work) {
    if (node.ariaBusy === "true") return;
    node.ariaBusy = "true";
    try {
      await work();
    } catch (error) {
      explain(error);
    } finally {
      node.ariaBusy = null;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-reveal]")) {
      event.preventDefault();
      busy(event.submitter ?? form, () => reveal(form.closest("[data-entry]")));
    } else if (form.matches("[data-live]")) {
      event.preventDefault();
      busy(form, () => search(form));
    } else if (form.matches("[data-guard]")) {
      event.preventDefault();
      busy(form, () => send(form, event.submitter));
    }
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    if (!target) return;
    const { copyText, copyFrom, said = "Copied. Keep it somewhere safe." } = target.dataset;
    const guarded = target.closest("form[data-guard]");
    if (guarded && target.matches("a")) guarded.dataset.sent = "yes"; // Cancel means it.
    if (target.matches("[data-ask]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      busy(target, () => ask(target));
    } else if (target.matches("dialog [data-close]")) {
      event.preventDefault();
      target.closest("dialog").close();
    } else if (target.matches("[data-copy]")) {
      busy(target, () => copyValue(target));
    } else if (copyText) {
      busy(target, () => copy(copyText, `Copied the name ${copyText}.`));
    } else if (copyFrom) {
      busy(target, () => copy($(copyFrom).textContent, said));
    }
  });

  let typing;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-guard]")) form.dataset.dirty = "yes";
    if (!form?.matches("[data-live]")) return;
    clearTimeout(typing);
    typing = setTimeout(() => search(form).catch(explain), 150);
  });

  document.addEventListener("keydown", (event) => {
    const free = !event.target.closest("input, textarea, select") && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && free && $("search")) {
      event.preventDefault();
      $("search").focus();
    }
  });

  document.addEventListener("visibilitychange", () => document.hidden && hideAll());
  addEventListener("beforeunload", (event) => dirty() && event.preventDefault());
  addEventListener("pagehide", wipe);
  // Back and forward may bring a page back as it was left: signed out or changed since, so ask anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  upgrade(document);
  return { $, Ended, OPEN_FOR, api, busy, copy, explain, fetchPage, hide, keepOpen, make, toast, upgrade };
})();
