"use strict";
/* Draws the figures of a report, and lets the reader choose light or dark. The page is one file and makes no request. */
(function () {
  var view = window.bookView, known = ["draw", "drawImages", "key"];
  Array.prototype.forEach.call(document.querySelectorAll("script.figure-calls"), function (element) {
    JSON.parse(element.textContent).forEach(function (entry) {
      try {
        if (known.indexOf(entry.call) >= 0) window.ganFigures[entry.call].apply(null, entry.arguments);
      } catch (error) {
        console.error("figure: " + error);
      }
    });
  });

  var names = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }, order = ["auto", "light", "dark"];
  var theme = document.getElementById("theme");
  function say() {
    theme.textContent = names[view.get("theme")] || names.auto;
    theme.setAttribute("aria-label", "Colours: " + (view.get("theme") || "auto"));
  }
  theme.addEventListener("click", function () {
    view.set("theme", order[(order.indexOf(view.get("theme")) + 1) % 3]);
    say();
  });
  say();
  theme.parentElement.hidden = false;
  document.documentElement.setAttribute("data-ready", "");
})();
