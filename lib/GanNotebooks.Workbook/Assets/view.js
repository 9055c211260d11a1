"use strict";
/* What the reader chose to see, before the page is drawn: light or dark, with code and checks open or folded, answers shown or asked for. */
(function () {
  var page = document.documentElement, asked = matchMedia("(prefers-color-scheme: dark)");
  var first = { theme: "auto", code: "folded", checks: "folded", predict: "ask" };

  // A browser may refuse to remember: then a choice holds for its page.
  var now = {};
  Object.keys(first).forEach(function (name) {
    var stored = null;
    try { stored = localStorage.getItem("gan-notebooks-" + name); } catch (refused) { stored = null; }
    now[name] = stored || first[name];
  });

  // How the program that prints a page asks for what the page leaves out: ?code&checks&solutions.
  var wanted = new URLSearchParams(location.search);
  if (wanted.has("print")) {
    page.setAttribute("data-print", "");
    var paper = document.querySelector("link[media='print']"); // a deck has none
    if (paper) paper.media = "all";
    now = Object.assign({}, first, { theme: "light", predict: "tell" });
    ["code", "checks"].forEach(function (name) { if (wanted.has(name)) now[name] = "open"; });
    if (wanted.has("solutions")) page.setAttribute("data-solutions", "");
  }

  // The running title on paper. The title may contain anything; in a style sheet each of its other signs is a number.
  function runningTitle() {
    var title = document.title.replace(/[^\p{L}\p{N} ]/gu, function (sign) { return "\\" + sign.codePointAt(0).toString(16) + " "; });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync('@page { @top-left { content: "' + title + '"; font: 8.5pt sans-serif; color: #555; } }');
    document.adoptedStyleSheets = [sheet];
  }

  function show() {
    var theme = now.theme === "light" || now.theme === "dark" ? now.theme : asked.matches ? "dark" : "light";
    page.setAttribute("data-theme", theme);
    page.setAttribute("data-code", now.code);
    page.setAttribute("data-checks", now.checks);
    page.setAttribute("data-predict", now.predict);
  }

  window.bookView = {
    get: function (name) { return now[name]; },
    set: function (name, value) {
      now[name] = value;
      try { localStorage.setItem("gan-notebooks-" + name, value); } catch (refused) { page.setAttribute("data-forgets", ""); }
      show();
    }
  };
  if (document.adoptedStyleSheets) runningTitle();
  asked.addEventListener("change", show);
  show();
})();
