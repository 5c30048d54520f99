"use strict";
// What is handier with a script. Without it everything is there too.
const root = document.documentElement;
root.classList.add("js");

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
