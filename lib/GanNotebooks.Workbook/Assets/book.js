"use strict";
/* Typesets the formulae, draws the figures, and gives the page its tools. No requests: the page may be a file. */
(function () {
  var view = window.bookView;

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  function button(text, label, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (label) {
      made.setAttribute("aria-label", label);
      made.title = label;
    }
    made.addEventListener("click", action);
    return made;
  }

  function typeset() {
    if (!window.katex) return;
    all(".math").forEach(function (element) {
      window.typesetFormula(element);
      if (element.matches(".typeset[data-display]")) element.tabIndex = 0;
    });
  }

  function contents() {
    var menu = document.querySelector("button.menu");
    var side = document.getElementById("contents");
    menu.addEventListener("click", function () {
      var open = side.classList.toggle("open");
      menu.setAttribute("aria-expanded", String(open));
      if (open) side.querySelector("input, a").focus();
    });
    side.addEventListener("click", function (event) {
      if (event.target.closest("nav a, #hits a")) close();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && side.classList.contains("open") && !document.getElementById("query").value) { close(); menu.focus(); }
    });
    function close() {
      side.classList.remove("open");
      menu.setAttribute("aria-expanded", "false");
    }
    var here = side.querySelector("[aria-current]");
    if (here && here.offsetTop > side.clientHeight * 0.7) side.scrollTop = here.offsetTop - side.clientHeight / 3;
  }

  /* The section that is being read, in the list of contents. */
  function reading() {
    var links = all(".side .sections a"), heads = links.map(function (link) {
      return document.getElementById(decodeURIComponent(link.hash.slice(1)));
    }), waits = false;
    function mark() {
      waits = false;
      var at = -1;
      heads.forEach(function (head, i) { if (head && head.getBoundingClientRect().top < innerHeight * 0.35) at = i; });
      if (at >= 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) at = heads.length - 1;
      links.forEach(function (link, i) {
        if (i === at) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }
    if (!links.length) return;
    addEventListener("scroll", function () {
      if (waits) return;
      waits = true;
      requestAnimationFrame(mark);
    }, { passive: true });
    mark();
  }

  /* Switches in the side: what is folded, what waits for a prediction, light or dark. The browser remembers them. */
  function switches() {
    var group = document.getElementById("view");
    if (!group) return;
    var folds = { code: "details.fold.source", checks: "details.fold.checks" };
    function apply(name) {
      var open = view.get(name) === "open";
      all(folds[name]).forEach(function (fold) { fold.open = open || fold.hasAttribute("data-stays"); });
    }
    function toggle(name, on, off, text, label) {
      var made = button(text, "", function () {
        view.set(name, view.get(name) === on ? off : on);
        state();
        if (folds[name]) apply(name);
      });
      function state() { made.setAttribute("aria-pressed", String(view.get(name) === on)); }
      made.title = label;
      state();
      group.appendChild(made);
    }
    if (document.querySelector(folds.code)) {
      toggle("code", "open", "folded", "Code", "Show the code of all cells");
      if (view.get("code") === "open") apply("code");
    }
    if (document.querySelector(folds.checks)) {
      toggle("checks", "open", "folded", "Checks", "Show all tables of checks");
      if (view.get("checks") === "open") apply("checks");
    }
    if (document.querySelector(".gate")) toggle("predict", "ask", "tell", "Ask first", "Hide what follows a question until you have answered it");
    var names = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }, order = ["auto", "light", "dark"];
    var theme = button("", "", function () {
      view.set("theme", order[(order.indexOf(view.get("theme")) + 1) % 3]);
      say();
    });
    function say() {
      theme.textContent = names[view.get("theme")] || names.auto;
      theme.setAttribute("aria-label", "Colours: " + (view.get("theme") || "auto"));
    }
    say();
    group.appendChild(theme);
    group.hidden = false;
  }

  function gates() {
    all(".gate > .reveal").forEach(function (reveal) {
      reveal.addEventListener("click", function () {
        reveal.parentElement.classList.add("open");
        reveal.nextElementSibling.tabIndex = -1;
        reveal.nextElementSibling.focus({ preventScroll: true });
      });
    });
  }

  /* Opens what hides the target of a link, and goes there. */
  function arrive() {
    var name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (malformed) { return; }
    var target = name && document.getElementById(name);
    if (!target) return;
    for (var e = target; e; e = e.parentElement) {
      if (e.classList.contains("gate")) e.classList.add("open");
      if (e.tagName === "DETAILS") e.open = true;
    }
    if (target.classList.contains("cell")) all("details.fold", target).forEach(function (fold) { fold.open = true; });
    target.scrollIntoView({ behavior: "instant" });
  }

  function headings() {
    all("article h2[id], article h3[id]").forEach(function (heading) {
      var link = document.createElement("a");
      link.className = "anchor";
      link.href = "#" + encodeURIComponent(heading.id);
      link.setAttribute("aria-label", "Link to “" + heading.textContent.trim().slice(0, 80) + "”");
      link.textContent = "#";
      heading.appendChild(link);
    });
  }

  function copying() {
    function copy(text) {
      if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
      var area = document.createElement("textarea");
      area.value = text;
      document.body.appendChild(area);
      area.select();
      var done = document.execCommand("copy");
      area.remove();
      return done ? Promise.resolve() : Promise.reject(new Error("refused"));
    }
    function copier(code, label) {
      var made = button("Copy", label, function () {
        copy(code.textContent).then(function () { say("Copied"); }, function () { say("Not copied"); });
      });
      made.className = "copy";
      function say(word) {
        made.textContent = word;
        setTimeout(function () { made.textContent = "Copy"; }, 1600);
      }
      return made;
    }
    all("article pre > code").forEach(function (code) {
      var pre = code.parentElement, frame = document.createElement("div");
      frame.className = "copyable";
      pre.parentElement.insertBefore(frame, pre);
      frame.appendChild(pre);
      frame.appendChild(copier(code, "Copy this code"));
    });
    // A command in a sentence, such as the one that opens a preset of the lab.
    all("article :not(pre) > code").forEach(function (code) {
      if (/^dotnet run /.test(code.textContent)) code.after(" ", copier(code, "Copy this command"));
    });
  }

  /* Each figure on the whole screen, and as a file. */
  function figureTools() {
    function save(address, name) {
      var link = document.createElement("a");
      link.href = address;
      link.download = name;
      link.click();
    }
    function plain(text) {
      return text.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
    }
    // What a film shows now, such as "step 300"; nothing for a figure that stands still.
    function moment(figure) {
      var label = figure.querySelector("output[id$='-label']");
      return label ? label.textContent.trim() : "";
    }
    function fileName(figure, place, count, kind) {
      var title = plain((figure.querySelector("figcaption") || figure).textContent) || "figure";
      return [title, plain(moment(figure)), count > 1 ? place + 1 : ""].filter(String).join("-") + "." + kind;
    }
    // All pictures of a figure as one, each where it stands, three times as large.
    function together(figure, pictures) {
      if (pictures.length === 1) return pictures[0].src;
      var places = pictures.map(function (picture) { return picture.getBoundingClientRect(); });
      function edge(name, pick) { return pick.apply(null, places.map(function (place) { return place[name]; })); }
      var left = edge("left", Math.min), top = edge("top", Math.min), canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = 3 * (edge("right", Math.max) - left);
      canvas.height = 3 * (edge("bottom", Math.max) - top);
      pen.fillStyle = getComputedStyle(document.body).backgroundColor;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingEnabled = false;
      pictures.forEach(function (picture, i) {
        pen.drawImage(picture, 3 * (places[i].left - left), 3 * (places[i].top - top), 3 * places[i].width, 3 * places[i].height);
      });
      return canvas.toDataURL("image/png");
    }
    function drawn(figure) { return all(".js-plotly-plot", figure); }
    // The moment of a film on its picture, above the drawing at the right.
    function stamp(text) {
      return { text: text, xref: "paper", yref: "paper", x: 1, y: 1.01, xanchor: "right", yanchor: "bottom", showarrow: false };
    }
    function exportAs(figure, kind) {
      var plots = drawn(figure), pictures = all("img", figure);
      plots.forEach(function (plot, i) {
        var layout = Object.assign({}, plot.layout, { paper_bgcolor: getComputedStyle(document.body).backgroundColor });
        if (moment(figure)) layout.annotations = (layout.annotations || []).concat(stamp(moment(figure)));
        window.Plotly.toImage({ data: plot.data, layout: layout }, { format: kind, width: plot.clientWidth, height: plot.clientHeight, scale: kind === "png" ? 2 : 1 })
          .then(function (address) { save(address, fileName(figure, i, plots.length, kind)); });
      });
      if (!plots.length && pictures.length) save(together(figure, pictures), fileName(figure, 0, 1, "png"));
    }
    all("article figure.gan-figure").forEach(function (figure) {
      var tools = document.createElement("div");
      tools.className = "figure-tools";
      if (figure.requestFullscreen) {
        tools.appendChild(button("⤢", "Show this figure on the whole screen", function () {
          if (document.fullscreenElement) document.exitFullscreen();
          else figure.requestFullscreen().catch(function () { figure.setAttribute("data-refused", ""); });
        }));
      }
      tools.appendChild(button("PNG", "Save this figure as PNG", function () { exportAs(figure, "png"); }));
      if (figure.querySelector("[role=img]")) tools.appendChild(button("SVG", "Save this figure as SVG", function () { exportAs(figure, "svg"); }));
      figure.insertBefore(tools, figure.firstChild);
    });
  }

  /* What scrolls sideways can be reached by key. */
  function scrolling() {
    var watch = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var wide = entry.target.scrollWidth > entry.target.clientWidth + 1;
        if (wide && !entry.target.hasAttribute("tabindex")) entry.target.setAttribute("tabindex", "0");
      });
    });
    all(".output.rich, .output.rich div[style*='overflow-x'], .prose-table, .output pre, pre.output").forEach(function (box) { watch.observe(box); });
  }

  /* Arrow keys turn the pages, where nothing else uses them. */
  function turning() {
    document.addEventListener("keydown", function (event) {
      var busy = document.activeElement && document.activeElement.closest("input, textarea, select, [tabindex='0'], .side");
      if (busy || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || document.fullscreenElement) return;
      var target = document.querySelector({ ArrowLeft: ".turn a.prev", ArrowRight: ".turn a.next" }[event.key] || "none");
      if (target) location.href = target.href;
    });
  }

  /* Paper has hints and what the reader has open. Solutions are printed at the end, where they are printed at all. */
  function printing() {
    var opened = [], forPaper = document.documentElement.hasAttribute("data-print");
    function isSolution(fold) { return /solution/i.test((fold.querySelector("summary") || fold).textContent); }
    function open() {
      opened = all("details:not([open]):not(.fold)").filter(function (fold) { return !isSolution(fold) && !fold.closest(".verdict"); });
      opened.forEach(function (fold) { fold.open = true; });
      all(".prose details").forEach(function (fold) { fold.classList.toggle("solution", isSolution(fold)); });
      if (document.documentElement.hasAttribute("data-solutions")) solutions();
    }
    if (forPaper) {
      open();
      all("img[id^='gan-images']").forEach(imagesOnPaper);
      addEventListener("load", function () { document.fonts.ready.then(whenDrawn); });
    } else {
      addEventListener("beforeprint", open);
      addEventListener("afterprint", function () {
        opened.forEach(function (fold) { fold.open = false; });
        all("section.solutions").forEach(function (part) { part.remove(); });
      });
    }
    function whenDrawn() {
      if (all(".gan-figure [role=img][id]").every(function (plot) { return plot.querySelector(".main-svg"); })) pages();
      else setTimeout(whenDrawn, 100);
    }
    // Columns as high as a page break where pages will. A figure goes to the next one whole; one that is a little too high is made lower.
    function pages() {
      var article = document.querySelector("article"), height = 264 / 25.4 * 96;
      article.style.cssText = "column-width:176mm;column-gap:0;column-fill:auto;height:264mm";
      var width = article.getBoundingClientRect().width, origin = article.getBoundingClientRect();
      function place(x, y) { return Math.round((x - origin.left) / width) * height + y - origin.top; }
      // How much of the page is left where a figure did not fit, and 0 where it stands on its page.
      function leftBefore(figure) {
        var before = endBefore(figure), box = figure.getBoundingClientRect();
        if (!before) return 0;
        var end = place(before.left, before.bottom), start = place(box.left, box.top), left = (Math.floor(end / height) + 1) * height - end;
        return start - end >= left && start - end < left + 40 ? left : 0;
      }
      all(".gan-panels, .gan-figure").forEach(function (figure) {
        var left = leftBefore(figure), asked = figure.offsetHeight;
        if (!left || figure.parentElement.closest(".gan-panels")) return;
        var plots = all(".js-plotly-plot", figure), images = all("[data-paper] img", figure);
        var parts = plots.map(plotOnPaper).concat(images.map(imageOnPaper));
        var rows = new Set(plots.map(function (plot) { return Math.round(plot.getBoundingClientRect().top / 60); })).size || 1;
        function lower(excess) { parts.forEach(function (part) { part.set(part.height - excess); }); window.ganFigures.check(); }
        // The margins around it are smaller in one place than in another.
        var fits = parts.length > 0 && [24, 30, 36].some(function (margins) {
          var excess = (asked + margins - left) / rows;
          var least = parts.length > 1 ? 170 : 190;
          if (excess < 0 || parts.some(function (part) { return part.height - excess < (part.least || least); })) return false;
          lower(excess);
          return !leftBefore(figure);
        });
        if (!fits) lower(0);
      });
      article.style.cssText = "";
    }
    function plotOnPaper(plot) {
      return { height: plot.clientHeight, set: function (height) { plot.setAttribute("data-paper", Math.floor(height)); } };
    }
    function imageOnPaper(image) {
      var frame = image.closest("[data-paper]"), width = frame.clientWidth, own = image.clientWidth, height = image.clientHeight;
      function set(wanted) { frame.style.width = Math.floor(width - own + own * wanted / height) + "px"; }
      return { height: height, least: 0.6 * height, set: set };
    }
    // The last rectangle of what stands before an element in the text.
    function endBefore(element) {
      for (var e = element; e && e.tagName !== "ARTICLE"; e = e.parentElement) {
        for (var before = e.previousElementSibling; before; before = before.previousElementSibling) {
          if (before.checkVisibility() && before.offsetHeight) return Array.prototype.slice.call(before.getClientRects()).pop();
        }
      }
      return null;
    }
    // A grid of images may be a third of a page high: a higher one leaves the rest of the page before it empty.
    function imagesOnPaper(image) {
      var box = image.closest("[style*='clamp']");
      if (!box) return;
      box.setAttribute("data-paper", "");
      box.style.width = Math.round(Math.min(330 * image.width / image.height + 80, box.clientWidth)) + "px";
    }
    function solutions() {
      var part = document.createElement("section"), head = document.createElement("h2");
      part.className = "prose solutions";
      head.textContent = "Solutions";
      part.appendChild(head);
      all(".prose details.solution").forEach(function (fold) {
        var copy = fold.cloneNode(true), number = document.createElement("p");
        var question = fold.closest(".prose").querySelector("p > strong");
        copy.open = true;
        number.textContent = question ? question.textContent : "";
        part.appendChild(number);
        all(":scope > :not(summary)", copy).forEach(function (child) { part.appendChild(child); });
      });
      document.querySelector("article").appendChild(part);
    }
  }

  /* The figures of a page are data: what is called, and with what. Only these three are ever called. */
  function figures() {
    var known = ["draw", "drawImages", "key"];
    all("script.figure-calls").forEach(function (element) {
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
  switches();
  gates();
  headings();
  copying();
  figures();
  figureTools();
  scrolling();
  contents();
  reading();
  turning();
  printing();
  arrive();
  addEventListener("hashchange", arrive);
  // Letters that arrive late move the lines: a link that has arrived stays where it arrived, unless the reader has moved on.
  var moved = false;
  ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (kind) { addEventListener(kind, function () { moved = true; }, { passive: true }); });
  addEventListener("load", function () { if (!moved) arrive(); });
  document.documentElement.setAttribute("data-ready", "");
})();
