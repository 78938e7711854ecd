// Menus open by themselves; this closes them again. A focus that was inside goes to the menu's button, so that
// a question which a menu asks gives it back there.
(() => {
  const openMenu = () => document.querySelector("details:is(.account, .more)[open]");

  function close(menu) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }

  document.addEventListener("click", (event) => {
    const menu = openMenu();
    if (menu && (!menu.contains(event.target) || event.target.closest("[data-ask]"))) close(menu);
  });

  document.addEventListener("submit", (event) => {
    const menu = event.target.closest("details.more[open]");
    if (menu) close(menu);
  });

  document.addEventListener("keydown", (event) => {
    const menu = openMenu();
    if (menu && event.key === "Escape") close(menu);
  });
})();
