"use strict";
// How the editor on the query page shows what comes back: the part of our page with the answer, or why there is none.
function answering(Yasr, parsed, { stopped, unanswered }) {
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
    }
  }
  for (const name of ["table", "boolean", "response"]) delete Yasr.defaults.plugins[name];
  Yasr.registerPlugin("answer", Answer);
  Yasr.defaults.errorRenderers = [
    async (error) => {
      const it = document.createElement("div");
      const told = parsed(error.text).querySelector(".antwoord");
      if (told) it.append(told);
      else if (/abort/i.test(error.text)) it.textContent = stopped;
      else it.textContent = unanswered;
      return it;
    },
  ];
}
