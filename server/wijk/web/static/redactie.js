"use strict";
// What is handier with a script on the pages of editors. Without it everything is there too.
addEventListener("DOMContentLoaded", () => {
  // What takes a while says so at once, and is not sent twice.
  for (const slow of document.querySelectorAll("form[data-bezig]")) {
    const told = document.createElement("p");
    told.className = "bezig";
    told.setAttribute("role", "status");
    slow.append(told);
    slow.addEventListener("submit", (event) => {
      if (told.textContent) return event.preventDefault();
      told.textContent = slow.dataset.bezig;
      for (const button of slow.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    });
  }
  // Who comes back with the browser's own button can send it again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const told of document.querySelectorAll(".bezig")) told.textContent = "";
    for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  });

  const form = document.querySelector("form[data-bewaak]");
  if (!form) return;

  // Who leaves with something that is not saved is asked whether they mean it.
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  // How long a text is; told aloud when one has stopped typing.
  for (const text of form.querySelectorAll("textarea[data-teller]")) {
    const told = document.createElement("p");
    const aloud = document.createElement("p");
    told.className = "teller";
    told.setAttribute("aria-hidden", "true");
    aloud.className = "verborgen";
    aloud.setAttribute("role", "status");
    const count = () => `${text.value.length} ${text.value.length === 1 ? "teken" : "tekens"}`;
    let later = 0;
    const tell = () => { told.textContent = count(); };
    text.addEventListener("input", () => {
      tell();
      clearTimeout(later);
      later = setTimeout(() => { aloud.textContent = count(); }, 1500);
    });
    tell();
    text.after(told, aloud);
  }

  // Of lists that are too long for the page: what fits what is typed.
  for (const input of form.querySelectorAll("input[data-soort]")) {
    const list = document.getElementById(input.getAttribute("list"));
    if (!list || !("vraag" in list.dataset)) continue;
    let asked = "";
    input.addEventListener("input", async () => {
      const text = input.value.trim();
      if (text.length < 2 || text === asked) return;
      asked = text;
      const answer = await fetch(`${form.dataset.voorstel}${input.dataset.soort}?q=${encodeURIComponent(text)}`).catch(() => null);
      if (!answer?.ok || text !== asked) return;
      const found = await answer.json();
      list.replaceChildren(...found.map((name) => new Option(name, name)));
    });
  }

  // To the empty input that a button made.
  const about = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (about && about.matches("legend")) {
    const inputs = [...about.parentElement.querySelectorAll(".rijtje .veldrij > :is(input, textarea)")];
    const empty = inputs.find((each) => !each.value);
    if (empty) empty.focus();
  }
});
