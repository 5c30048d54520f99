"use strict";
// Completion in the editor of the query page: what the data hold, most used first. The editor does
// not wait for it.
function completing(address, yasqe) {
  const terms = { prefixes: {}, classes: [], properties: [] };
  const known = fetch(address).then((answer) => answer.json()).then((told) => Object.assign(terms, told)).catch(() => {});
  const short = (iri) => {
    const fits = Object.entries(terms.prefixes).filter(([, start]) => iri.startsWith(start));
    const [prefix, start] = fits.sort((a, b) => b[1].length - a[1].length)[0] || [];
    return prefix ? { prefix, start, text: `${prefix}:${iri.slice(start.length)}` } : { text: `<${iri}>` };
  };
  const typed = (token) => token.autocompletionString || token.string;
  function found(kind, token) {
    const start = typed(token).toLowerCase();
    const has = (term) => [term.iri, short(term.iri).text, term.label].some((it) => it.toLowerCase().startsWith(start));
    return terms[kind].filter(has).slice(0, 50).map((term) => term.iri);
  }
  const hints = (kind) => (editor, listed) =>
    listed.map((hint) => {
      const term = terms[kind].find((it) => it.iri === hint.text);
      const { prefix, start, text } = short(term.iri);
      return {
        ...hint,
        text,
        displayText: `${term.label === text ? text : `${text}  ${term.label}`} (${term.count})`,
        hint: (into, data) => {
          into.replaceRange(text, hint.from || data.from, hint.to || data.to, "complete");
          if (prefix && !editor.getPrefixesFromQuery()[prefix]) editor.addPrefixes({ [prefix]: start });
        },
      };
    });
  const plain = { autoShow: true, persistenceId: null, postProcessSuggestion: (editor, token, iri) => iri };
  yasqe.defaults.autocompleters = ["variables"];
  for (const [name, kind, from] of [["our-classes", "classes", "class"], ["our-properties", "properties", "property"]])
    yasqe.forkAutocompleter(from, { ...plain, name, get: (editor, token) => found(kind, token), postprocessHints: hints(kind) });
  const prefixes = () => Object.entries(terms.prefixes).map(([prefix, start]) => `${prefix}: <${start}>`).sort();
  // Without a token it asks for all of them, once; with one it declares the first that it is given.
  const get = (editor, token) => (token ? prefixes().filter((it) => it.startsWith(typed(token))) : known.then(prefixes));
  yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", get, persistenceId: null });
}
