"use strict";
/* Typesets a formula, for the pages of the book and for slides. */
(function () {
  // A browser may break the line between a formula and the comma behind it. A short formula keeps its comma.
  var SHORT = 40;

  function joinPunctuation(formula) {
    var next = formula.nextSibling, mark = next && next.nodeType === Node.TEXT_NODE && /^[,.;:!?)\]’”]+/.exec(next.data);
    if (!mark) return;
    var whole = document.createElement("span");
    whole.className = "unbroken";
    formula.before(whole);
    next.data = next.data.slice(mark[0].length);
    whole.append(formula, mark[0]);
  }

  window.typesetFormula = function (element, output) {
    var tex = element.textContent.trim(), display = element.hasAttribute("data-display");
    try {
      window.katex.render(tex, element, { displayMode: display, output: output || "htmlAndMathml", throwOnError: true, strict: "ignore", trust: false, maxSize: 40, maxExpand: 1000 });
      element.classList.add("typeset");
      if (!display && tex.length <= SHORT) joinPunctuation(element);
    } catch (error) {
      element.classList.add("katex-error");
      element.title = String(error);
      console.error("formula: " + error);
    }
  };
})();
