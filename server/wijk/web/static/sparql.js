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
  const run = buttons.querySelector("[type=submit]");
  const copy = document.getElementById("kopieer");
  const another = document.getElementById("nieuw");
  const limits = box.querySelector(".grenzen");
  const { Yasqe, Yasr } = Yasgui;
  const runs = run.textContent;
  const unanswered = say("De server antwoordt niet. Probeer het nog eens.", "The server does not answer. Try again.");

  /** The part of a page of ours with the answer; scripts in it would not run. */
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  class Answer {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 100;
      this.hideFromSelection = true;
    }
    canHandleResults() {
      return (this.yasr.results?.getContentType() || "").includes("text/html");
    }
    draw() {
      const made = parsed(this.yasr.results.getOriginalResponseAsString());
      this.yasr.resultsEl.replaceChildren(...made.body.childNodes);
      told(this.yasr.resultsEl);
    }
  }
  for (const name of ["table", "boolean", "response"]) delete Yasr.defaults.plugins[name];
  Yasr.registerPlugin("answer", Answer);
  Yasr.defaults.errorRenderers = [
    async (error) => {
      const shown = document.createElement("div");
      if (error.text.includes("<section")) shown.append(...parsed(error.text).body.childNodes);
      else if (/abort/i.test(error.text)) shown.textContent = say("Gestopt.", "Stopped.");
      else shown.textContent = unanswered;
      told(shown);
      return shown;
    },
  ];

  /** Tell who cannot see it what came. */
  function told(shown) {
    status.textContent = (shown.querySelector("h2") || shown).textContent;
  }

  // Completion: what the data hold, most used first.
  const terms = { prefixes: {}, classes: [], properties: [] };
  const short = (iri) => {
    const fits = Object.entries(terms.prefixes).filter(([, start]) => iri.startsWith(start));
    const [prefix, start] = fits.sort((a, b) => b[1].length - a[1].length)[0] || [];
    return prefix ? { prefix, start, text: `${prefix}:${iri.slice(start.length)}` } : { text: `<${iri}>` };
  };
  function found(kind, token) {
    const typed = (token.autocompletionString || token.string).toLowerCase();
    const has = (term) => [term.iri, short(term.iri).text, term.label].some((it) => it.toLowerCase().startsWith(typed));
    return terms[kind].filter((term) => term.iri.toLowerCase().startsWith(typed) || has(term)).slice(0, 50).map((term) => term.iri);
  }
  const hints = (kind) => (yasqe, listed) =>
    listed.map((hint) => {
      const term = terms[kind].find((it) => it.iri === hint.text);
      const { prefix, start, text } = short(term.iri);
      return {
        ...hint,
        text,
        displayText: `${text}  ${term.label} (${term.count})`,
        hint: (editor, data) => {
          editor.replaceRange(text, hint.from || data.from, hint.to || data.to, "complete");
          if (prefix && !yasqe.getPrefixesFromQuery()[prefix]) yasqe.addPrefixes({ [prefix]: start });
        },
      };
    });
  const plain = { autoShow: true, persistenceId: null, postProcessSuggestion: (yasqe, token, iri) => iri };
  Yasqe.defaults.autocompleters = ["variables"];
  for (const [name, kind, from] of [["our-classes", "classes", "class"], ["our-properties", "properties", "property"]])
    Yasqe.forkAutocompleter(from, { ...plain, name, get: (yasqe, token) => found(kind, token), postprocessHints: hints(kind) });

  function begin() {
    const listed = Object.entries(terms.prefixes).map(([prefix, start]) => `${prefix}: <${start}>`).sort();
    Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", get: listed, persistenceId: null });
    const host = document.createElement("div");
    const menus = document.createElement("div");
    form.before(host, menus);
    const address = new URL(form.action);
    const yasgui = new Yasgui(host, {
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
        acceptHeaderSelect: () => "text/html",
        acceptHeaderGraph: () => "text/html",
        args: [{ name: "deel", value: "antwoord" }],
      },
      yasqe: { value: area.value, showQueryButton: false, resizeable: false, editorHeight: "" },
      yasr: { defaultPlugin: "answer", maxPersistentResponseSize: 0, pluginOrder: [] },
    });
    const settle = () => settled(yasgui);
    if (new URLSearchParams(location.search).size) opened(yasgui, area.value, named());
    form.hidden = true;
    settle();
    // It tells of a tab before that is the one: then a moment later.
    yasgui.on("tabSelect", () => { below.replaceChildren(); queueMicrotask(settle); });
    yasgui.on("tabAdd", () => setTimeout(settle));
    yasgui.on("tabClose", () => setTimeout(() => { if (!yasgui.getTab()) yasgui.addTab(true); settle(); }));
    yasgui.on("query", () => { below.replaceChildren(); run.textContent = "Stop"; status.textContent = say("Bezig…", "Busy…"); });
    for (const event of ["queryResponse", "queryAbort"]) yasgui.on(event, () => { run.textContent = runs; });
    form.addEventListener("submit", (event) => submitted(event, yasgui));
    another.addEventListener("click", () => { below.replaceChildren(); yasgui.addTab(true); settle(); });
    copy.addEventListener("click", () => copied(yasgui, address));
    document.querySelector(".voorbeeldkeuze")?.addEventListener("submit", (event) => chosen(event, yasgui, settle));
  }

  /** What the query in the text area is called: the example that was chosen. */
  function named() {
    const picked = document.querySelector("#voorbeeld option[selected]");
    return new URLSearchParams(location.search).has("voorbeeld") && picked ? picked.textContent : undefined;
  }

  /** A tab with this query: the one that has it, or a new one. */
  function opened(yasgui, value, name) {
    const same = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === value);
    if (same) yasgui.selectTabId(same.getId());
    else yasgui.addTab(true, { yasqe: { value }, ...(name ? { name } : {}) });
    if (name && same) same.setName(name);
  }

  /** Put the buttons in the tab that is shown, give everything its name, and forget other answers. */
  function settled(yasgui) {
    const now = yasgui.getTab();
    if (!now) return;
    for (const tab of Object.values(yasgui._tabs)) if (tab !== now) tab.getYasr()?.resultsEl.replaceChildren();
    const panel = document.getElementById(now.getId());
    panel.querySelector(".editorwrapper").after(buttons, limits);
    panel.querySelector(".CodeMirror textarea").setAttribute("aria-label", say("Vraag in SPARQL", "Query in SPARQL"));
    const scrolled = panel.querySelector(".CodeMirror-scroll");
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", say("Tekst van de vraag", "Text of the query")]]) scrolled.setAttribute(name, value);
    const list = yasgui.rootEl.querySelector(".tabsList");
    list.setAttribute("aria-label", say("Vragen", "Queries"));
    list.querySelectorAll(".closeTab").forEach((it) => { it.removeAttribute("tabindex"); it.title = say("Sluit (toets Delete)", "Close (key Delete)"); });
    list.querySelectorAll(".tab input").forEach((it) => it.setAttribute("aria-label", say("Naam van dit tabblad", "Name of this tab")));
    now.getYasqe().refresh();
  }

  function submitted(event, yasgui) {
    const tab = yasgui.getTab();
    if (document.getElementById("format").value !== "html") {
      area.value = tab.getQuery();
      return;
    }
    event.preventDefault();
    if (run.textContent === runs) tab.query().catch(() => {});
    else tab.getYasqe().abortQuery();
  }

  /** Open the example that was chosen; what is run meanwhile would be the query before it. */
  async function chosen(event, yasgui, settle) {
    event.preventDefault();
    const form = event.target;
    const picked = form.querySelector("select").selectedOptions[0];
    run.disabled = true;
    try {
      const answer = await fetch(`${form.action}?voorbeeld=${encodeURIComponent(picked.value)}`, { headers: { Accept: "text/html" } });
      const query = parsed(await answer.text()).getElementById("query").value;
      below.replaceChildren();
      opened(yasgui, query, picked.textContent);
      settle();
    } catch {
      status.textContent = unanswered;
    } finally {
      run.disabled = false;
    }
  }

  async function copied(yasgui, address) {
    const link = new URL(address);
    link.searchParams.set("query", yasgui.getTab().getQuery());
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(link.href);
      status.textContent = say("De link is gekopieerd.", "The link is copied.");
    } catch {
      status.textContent = say("De link staat in de adresbalk.", "The link is in the address bar.");
    }
  }

  copy.hidden = another.hidden = false;
  document.querySelector(".toetsen").hidden = false;
  fetch(box.dataset.termen).then((answer) => answer.json()).then((known) => Object.assign(terms, known)).catch(() => {}).finally(begin);
})();
