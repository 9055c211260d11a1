"use strict";
/* Typesets the formulae, gives every slide the largest letters and figures that fit, and starts reveal.js. No requests: the deck is a file. */
(function () {
  var page = document.documentElement, query = new URLSearchParams(location.search);
  var handout = query.has("handout"), lint = query.has("lint"), paper = handout || query.has("print-pdf");

  /* Letters in pixels, from large to small, and how small figures may be drawn beside them. */
  var STEPS = [[34, 1], [30, 0.9], [28, 0.8], [26, 0.7], [24, 0.6], [22, 0.5], [20, 0.4]], SLACK = 1, GROWTH = 4, ROOMY = 24, CAPTION = 90, GAP = 20, LEGIBLE = 3;

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  // Notes are shown in a window that has no style sheet for formulae: there the browser draws them itself.
  function typeset(inside) {
    if (!window.katex) return;
    all(".math:not(.typeset)", inside).forEach(function (element) {
      window.typesetFormula(element, element.closest(".notes") ? "mathml" : "htmlAndMathml");
    });
  }

  /* The figures are data: what is called, and with what. Only these three are ever called. */
  function figures(inside) {
    var known = ["draw", "drawImages", "key"];
    all("script.figure-calls", inside).forEach(function (element) {
      JSON.parse(element.textContent).forEach(function (entry) {
        try {
          if (known.indexOf(entry.call) >= 0) window.ganFigures[entry.call].apply(null, entry.arguments);
        } catch (error) {
          console.error("figure: " + error);
        }
      });
    });
  }

  function slides() {
    return all(".slides section").filter(function (section) { return !section.querySelector("section"); });
  }

  /* What can be drawn smaller: plots by their height, pictures by their width. */
  function scalable(slide) {
    var plots = all(".gan-figure [role=img][id]", slide).filter(function (plot) { return !plot.querySelector("img") && plot.offsetHeight; }).map(function (plot) {
      var height = plot.offsetHeight;
      if (plot.ganOwn === undefined) plot.ganOwn = plot.style.height;
      return function (factor) {
        var room = Math.round(height * factor);
        plot.style.height = room + "px";
        plot.setAttribute("data-room", room);
      };
    });
    var pictures = all("img, .drawing svg, .gan-figure svg", slide).filter(function (picture) { return box(picture).height > 60; }).map(function (picture) {
      // A picture that fills a box of its own takes the box along, with the labels beside it or the words below it.
      var boxed = picture.tagName === "IMG" && (/%/.test(picture.style.width) || /px$/.test(picture.parentElement.style.width));
      var frame = boxed ? picture.parentElement : picture;
      var width = box(frame).width, own = [frame.style.width, frame.style.maxWidth];
      if (frame.ganOwn === undefined) frame.ganOwn = own;
      return function (factor) {
        frame.style.width = factor > 1 ? Math.round(width * factor) + "px" : own[0];
        frame.style.maxWidth = factor < 1 ? Math.round(width * factor) + "px" : factor > 1 ? "100%" : own[1];
      };
    });
    return plots.concat(pictures);
  }

  // In the talk, reveal.js scales the slides to the window; before it, a pixel is a pixel.
  function box(element) {
    var shown = element.getBoundingClientRect(), scale = window.deck && window.deck.isReady() ? window.deck.getScale() : 1;
    return { width: shown.width / scale, height: shown.height / scale, right: shown.right / scale };
  }

  function excess(section, slide) {
    var style = getComputedStyle(section), room = section.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return box(slide).height - room;
  }

  function tooWide(section, slide) {
    var right = box(section).right - parseFloat(getComputedStyle(section).paddingRight), most = 0;
    all("*", slide).forEach(function (element) {
      var hidden = element.scrollWidth - element.clientWidth, style = hidden > SLACK ? getComputedStyle(element) : null;
      if (style && element.clientWidth > 1 && style.overflowX !== "visible" && !element.closest("[role=img], .katex-mathml")) most = Math.max(most, hidden);
    });
    all("table, img, pre, .math", slide).forEach(function (element) { most = Math.max(most, box(element).right - right); });
    return most;
  }

  /* The number of columns that shows pictures largest. */
  function widest(section, slide, group, count, high, caption) {
    var room = section.clientHeight - (slide.offsetHeight - group.offsetHeight) - 88, most = 0, best = count;
    for (var columns = 1; columns <= count; columns++) {
      var width = Math.min((slide.clientWidth - (columns - 1) * GAP) / columns, (room / Math.ceil(count / columns) - caption) / high);
      if (width > most) { most = width; best = columns; }
    }
    return best;
  }

  function inRows(count, longest) { return count <= longest ? count : Math.ceil(count / Math.ceil(count / longest)); }

  /* Panels of pictures and galleries stand in as many columns as show them largest, plots side by side in equal rows. */
  function arrange(section) {
    var slide = section.querySelector(":scope > .slide");
    slide.style.fontSize = STEPS[0][0] + "px";
    all(".gan-panels", slide).forEach(function (panels) {
      var parts = Array.prototype.slice.call(panels.children), pictures = parts.map(function (part) { return all("img", part); });
      var drawn = pictures.every(function (found) { return found.length === 1; }) && !panels.querySelector("table"), many = drawn && parts.length > 4;
      var high = drawn ? Math.max.apply(null, pictures.map(function (found) { return found[0].getAttribute("height") / found[0].getAttribute("width"); })) : 1;
      panels.classList.toggle("many", many); // of many pictures the headings say enough
      panels.style.display = "grid";
      var columns = drawn ? widest(section, slide, panels, parts.length, high, many ? 50 : CAPTION) : inRows(parts.length, 3);
      panels.style.gridTemplateColumns = "repeat(" + columns + ", minmax(0, 1fr))";
    });
    all(".gan-figure div", slide).filter(function (group) { return /auto-fill/.test(group.style.gridTemplateColumns); }).forEach(function (group) {
      var count = group.children.length, columns = group.querySelector("svg") ? widest(section, slide, group, count, 1, 130) : inRows(count, 5);
      group.style.maxWidth = "none";
      group.style.gridTemplateColumns = "repeat(" + columns + ", minmax(0, 1fr))";
    });
  }

  /* Figures that have room take it, up to a limit. */
  function grow(section, slide, scale) {
    var low = 1, high = GROWTH;
    for (var i = 0; i < 8 && excess(section, slide) < -ROOMY; i++) {
      var middle = i === 0 ? high : (low + high) / 2;
      scale(middle);
      if (excess(section, slide) <= SLACK && tooWide(section, slide) <= SLACK) low = middle;
      else { high = middle; scale(low); }
    }
  }

  /* The largest letters that fit, and figures in the room that they leave. What does not fit at all is named by the lint and scrolls. */
  function fit(section) {
    var slide = section.querySelector(":scope > .slide"), alone = !slide.querySelector(".prose, [role=img]");
    slide.classList.toggle("spacious", alone); // a table alone has larger letters than one below words
    var done = attempt(section, slide, alone ? STEPS.length : LEGIBLE);
    if (!done && slide.querySelector(".gan-checks")) {
      slide.classList.add("terse"); // the reasons of checks can be read in the book
      done = attempt(section, slide, STEPS.length);
    }
    if (!done && alone) slide.classList.remove("spacious");
    if (!done) done = attempt(section, slide, STEPS.length);
    if (!done) section.classList.add("overflows");
  }

  function attempt(section, slide, steps) {
    var parts = scalable(slide);
    function scale(factor) { parts.forEach(function (part) { part(factor); }); }
    function fits() { return excess(section, slide) <= SLACK && tooWide(section, slide) <= SLACK; }
    for (var i = 0; i < steps; i++) {
      slide.style.fontSize = STEPS[i][0] + "px";
      scale(1);
      if (fits()) {
        if (parts.length) grow(section, slide, scale);
        return true;
      }
      if (!parts.length) continue;
      var most = excess(section, slide);
      scale(0.5);
      var gained = 2 * (most - excess(section, slide));
      var factor = Math.min(0.99, gained > 1 ? 1 - (most + 2) / gained : 0);
      while (factor >= STEPS[i][1]) {
        scale(factor);
        if (fits()) return true;
        factor -= 0.05;
      }
    }
    if (parts.length) scale(STEPS[steps - 1][1]);
    return fits();
  }

  function number(sections, at) {
    var section = sections[at], column = section.parentElement.closest("section"), top = column || section;
    var place = all(":scope > section", document.querySelector(".slides")).indexOf(top) + 1;
    return column ? place + "." + (all(":scope > section", column).indexOf(section) + 1) : String(place);
  }

  // A formula counts as a word.
  function words(text) {
    all(".math", text).forEach(function (formula) { formula.textContent = "x"; });
    all("script", text).forEach(function (data) { data.remove(); });
    return text.textContent.trim().split(/\s+/).length;
  }

  function faults() {
    var sections = slides();
    return sections.map(function (section, at) {
      var slide = section.querySelector(":scope > .slide"), text = slide.cloneNode(true), name = slide.querySelector("h1, h2, h3, .kicker");
      return { slide: number(sections, at), title: name ? name.textContent.trim().slice(0, 80) : "", words: words(text),
        figures: scalable(slide).length, high: Math.ceil(excess(section, slide)), wide: Math.ceil(tooWide(section, slide)) };
    }).filter(function (found) { return found.high > SLACK || found.wide > SLACK; });
  }

  function isSolution(fold) { return /solution/i.test((fold.querySelector("summary") || fold).textContent); }

  /* Paper: each slide with its notes below it. Hints are open, solutions are left out. */
  function layOut() {
    page.setAttribute("data-handout", "");
    page.classList.add("print-pdf"); // reveal.js has another layout for paper, which this turns off
    var list = document.querySelector(".slides");
    slides().forEach(function (section) {
      var part = document.createElement("div"), notes = section.querySelector(":scope > .notes");
      part.className = "part";
      part.appendChild(section);
      if (notes) part.appendChild(notes);
      list.appendChild(part);
    });
    all(":scope > section", list).forEach(function (column) { column.remove(); });
  }

  function present() {
    var reveal = new window.Reveal(document.querySelector(".reveal"), {
      width: 1280, height: 720, margin: 0, minScale: 0.1, maxScale: 6, center: false, hash: true, transition: "none", backgroundTransition: "none",
      slideNumber: true, controls: true, progress: true, viewDistance: 2, mobileViewDistance: 1, scrollActivationWidth: null, pdfSeparateFragments: false,
      pdfMaxPagesPerSlide: 1, defaultTiming: page.getAttribute("data-timed") === "yes" ? 0 : null, plugins: [window.RevealNotes]
    });
    reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, function () {
      window.bookView.set("theme", page.getAttribute("data-theme") === "dark" ? "light" : "dark");
    });
    window.deck = reveal;
    return reveal.initialize();
  }

  function done() { page.setAttribute("data-ready", ""); }

  /* Sizes as they were before the first fit. */
  function undo(section) {
    all("*", section).forEach(function (element) {
      if (element.ganOwn === undefined) return;
      if (typeof element.ganOwn === "string") element.style.height = element.ganOwn;
      else { element.style.width = element.ganOwn[0]; element.style.maxWidth = element.ganOwn[1]; }
      element.removeAttribute("data-room");
    });
    section.classList.remove("overflows");
    section.querySelector(":scope > .slide").classList.remove("spacious", "terse");
  }

  /* For a deck whose cells run: an output that has come, and its slide, which is shown. */
  window.deckSlides = {
    draw: function (element) { typeset(element); figures(element); },
    fit: function (section) { undo(section); arrange(section); fit(section); }
  };

  typeset();
  all("details").forEach(function (fold) {
    if (isSolution(fold)) fold.classList.add("solution");
    else if (paper) fold.open = true;
  });
  if (paper) page.setAttribute("data-theme", "light");
  void document.body.offsetHeight; // the letters of the formulae are asked for
  document.fonts.ready.then(function () {
    var plotly = window.Plotly;
    window.Plotly = undefined; // sizes first, drawings later, and only of slides that are near
    slides().forEach(arrange); // before figures ask how wide they may be
    figures();
    slides().forEach(fit);
    if (lint) {
      var report = document.createElement("pre");
      report.id = "overflow";
      report.textContent = JSON.stringify(faults());
      document.body.replaceChildren(report);
      all("style, script").forEach(function (element) { element.remove(); });
      done();
      return;
    }
    if (plotly) window.Plotly = plotly;
    if (handout) { layOut(); done(); return; }
    present().then(done);
  });
})();
