// Takes what a form discloses, such as two versions side by side, into the page for half a minute.
(() => {
  const { $, busy, fetchPage, hide, keepOpen, make, upgrade } = kagi;

  async function disclose(form) {
    const place = $(form.dataset.disclose);
    const page = await fetchPage(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const fresh = page.getElementById(place.id);
    if (!fresh?.hasChildNodes()) {
      throw new Error(page.querySelector(".notice, main .lead")?.textContent ?? "That did not work. Please try again.");
    }
    if (document.hidden) return;
    keepOpen(place, () => close(place, form));
    place.replaceChildren(...document.adoptNode(fresh).childNodes, make("div", { className: "fuse" }));
    upgrade(place);
    place.focus();
  }

  function close(place, form) {
    const within = place.contains(document.activeElement);
    place.replaceChildren();
    if (within) form.querySelector("button").focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-disclose]")) return;
    event.preventDefault();
    busy(event.submitter ?? form, () => disclose(form));
  });

  document.addEventListener("click", (event) => {
    const way = event.target.closest("a[data-hide]");
    const place = way && $(way.dataset.hide);
    if (!place || !$("history")) return;
    event.preventDefault();
    hide(place);
  });
})();
