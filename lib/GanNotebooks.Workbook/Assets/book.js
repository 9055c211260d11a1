"use strict";
/* Typesets the formulae, folds the contents on a phone, searches titles and headings. No requests: the page may be a file. */
(function () {
  function typeset() {
    if (!window.katex) return;
    document.querySelectorAll(".math").forEach(function (element) {
      var display = element.hasAttribute("data-display");
      try {
        window.katex.render(element.textContent.trim(), element, { displayMode: display, throwOnError: true, strict: "ignore", trust: false, maxSize: 100 });
        element.classList.add("typeset");
        if (display) element.tabIndex = 0;
      } catch (error) {
        element.classList.add("katex-error");
        element.title = String(error);
        console.error("formula: " + error);
      }
    });
  }

  function contents() {
    var button = document.querySelector("button.menu");
    var side = document.getElementById("contents");
    button.addEventListener("click", function () {
      var open = side.classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
      if (open) side.querySelector("input, a").focus();
    });
    side.addEventListener("click", function (event) {
      if (event.target.closest("nav a")) close();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && side.classList.contains("open")) { close(); button.focus(); }
    });
    function close() {
      side.classList.remove("open");
      button.setAttribute("aria-expanded", "false");
    }
    var here = side.querySelector("[aria-current]");
    if (here && here.offsetTop > side.clientHeight * 0.7) side.scrollTop = here.offsetTop - side.clientHeight / 3;
  }

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function search() {
    var input = document.getElementById("query");
    var list = document.getElementById("hits");
    var count = document.getElementById("hitcount");
    var entries = (window.bookIndex || []).map(function (entry) {
      return { title: entry[0], heading: entry[1], link: entry[2], text: plain(entry[0] + " " + entry[1]) };
    });
    function show() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      list.textContent = "";
      list.hidden = words.length === 0;
      if (words.length === 0) { count.textContent = ""; return; }
      var hits = entries.filter(function (entry) {
        return words.every(function (word) { return entry.text.indexOf(word) >= 0; });
      });
      count.textContent = hits.length === 1 ? "1 hit" : hits.length + " hits";
      hits.slice(0, 12).forEach(function (hit) {
        var item = document.createElement("li");
        var link = document.createElement("a");
        link.href = hit.link;
        link.textContent = hit.heading || hit.title;
        if (hit.heading) {
          var from = document.createElement("small");
          from.textContent = hit.title;
          link.appendChild(from);
        }
        item.appendChild(link);
        list.appendChild(item);
      });
      if (hits.length === 0) {
        var none = document.createElement("li");
        none.className = "none";
        none.textContent = "Nothing found.";
        list.appendChild(none);
      }
    }
    input.addEventListener("input", show);
    input.form.addEventListener("submit", function (event) { event.preventDefault(); });
    document.addEventListener("keydown", function (event) {
      var typing = /^(input|textarea|select)$/i.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && input.offsetParent) {
        event.preventDefault();
        input.focus();
        input.select();
      }
      var links = Array.prototype.slice.call(list.querySelectorAll("a"));
      var at = links.indexOf(document.activeElement);
      if (!links.length || (at < 0 && document.activeElement !== input)) return;
      if (event.key === "ArrowDown") { event.preventDefault(); (links[at + 1] || links[at]).focus(); }
      if (event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? links[at - 1] : input).focus(); }
      if (event.key === "Enter" && at < 0) { event.preventDefault(); window.location.href = links[0].href; }
      if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
    });
  }

  function printing() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
      opened.forEach(function (details) { details.open = true; });
    });
    window.addEventListener("afterprint", function () {
      opened.forEach(function (details) { details.open = false; });
    });
  }

  /* The figures of a page are data: what is called, and with what. Only these three are ever called. */
  function figures() {
    var known = ["draw", "drawImages", "key"];
    document.querySelectorAll("script.figure-calls").forEach(function (element) {
      JSON.parse(element.textContent).forEach(function (entry) {
        try {
          if (known.indexOf(entry.call) >= 0) window.ganFigures[entry.call].apply(null, entry.arguments);
        } catch (error) {
          console.error("figure: " + error);
        }
      });
    });
  }

  typeset();
  figures();
  contents();
  search();
  printing();
  document.documentElement.setAttribute("data-ready", "");
})();
