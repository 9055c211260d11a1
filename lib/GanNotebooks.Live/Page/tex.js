/* Formulas, set by the book's own copy of KaTeX. It is loaded when the first formula is asked for; without it the TeX stays readable. */

import { make } from "./dom.js";

let loading = null;

function load() {
  loading ??= new Promise(done => {
    document.head.append(make("link", { rel: "stylesheet", href: "katex/katex.min.css" }));
    document.head.append(make("script", { src: "katex/katex.min.js", onload: () => done(window.katex ?? null), onerror: () => done(null) }));
  });
  return loading;
}

/** Sets a formula into an element. The TeX is its text until KaTeX has come. */
export async function formula(element, tex) {
  element.textContent = tex;
  element.dataset.tex = tex;
  const katex = await load();
  if (!katex || element.dataset.tex !== tex) return;
  // render() builds elements; it sets no style attributes by text, which the page's policy would refuse.
  katex.render(tex, element, { displayMode: true, throwOnError: false, trust: false, strict: "ignore" });
}
