"use strict";
// The query page with a script: an editor with tabs in place of the text area. What is asked and what
// comes back is the same as without: the server makes the answer, this puts it in its place.
(() => {
  const ENGLISH = document.documentElement.lang === "en";
  const say = (nl, en) => (ENGLISH ? en : nl);
  const box = document.getElementById("vraagvak");
  const form = document.getElementById("vraag");
  const area = document.getElementById("query");
  const buttons = document.getElementById("vraagknoppen");
  const below = document.getElementById("uitslag");
  const status = document.getElementById("gemeld");
  const format = document.getElementById("format");
  const run = buttons.querySelector("[type=submit]");
  const copy = document.getElementById("kopieer");
  const another = document.getElementById("nieuw");
  const limits = box.querySelector(".grenzen");
  const address = new URL(form.action);
  const { Yasqe, Yasr } = Yasgui;
  const runs = run.textContent;
  const running = say("Bezig…", "Busy…");
  const unanswered = say("De server antwoordt niet. Probeer het nog eens.", "The server does not answer. Try again.");
  let yasgui, tabs, shown, saving;
  /** The query that the address has, if it has one. */
  let linked = area.defaultValue;
  /** What is under way, by its tab. */
  const busy = new Map();
  const watching = new WeakSet();

  /** The part of a page of ours with the answer; scripts in it would not run. */
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const tooLong = (query) => new TextEncoder().encode(query).length > Number(box.dataset.meest);

  answering(Yasr, parsed, { stopped: say("Gestopt.", "Stopped."), unanswered });

  function begin() {
    // Its height is that of the text area, by the style sheet.
    Yasqe.defaults.editorHeight = "";
    completing(box.dataset.termen, Yasqe);
    const host = document.createElement("div");
    const menus = document.createElement("div");
    form.before(host);
    document.body.append(menus);
    const at = document.activeElement === area ? area.selectionEnd : -1;
    const keys = { "Ctrl-Enter": askedAgain, "Cmd-Enter": askedAgain };
    yasgui = new Yasgui(host, {
      persistenceId: `wijk-sparql${address.pathname.replace(/\/(en\/)?sparql$/, "")}`,
      populateFromUrl: false,
      copyEndpointOnNewTab: false,
      autofocus: false,
      contextMenuContainer: menus,
      tabName: say("Vraag", "Query"),
      endpointCatalogueOptions: { getData: () => [] },
      requestConfig: {
        endpoint: () => address.href,
        method: "POST",
        queryArgument: "query", // an update too, as the form sends it
        acceptHeaderSelect: () => "text/html",
        acceptHeaderGraph: () => "text/html",
        acceptHeaderUpdate: () => "text/html",
        args: [{ name: "deel", value: "antwoord" }],
      },
      yasqe: { value: area.value, showQueryButton: false, resizeable: false, extraKeys: keys },
      yasr: { defaultPlugin: "answer", maxPersistentResponseSize: 0, pluginOrder: [] },
    });
    tabs = tabbed(yasgui, menus, say);
    tabs.present();
    yasgui.config.yasqe.value = area.defaultValue;
    const typed = area.value !== area.defaultValue;
    if (typed || new URLSearchParams(location.search).size) opened(area.value, typed ? undefined : named());
    form.hidden = true;
    area.required = copy.hidden = another.hidden = false;
    document.querySelector(".toetsen").hidden = false;
    listened();
    settled();
    if (at >= 0) {
      const editor = yasgui.getTab().getYasqe();
      editor.focus();
      editor.setCursor(editor.posFromIndex(at));
    }
  }

  function listened() {
    // It tells of a tab before that is the one: then a moment later.
    yasgui.on("tabSelect", () => { below.replaceChildren(); queueMicrotask(settled); });
    yasgui.on("tabAdd", () => setTimeout(settled));
    yasgui.on("tabClose", () => tabs.closed(settled));
    addEventListener("pagehide", saved);
    form.addEventListener("submit", submitted);
    // The second click of two is not one on what the button says by then.
    run.addEventListener("click", (event) => { if (event.detail > 1) event.preventDefault(); });
    another.addEventListener("click", () => { below.replaceChildren(); yasgui.addTab(true); settled(); });
    copy.addEventListener("click", async () => { status.textContent = await copied(); });
    document.querySelector(".voorbeeldkeuze")?.addEventListener("submit", chosen);
  }

  /** What the query in the text area is called: the example that was chosen. */
  function named() {
    const picked = document.querySelector("#voorbeeld option[selected]");
    return new URLSearchParams(location.search).has("voorbeeld") && picked ? picked.textContent : undefined;
  }

  /** A tab with this query: the one that has it, or a new one. */
  function opened(value, name) {
    const same = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === value);
    if (same) yasgui.selectTabId(same.getId());
    else yasgui.addTab(true, { yasqe: { value }, ...(name ? { name } : {}) });
    if (name && same) same.setName(name);
  }

  /** Put the buttons in the tab that is shown, give everything its name, and show no other answers. */
  function settled() {
    const now = yasgui.getTab();
    if (!now) return;
    for (const tab of Object.values(yasgui._tabs)) if (tab !== now) tab.getYasr()?.resultsEl.replaceChildren();
    const panel = document.getElementById(now.getId());
    panel.querySelector(".editorwrapper").after(buttons, limits);
    tabs.named(panel);
    now.getYasqe().refresh();
    tell();
    watched(now);
    addressed();
    if (now === shown) return;
    shown = now;
    tabs.seen();
  }

  /** What the button does, and what became of the query: both are of the tab that is shown. */
  function tell() {
    const now = yasgui.getTab();
    if (!now) return; // the last one was closed: another comes
    const { resultsEl } = now.getYasr();
    const under = busy.has(now);
    run.textContent = under ? "Stop" : runs;
    status.textContent = under ? running : (resultsEl.querySelector("h2") || resultsEl).textContent;
  }

  /** Keep what is typed in a tab, and tell who cannot see it what answer came. */
  function watched(tab) {
    if (watching.has(tab)) return;
    watching.add(tab);
    tab.getYasqe().on("changes", () => { addressed(); clearTimeout(saving); saving = setTimeout(saved, 300); });
    tab.getYasr().on("drawn", ({ resultsEl }) => {
      if (tab === yasgui.getTab()) tell();
      else resultsEl.replaceChildren();
    });
  }

  /** The address has the query that is shown, or none: then the tabs are what is opened again. */
  function addressed() {
    if (!location.search || yasgui.getTab().getQuery() === linked) return;
    history.replaceState(null, "", address);
    for (const it of document.querySelectorAll("[hreflang][href*='sparql?']")) it.href = it.href.split("?")[0];
  }

  function saved() {
    const tab = yasgui.getTab();
    const kept = tab?.getPersistedJson();
    if (!tab || kept.yasqe.value === tab.getQuery()) return;
    kept.yasqe.value = tab.getQuery();
    tab.emit("change", tab, kept);
  }

  /** Run the query, stop it when it is under way, or have the browser fetch its answer as a file. */
  function submitted(event) {
    const tab = yasgui.getTab();
    area.value = tab.getQuery();
    const here = format.value === "html";
    const empty = !area.value.trim();
    if (busy.has(tab) || empty || here) event.preventDefault();
    if (busy.has(tab)) tab.getYasqe().abortQuery();
    else if (empty) {
      status.textContent = say("Schrijf eerst een vraag.", "Write a query first.");
      tab.getYasqe().focus();
    } else if (here) asked(tab);
    else form.method = tooLong(area.value) ? "post" : "get";
  }

  async function asked(tab) {
    const yasr = tab.getYasr();
    yasr.results = undefined; // it would draw them again when its tab is shown
    yasr.resultsEl.replaceChildren();
    below.replaceChildren();
    const query = tab.query().catch(() => {});
    busy.set(tab, query);
    tell();
    await query;
    busy.delete(tab);
    tell();
  }

  /** What the keys do: as the button, but a query that is under way begins anew. */
  async function askedAgain() {
    const tab = yasgui.getTab();
    const before = busy.get(tab);
    if (before) tab.getYasqe().abortQuery();
    await before;
    await new Promise((done) => setTimeout(done)); // that it was stopped is told by then
    if (!run.disabled && !busy.has(tab) && tab === yasgui.getTab()) form.requestSubmit(run);
  }

  /** Open the example that was chosen; what is run meanwhile would be the query before it. */
  async function chosen(event) {
    event.preventDefault();
    const form = event.target;
    const picked = form.querySelector("select").selectedOptions[0];
    run.disabled = true;
    try {
      const answer = await fetch(`${form.action}?voorbeeld=${encodeURIComponent(picked.value)}`, { headers: { Accept: "text/html" } });
      const query = parsed(await answer.text()).getElementById("query").value;
      below.replaceChildren();
      opened(query, picked.textContent);
      settled();
    } catch {
      status.textContent = unanswered;
    } finally {
      run.disabled = false;
    }
  }

  /** Put a link to the query in the address bar and on the clipboard; what became of that. */
  async function copied() {
    const link = new URL(address);
    const query = yasgui.getTab().getQuery();
    if (tooLong(query)) return say("Deze vraag is te lang voor een link. Bewaar de tekst zelf.", "This query is too long for a link. Keep the text yourself.");
    link.searchParams.set("query", query);
    history.replaceState(null, "", link);
    linked = query;
    try {
      await navigator.clipboard.writeText(link.href);
      return say("De link is gekopieerd.", "The link is copied.");
    } catch {
      return say("De link staat in de adresbalk.", "The link is in the address bar.");
    }
  }

  begin();
})();
