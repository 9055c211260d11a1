"use strict";
/* The deck's cells run here: a panel beside the slide has their code, what it shows replaces what the slide showed. Asks this server only. */
(function () {
  var page = document.documentElement, query = new URLSearchParams(location.search), receives = query.has("receiver");
  var data = JSON.parse(document.getElementById("live-cells").textContent), byIndex = {}, version = 0, state = null, since = 0;
  var waiting = new Set(), chosen = null, panel, parts = {}, lab = null;
  data.cells.forEach(function (cell) { byIndex[cell.index] = cell; cell.text = cell.known = cell.source; });

  function make(name, values, children) {
    var element = document.createElement(name);
    Object.keys(values || {}).forEach(function (key) {
      if (key.slice(0, 2) === "on") element.addEventListener(key.slice(2), values[key]);
      else if (values[key] === true) element.setAttribute(key, "");
      else if (values[key] !== false && values[key] !== null) element.setAttribute(key, values[key]);
    });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  function post(path, message) {
    return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message || {}) }).then(function (answer) {
      if (!answer.ok) throw new Error("the server answers " + answer.status);
      return answer.json();
    }).then(function (answer) {
      if (answer.error) throw new Error(answer.error);
      return answer;
    });
  }

  function current() { return window.deck.getCurrentSlide(); }

  /* The code cells that lead to a slide, and show something on it. */
  function cellsOf(slide) {
    return (slide.getAttribute("data-cells") || "").split(",").filter(Boolean).map(function (index) { return byIndex[index]; });
  }

  /* The cells of this slide; of a slide without any, those of the next slide that has some. */
  function nearest() {
    var slides = window.deck.getSlides(), at = slides.indexOf(current());
    for (var i = Math.max(at, 0); i < slides.length; i++) {
      var cells = cellsOf(slides[i]);
      if (cells.length) return cells;
    }
    return data.cells.slice(-1);
  }

  function isChanged(cell) { return cell.text !== cell.source; }

  /* Of the cells of a slide, the first that it shows. */
  function firstShown(cells) {
    return cells.filter(function (cell) { return document.querySelector("[data-cell=\"" + cell.index + "\"]"); })[0] || cells[cells.length - 1];
  }

  /* --- the panel --- */

  function build() {
    parts.choice = make("select", { "aria-label": "Cell", onchange: function () { choose(byIndex[parts.choice.value]); } });
    parts.text = make("textarea", { "aria-label": "Code of the cell", spellcheck: "false", autocapitalize: "off", oninput: typed, onscroll: scrolled, onkeydown: keys });
    parts.shown = make("pre", { "aria-hidden": "true", class: "live-shown" }, [make("code")]);
    parts.run = make("button", { type: "button", class: "live-run", title: "Ctrl Enter", onclick: run }, ["▶ Run"]);
    parts.stop = make("button", { type: "button", title: "Ends the kernel; what a cell needs runs again", onclick: stop }, ["■ Stop"]);
    parts.reset = make("button", { type: "button", title: "The text as the notebook has it", onclick: reset }, ["Reset"]);
    parts.close = make("button", { type: "button", class: "live-close", "aria-label": "Close the code", title: "Esc", onclick: function () { open(false); } }, ["✕"]);
    parts.status = make("p", { class: "live-status", role: "status" });
    panel = make("aside", { class: "live-panel", "aria-label": "Code", hidden: true }, [
      make("div", { class: "live-head" }, [parts.choice, parts.close]),
      make("div", { class: "live-code" }, [parts.shown, parts.text]),
      make("div", { class: "live-buttons" }, [parts.run, parts.stop, parts.reset]),
      parts.status
    ]);
    parts.edit = make("button", { type: "button", title: "E", "aria-pressed": "false", onclick: function () { open(panel.hidden); } }, ["Code"]);
    parts.lab = make("button", { type: "button", title: "L", "aria-pressed": "false", onclick: function () { showLab(!lab || lab.hidden); } }, ["Lab"]);
    parts.dot = make("span", { class: "live-dot", role: "status" });
    document.body.append(panel, make("nav", { class: "live-bar", "aria-label": "Live" }, [parts.edit, parts.lab, parts.dot]));
  }

  function fillChoice() {
    var here = cellsOf(current()), groups = [["On this slide", here], ["All cells", data.cells]].filter(function (group) { return group[1].length; });
    parts.choice.replaceChildren.apply(parts.choice, groups.map(function (group) {
      return make("optgroup", { label: group[0] }, group[1].map(function (cell) {
        return make("option", { value: cell.index }, ["[" + cell.number + "] " + (isChanged(cell) ? "✎ " : "") + cell.label]);
      }));
    }));
    if (chosen) parts.choice.value = chosen.index;
  }

  function choose(cell) {
    chosen = cell;
    parts.text.value = cell.text;
    colour();
    fillChoice();
    tell();
    parts.text.scrollTop = parts.text.scrollLeft = 0;
    scrolled();
  }

  var colouring = 0;
  function typed() {
    if (isChanged(chosen) !== (parts.text.value !== chosen.source)) {
      chosen.text = parts.text.value;
      fillChoice();
    }
    chosen.text = parts.text.value;
    parts.shown.firstChild.textContent = chosen.text + "\n";
    clearTimeout(colouring);
    colouring = setTimeout(colour, 60);
  }

  function colour() {
    var text = chosen.text;
    function put(html) { if (text === chosen.text) parts.shown.firstChild.innerHTML = html + "\n"; }
    if (text === chosen.source) put(chosen.code);
    else post("cells/code", { source: text }).then(function (answer) { put(answer.html); }, function () { });
  }

  function scrolled() {
    parts.shown.scrollTop = parts.text.scrollTop;
    parts.shown.scrollLeft = parts.text.scrollLeft;
  }

  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Escape") {
      event.preventDefault();
      open(false);
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      document.execCommand("insertText", false, "    ");
    }
    event.stopPropagation(); // no key of the text turns a slide
  }

  function open(shown) {
    if (shown) showLab(false);
    panel.hidden = !shown;
    parts.edit.setAttribute("aria-pressed", String(shown));
    page.toggleAttribute("data-live", shown);
    window.deck.layout();
    if (shown) {
      follow();
      parts.text.focus({ preventScroll: true });
    } else {
      parts.text.blur();
      window.deck.focus && parts.edit.blur();
    }
  }

  /* --- running --- */

  function run() {
    if (!chosen || state && state.phase === "running") return;
    // What stands after it on the same slide shows what it changes.
    var after = cellsOf(current()).filter(function (cell) { return cell.number > chosen.number; });
    var all = cellsOf(current()).indexOf(chosen) >= 0 ? [chosen].concat(after) : [chosen];
    all.forEach(function (cell) { waiting.add(cell.index); });
    say("asked for");
    post("cells/run", { run: all.map(function (cell) { return { cell: cell.index, source: cell.text }; }) }).catch(function (error) {
      waiting.clear();
      say(error.message, "bad");
    });
  }

  function stop() {
    waiting.clear();
    post("cells/stop").then(function () { say("stopped; what a cell needs runs again before it"); }, function (error) { say(error.message, "bad"); });
  }

  function reset() {
    chosen.text = chosen.source;
    choose(chosen);
  }

  function say(text, kind) {
    parts.status.textContent = text;
    parts.status.className = "live-status " + (kind || "");
  }

  function tell() {
    if (!state) return;
    var place = state.cell ? "cell [" + state.cell + "]" : "", seconds = Math.round((performance.now() - since) / 1000);
    var progress = state.progress && !(state.progress.part >= 1) ? " · " + state.progress.title + (state.progress.part ? " " + Math.round(100 * state.progress.part) + " %" : "") : "";
    var busy = state.phase !== "idle";
    page.toggleAttribute("data-busy", busy);
    parts.dot.textContent = !busy ? "" : (state.phase === "running" ? "running " : "preparing ") + place + " of " + state.total;
    parts.run.disabled = state.phase === "running";
    parts.stop.disabled = !busy;
    parts.reset.disabled = !chosen || !isChanged(chosen);
    var asked = data.cells.filter(function (cell) { return waiting.has(cell.index); })[0];
    var kind = state.phase === "running" ? "runs " : !asked ? "runs in the background, for its slide: " : asked.number > state.cell ? "runs first what it needs: "
      : "waits: another slide was prepared, and a kernel runs one cell at a time (Stop ends it; what is needed runs again): ";
    if (busy) say(kind + place + (seconds > 1 ? ", " + seconds + " s" : "") + progress);
    else if (state.failure) say(state.failure.length > 200 ? state.failure.slice(0, 200) + "…" : state.failure, "bad");
    else if (chosen && chosen.ran) say("ran in " + chosen.ran + " s" + after(chosen));
    else say(state.prepared ? "The first " + state.prepared + " of " + state.total + " cells have run." : "Nothing has run yet. A cell runs after those before it.");
  }

  /* A cell that failed has left the kernel as it was. */
  function after(cell) {
    var broken = data.cells.filter(function (other) { return other.failed && other.number < cell.number; })[0];
    return broken ? "; cell [" + broken.number + "] before it has failed, so this used what was there before" : "";
  }

  /* What a cell has shown, where the slide had shown it before; a cell without a place gets one at the end. */
  function show(found) {
    var cell = byIndex[found.cell], holder = document.querySelector("[data-cell=\"" + found.cell + "\"]");
    // A text that somebody is changing in this window stays.
    var untouched = cell.text === cell.known || cell.text === found.source;
    cell.known = found.source;
    if (untouched) cell.text = found.source;
    cell.ran = found.seconds;
    cell.failed = found.failure !== null;
    if (!holder) {
      var slide = Array.prototype.find.call(window.deck.getSlides(), function (each) { return cellsOf(each).indexOf(cell) >= 0; });
      if (!slide || !found.html) return;
      holder = make("div", { class: "cell", "data-cell": found.cell }, [make("div", { class: "result" })]);
      slide.querySelector(":scope > .slide").append(holder);
    }
    var code = holder.querySelector(":scope > pre.block > code"), result = holder.querySelector(":scope > .result");
    if (code) code.innerHTML = found.code;
    result.innerHTML = found.html;
    result.classList.add("is-new");
    window.deckSlides.draw(result);
    var section = holder.closest("section");
    section.setAttribute("data-unfit", "");
    if (section === current()) {
      fit(section);
      reveal(holder);
    }
    waiting.delete(found.cell);
    if (cell === chosen && parts.text.value !== cell.text) choose(cell);
  }

  /* What was run is seen, also where the slide still holds it back. */
  function reveal(holder) {
    var part = holder.closest(".fragment");
    if (part && !part.classList.contains("visible") && !receives) window.deck.navigateFragment(Number(part.getAttribute("data-fragment-index")));
  }

  function fit(section) {
    section.removeAttribute("data-unfit");
    window.deckSlides.fit(section);
    dispatchEvent(new Event("resize")); // figures take the room that they got
  }

  function watch() {
    post("cells/watch", { after: version }).then(function (answer) {
      if (!state || answer.phase !== state.phase || answer.cell !== state.cell) since = performance.now();
      version = answer.version;
      state = answer;
      page.removeAttribute("data-gone");
      answer.shown.forEach(show);
      if (!receives) tell();
      watch();
    }, function () {
      page.setAttribute("data-gone", "");
      if (!receives) say("The server does not answer. The slides go on; start workbook present again to run cells.", "bad");
      setTimeout(watch, 2000);
    });
  }

  /* --- the lab --- */

  function showLab(shown, address) {
    if (shown && (!lab || address && lab.getAttribute("data-address") !== address)) {
      if (lab) lab.remove();
      lab = make("iframe", { class: "live-lab", title: "The lab", src: address || data.lab, "data-address": address || data.lab, allow: "clipboard-write; fullscreen" });
      document.body.append(lab);
    }
    if (!lab) return;
    lab.hidden = !shown;
    parts.lab.setAttribute("aria-pressed", String(shown));
    page.toggleAttribute("data-lab", shown);
    if (shown) {
      open(false);
      lab.focus();
    } else window.focus();
  }

  /* "workbook lab --preset dropped" on a slide opens the lab with it. */
  function links() {
    document.querySelectorAll(".slide code").forEach(function (code) {
      var named = /^workbook lab(?: --preset (\w+))?$/.exec(code.textContent.trim());
      if (!named) return;
      code.replaceWith(make("button", { type: "button", class: "live-link", onclick: function () { showLab(true, named[1] ? "lab.html#present=1&preset=" + named[1] : data.lab); } }, [code.textContent]));
    });
  }

  /* --- the talk --- */

  // The cells before this slide run while it is spoken about, so that one of its own can run at once; not for slides that are passed by.
  var staying = 0;
  function follow() {
    var cells = nearest();
    clearTimeout(staying);
    staying = setTimeout(function () {
      if (cells.length) post("cells/prepare", { cell: cells[0].index }).catch(function () { });
    }, 2000);
    if (!panel.hidden && cells.indexOf(chosen) < 0) choose(firstShown(cells));
    else if (!panel.hidden) fillChoice();
  }

  function begin() {
    if (!window.deck || !window.deck.isReady() || !page.hasAttribute("data-ready")) {
      setTimeout(begin, 50);
      return;
    }
    if (!receives) {
      build();
      links();
      window.deck.addKeyBinding({ keyCode: 69, key: "E", description: "Code of this slide" }, function () { open(panel.hidden); });
      window.deck.addKeyBinding({ keyCode: 76, key: "L", description: "The lab" }, function () { showLab(!lab || lab.hidden); });
      addEventListener("keydown", function (event) {
        if (event.key !== "Escape" || panel.hidden || window.deck.isOverview()) return;
        event.stopPropagation();
        event.preventDefault();
        open(false);
      }, true);
      addEventListener("message", function (event) {
        if (lab && event.source === lab.contentWindow && event.origin === location.origin && event.data === "close") showLab(false);
      });
      setInterval(function () { if (state && state.phase !== "idle") tell(); }, 1000);
      follow();
    }
    window.deck.on("slidechanged", function (event) {
      if (event.currentSlide.hasAttribute("data-unfit")) fit(event.currentSlide);
      if (!receives) follow();
    });
    watch();
  }

  if (!query.has("lint") && !query.has("print-pdf") && !query.has("handout")) begin();
})();
