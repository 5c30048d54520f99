"use strict";
// What the tabs of the editor on the query page lack: names in the language of the page, and keys.
function tabbed(yasgui, menus, say) {
  const list = yasgui.rootEl.querySelector(".tabsList");
  const MENU = {
    "New Tab": "Nieuw tabblad",
    "Rename Tab": "Geef een andere naam",
    "Copy Tab": "Kopieer dit tabblad",
    "Close Tab": "Sluit dit tabblad",
    "Close other tabs": "Sluit de andere tabbladen",
    "Undo close Tab": "Open weer wat je sloot",
  };
  const marked = (element, given) => Object.entries(given).forEach(([name, value]) => element.setAttribute(name, value));

  /** Give everything of this tab, and of the list of tabs, its name. */
  function named(panel) {
    marked(panel.querySelector(".CodeMirror textarea"), { "aria-label": say("Vraag in SPARQL", "Query in SPARQL") });
    marked(panel.querySelector(".CodeMirror-scroll"), { tabindex: "0", role: "group", "aria-label": say("Tekst van de vraag", "Text of the query") });
    marked(list, { "aria-label": say("Vragen", "Queries") });
    list.querySelectorAll(".closeTab").forEach((it) => { it.removeAttribute("tabindex"); it.title = say("Sluit (toets Delete)", "Close (key Delete)"); });
    list.querySelectorAll(".tab input").forEach((it) => marked(it, { "aria-label": say("Naam van dit tabblad", "Name of this tab") }));
  }

  /** Bring the tab that is shown to the middle of the list. */
  function seen() {
    const [all, one] = [list, list.querySelector(".tab.active")].map((it) => it.getBoundingClientRect());
    list.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
  }

  /** The keys of the tabs; in the name of one they are for its text. */
  function pressed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.target.matches("input")) event.stopPropagation();
    else if (step) {
      event.stopPropagation();
      event.preventDefault();
      const tabs = [...list.querySelectorAll("[role=tab]")];
      tabs.at((tabs.indexOf(event.target) + step) % tabs.length).focus();
    }
  }

  /** The cross of a tab closes it, as its key does: no more, for the click would show it again. */
  function crossed(event) {
    if (!event.target.matches(".closeTab")) return;
    event.stopPropagation();
    event.preventDefault();
    yasgui.getTab(event.target.closest("[role=tab]").getAttribute("aria-controls")).close();
  }

  /** Show the first tab where the one that was kept as shown is not in the list. */
  function present() {
    if (list.querySelector(".tab.active")) return;
    const lost = yasgui.persistentConfig.getActiveId();
    yasgui.selectTabId(list.querySelector("[role=tab]").getAttribute("aria-controls"));
    document.getElementById(yasgui._tabs[lost].getId()).remove();
    delete yasgui._tabs[lost];
  }

  /** After a tab was closed: show another, and go there from the list. */
  function closed(settled) {
    const inside = list.contains(document.activeElement);
    setTimeout(() => {
      if (!yasgui.getTab()) yasgui.addTab(true);
      settled();
      if (inside) list.querySelector(".tab.active [role=tab]").focus();
    });
  }

  function translated() {
    for (const it of menus.querySelectorAll("li")) it.textContent = say(MENU[it.textContent], it.textContent);
  }

  list.addEventListener("keydown", pressed, true);
  list.addEventListener("click", crossed, true);
  yasgui.on("autocompletionShown", (it, tab, { hints }) => marked(hints, { tabindex: "0", "aria-label": say("Aanvullingen", "Completions") }));
  new MutationObserver(translated).observe(menus, { childList: true });
  return { named, present, seen, closed };
}
