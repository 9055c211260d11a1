"use strict";
/* Search over the text of the book. The texts and the library MiniSearch are loaded when the reader first goes to the field. */
(function () {
  var input = document.getElementById("query"), list = document.getElementById("hits"), count = document.getElementById("hitcount");
  if (!input || input.tagName !== "INPUT" || !list || !count) return;
  var engine = null, loading = null, entries = [];

  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }

  // D*, p/(p + q) and W1 are words here; hyphens and underscores part words.
  function words(text) {
    return plain(text).replace(/\^/g, "").split(/[^\p{L}\p{N}*'′∞∇²+.]+/u).map(function (word) {
      return word.replace(/^[.'+]+|[.'+]+$/g, "");
    }).filter(Boolean);
  }

  function load(file) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = "assets/" + file;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }

  function prepare() {
    loading = loading || Promise.all([load("minisearch.js"), load("index.js")]).then(function () {
      entries = window.bookIndex;
      engine = new window.MiniSearch({ idField: "id", fields: ["heading", "title", "text", "names"], tokenize: words, processTerm: function (term) { return term; } });
      engine.addAll(entries.map(function (entry, id) {
        return { id: id, title: entry[0], heading: entry[1] || entry[0], text: entry[3], names: entry[4] };
      }));
      input.setAttribute("data-ready", "");
    });
    return loading;
  }

  function found(query) {
    var asked = words(query);
    return engine.search(query, {
      combineWith: "AND",
      prefix: function (term) { return term.length > 1; },
      fuzzy: function (term) { return term.length > 3 ? 0.25 : false; },
      boost: { heading: 6, title: 2, names: 0.5 },
      // A member of a type comes after the type, and both after what the course says.
      boostDocument: function (id) {
        return !isLibrary(entries[id]) ? 1 : entries[id][1].indexOf(".") < 0 ? 0.6 : 0.3;
      },
      weights: { fuzzy: 0.2, prefix: 0.6 }
    }).map(function (hit) { return { id: hit.id, terms: hit.terms, rank: rank(entries[hit.id], asked) }; })
      .sort(function (one, other) { return other.rank - one.rank; });
  }

  function isLibrary(entry) {
    return entry[2].indexOf("library.html") >= 0;
  }

  // A heading of these words comes first, then one with all of them, then a text that has them side by side; the last may be unfinished.
  function rank(entry, asked) {
    var heading = words((entry[1] || entry[0]).replace(/^\d\d · /, "")), phrase = " " + asked.join(" ");
    function starts(word) { return heading.some(function (other) { return other.indexOf(word) === 0; }); }
    if (!isLibrary(entry)) {
      if ((" " + heading.join(" ")).indexOf(phrase) === 0) return 3;
      if (asked.every(starts)) return 2;
    }
    return (" " + words(entry[1] + " " + entry[3]).join(" ")).indexOf(phrase) >= 0 ? 1 : 0;
  }

  // The words around the first hit, so that one sees why this is a hit: of several words best where they stand side by side.
  function excerpt(text, query, terms) {
    var low = plain(text);
    if (low.length !== text.length) low = text.toLowerCase();
    var at = [plain(query)].concat(terms).map(function (term) { return startOf(low, term); });
    at = at[0] >= 0 ? at[0] : Math.min.apply(null, at.filter(function (place) { return place >= 0; }));
    if (!isFinite(at)) return "";
    var from = at < 40 ? 0 : text.indexOf(" ", at - 36) + 1, to = text.length <= from + 100 ? text.length : text.lastIndexOf(" ", from + 100);
    if (from > at) from = at;
    if (to <= at) to = Math.min(text.length, at + 100);
    return (from > 0 ? "… " : "") + text.slice(from, to).trim() + (to < text.length ? " …" : "");
  }

  // The place of a word, or of a part of one where no word begins so.
  function startOf(text, term) {
    for (var at = text.indexOf(term), first = at; at >= 0; at = text.indexOf(term, at + 1)) {
      if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1])) return at;
    }
    return first;
  }

  function show() {
    var query = input.value.trim();
    if (!query) {
      list.textContent = count.textContent = "";
      list.hidden = true;
      return;
    }
    prepare().then(function () { if (input.value.trim() === query) put(query, found(query)); });
  }

  function put(query, hits) {
    list.textContent = "";
    list.hidden = false;
    count.textContent = hits.length === 1 ? "1 hit" : hits.length + " hits";
    hits.slice(0, 12).forEach(function (hit) {
      var entry = entries[hit.id], item = document.createElement("li"), link = document.createElement("a");
      link.href = entry[2];
      link.textContent = entry[1] || entry[0];
      [entry[1] ? entry[0] : "", excerpt(entry[3], query, hit.terms)].filter(Boolean).forEach(function (line, place) {
        var small = document.createElement("small");
        small.className = place ? "words" : "from";
        small.textContent = line;
        link.appendChild(small);
      });
      item.appendChild(link);
      list.appendChild(item);
    });
    if (!hits.length) {
      var none = document.createElement("li");
      none.className = "none";
      none.textContent = "Nothing found.";
      list.appendChild(none);
    }
  }

  // Who comes back from a hit finds the search as it was.
  function remember() {
    try { history.replaceState(Object.assign({}, history.state, { query: input.value }), ""); } catch (refused) { return; }
  }

  function recall() {
    var query = history.state && history.state.query;
    if (!query || !list.hidden) return;
    input.value = query;
    show();
  }

  input.addEventListener("focus", prepare);
  input.addEventListener("input", function () { remember(); show(); });
  input.form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("keydown", function (event) {
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!input.offsetParent) document.querySelector("button.menu").click();
      input.focus();
      input.select();
    }
    var links = Array.prototype.slice.call(list.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    if (!links.length || (at < 0 && document.activeElement !== input)) return;
    if (event.key === "ArrowDown") { event.preventDefault(); (links[at + 1] || links[at]).focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? links[at - 1] : input).focus(); }
    if (event.key === "Enter" && at < 0) { event.preventDefault(); window.location.href = links[0].href; }
    if (event.key === "Escape") { input.value = ""; remember(); show(); input.focus(); }
  });
  window.addEventListener("pageshow", recall);
})();
