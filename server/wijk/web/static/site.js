"use strict";
// What is handier with a script. Without it everything is there too.
const root = document.documentElement;
root.classList.add("js");
// Before anything is drawn: the colours that the reader chose.
const colours = (value) => { value ? root.dataset.thema = value : delete root.dataset.thema; };
const kept = (act) => { try { return act(localStorage); } catch { return null; } };
colours(kept((store) => store.getItem("thema")));

addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".menuknop");
  const menu = document.getElementById("menu");
  if (button && menu) {
    const open = (state) => {
      button.setAttribute("aria-expanded", String(state));
      menu.classList.toggle("menu--open", state);
    };
    button.hidden = false;
    button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        open(false);
        button.focus();
      }
    });
  }

  const choice = document.getElementById("kleuren");
  if (choice) {
    choice.hidden = false;
    for (const each of choice.querySelectorAll("input")) {
      each.checked = each.value === (root.dataset.thema || "");
      each.addEventListener("change", () => {
        colours(each.value);
        kept((store) => each.value ? store.setItem("thema", each.value) : store.removeItem("thema"));
      });
    }
  }

  // Buttons that need a script: print this page, copy a text.
  const shown = (found, act) => {
    found.parentElement.hidden = false;
    found.addEventListener("click", act);
  };
  for (const each of document.querySelectorAll("[data-druk]")) shown(each, () => window.print());
  for (const each of document.querySelectorAll("[data-kopieer]")) {
    const text = document.getElementById(each.dataset.kopieer);
    // A browser may refuse, and on plain http there is no clipboard at all.
    shown(each, async () => {
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        each.lastChild.textContent = "Gekopieerd";
      } catch {
        getSelection().selectAllChildren(text);
        each.lastChild.textContent = "Geselecteerd: kopieer nu zelf";
      }
    });
  }

  // The day on which somebody takes over how to cite this: nobody else knows it.
  for (const each of document.querySelectorAll("[data-vandaag]")) {
    const day = new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
    each.textContent = `(${each.dataset.vandaag} ${day})`;
  }

  // Names that begin with what one types in a search.
  for (const { q, action } of document.querySelectorAll("form[action$='/zoeken']")) {
    const names = document.createElement("datalist");
    names.id = "namen";
    q.after(names);
    q.setAttribute("list", "namen");
    q.oninput = async () => {
      const asked = q.value;
      const got = await fetch(`${action}/suggesties?q=${encodeURIComponent(asked)}`);
      const found = got.ok ? (await got.json())[1] : [];
      if (q.value === asked) names.replaceChildren(...found.map((it) => new Option(it)));
    };
  }

  // On a phone the filters of a list make room for what was found.
  const narrow = matchMedia("(max-width: 62rem)").matches;
  for (const each of document.querySelectorAll("details.filters")) {
    if (narrow) each.open = false;
    each.classList.add("klaar");
  }
});
