// Draws figures and keeps them right while the page changes: its width, its theme, what it hides, print.
// A page has one copy for all its figures; a figure that left the document is forgotten until it comes back.
function ganFigures() {
  "use strict";
  // "@ink" and friends stand for colours of the page's theme, which only the page knows.
  // On dark pages colours are lighter, not the same ones half drowned; tests measure their contrast.
  var palette = {
    "@ink": ["#222222", "#e8e8e8"], "@muted": ["#6b6b6b", "#a3a3a3"], "@grid": ["#dddddd", "#444444"], "@paper": ["#ffffff", "#1e1e1e"],
    "@blue": ["#0072b2", "#5cb3f2"], "@vermilion": ["#d55e00", "#ff9a5c"], "@green": ["#008f68", "#3fd3a4"],
    "@purple": ["#b04a86", "#f09acb"], "@olive": ["#857000", "#dcc544"], "@sky": ["#2f86ba", "#a6dcff"],
    "@brown": ["#7a4a2b", "#d8a888"], "@violet": ["#5f49b0", "#b9a8fa"],
    "@cold": ["#08519c", "#4a9fe8"], "@cool": ["#7fb3dc", "#36648f"], "@neutral": ["#f4f4f2", "#3b3b3d"], "@warm": ["#f7b877", "#8a5a2c"],
    "@hot": ["#e07b00", "#ff9d3c"]
  };
  var known = new WeakMap(), shown = new Set(), asked = false, pen = null;
  var printing = document.documentElement.hasAttribute("data-print"); // a page that is opened to be printed

  // Computed colours come as rgb(), color(), oklch() and more: a canvas knows all that the browser knows.
  function channels(colour) {
    var plain = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?: ?[,\/] ?([\d.]+))?\)$/.exec(colour);
    if (plain) return [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 255 : 255 * plain[4]];
    if (!pen) {
      var canvas = document.createElement("canvas");
      canvas.width = canvas.height = 1;
      pen = canvas.getContext("2d", { willReadFrequently: true });
    }
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "#000";
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  }

  function brightness(colour) {
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
  }

  // A page is dark if its text is brighter than its paper. Editors leave the paper transparent up to html; then the text alone tells.
  function isDark(element) {
    if (printing) return false;
    var text = brightness(channels(getComputedStyle(element).color));
    for (var e = element; e; e = e.parentElement) {
      var paper = channels(getComputedStyle(e).backgroundColor);
      if (paper[3] > 127) return text > brightness(paper);
    }
    return text > 128;
  }

  function check() {
    asked = false;
    shown.forEach(function (element) {
      if (element.isConnected) known.get(element)();
      else shown.delete(element);
    });
  }

  function ask() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(check);
  }

  var themes = new MutationObserver(ask);
  var sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.target.isConnected && !shown.has(entry.target)) watch(entry.target);
    });
    ask();
  });

  function watch(element) {
    shown.add(element);
    for (var e = element.parentElement; e; e = e.parentElement) themes.observe(e, { attributes: true });
  }

  function keep(element, refresh) {
    known.set(element, refresh);
    watch(element);
    sizes.observe(element);
  }

  themes.observe(document.head, { attributes: true, childList: true, characterData: true, subtree: true });
  document.addEventListener("load", function (event) { if (event.target.tagName === "LINK") ask(); }, true);
  document.addEventListener("transitionend", ask);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ask);

  // Paper is white. The page has the width of the paper only when its medium has changed, after "beforeprint".
  function print(begins) {
    printing = begins;
    check();
  }

  window.addEventListener("beforeprint", function () { print(true); });
  window.addEventListener("afterprint", function () { print(false); });
  matchMedia("print").addEventListener("change", function (event) { print(event.matches); });

  // The slider and the button under an animation; without them there is nothing to do.
  function scrub(id, labels, start, show) {
    var slider = document.getElementById(id + "-slider"), button = document.getElementById(id + "-play"), label = document.getElementById(id + "-label");
    var last = labels.length - 1, timer = 0, untouched = true;
    if (!slider) return;
    function go(i) {
      slider.value = i;
      label.textContent = labels[i];
      slider.setAttribute("aria-valuetext", labels[i]);
      show(i);
    }
    function stop() {
      clearInterval(timer);
      timer = 0;
      button.textContent = "▶ Play";
      button.setAttribute("aria-label", "Play the animation");
    }
    slider.addEventListener("input", function () { untouched = false; stop(); go(+slider.value); });
    button.addEventListener("click", function () {
      if (timer) { stop(); return; }
      if (untouched || +slider.value >= last) go(0); // the film begins at its beginning, wherever the figure opened
      untouched = false;
      button.textContent = "❚❚ Pause";
      button.setAttribute("aria-label", "Pause the animation");
      timer = setInterval(function () { if (+slider.value >= last) stop(); else go(+slider.value + 1); }, 180);
    });
    go(start);
  }

  function dressControls(id, dark) {
    var button = document.getElementById(id + "-play");
    if (button) button.parentElement.style.colorScheme = dark ? "dark" : "light";
  }

  // Sizes are made for a column of 900 pixels with letters of 14. A projector's page has larger letters, and gets larger figures.
  function fit(figure, element, width) {
    var layout = figure.layout, small = layout.meta === "gan small", letters = parseFloat(getComputedStyle(element).fontSize) || 14;
    layout.width = width;
    var asked = layout.height = layout.height || 450;
    if (layout.meta !== "gan" && !small) { fitRoom(layout, element); return; }
    var font = small ? 11 + Math.min(6, Math.max(0, (width - 220) / 25)) : Math.max(12, Math.min(width / 66, 14 + Math.max(0, 1.1 * letters - 14)));
    if (roomOf(element)) font = small ? Math.max(16, font) : Math.max(18, Math.min(width / 52, 22)); // a slide is read from the last row
    var grown = Math.max(1, font / (small ? 12 : 14)), margin = layout.margin;
    layout.font.size = Math.round(font * 10) / 10;
    layout.height = Math.min(Math.round(layout.height * Math.min(grown, 1.4)), Math.max(360, Math.round(1.2 * width)));
    // A wide figure is not a flat one.
    if (!small) layout.height = Math.max(layout.height, Math.min(Math.round(0.6 * width), Math.round(1.5 * asked)));
    Object.keys(margin).forEach(function (side) { margin[side] = Math.round(margin[side] * Math.max(grown, small ? 1 : font / 14)); });
    if (small && roomOf(element)) layout.xaxis.nticks = 4;
    if (small) [layout.xaxis, layout.yaxis].forEach(function (axis) { axis.title = undefined; });
    if (printing && !small) layout.height = Math.min(layout.height, 290);
    fitScreen(layout, element);
    fitRoom(layout, element);
    fitUpright(figure, element, font);
    fitTied(layout, width);
    figure.data.forEach(function (trace) {
      if (trace.line) trace.line.width *= grown;
      if (trace.marker && trace.marker.size) trace.marker.size = Array.isArray(trace.marker.size) ? trace.marker.size.map(function (size) { return size * grown; }) : trace.marker.size * grown;
    });
  }

  // On the whole screen a figure takes the height that its words and controls leave.
  function fitScreen(layout, element) {
    var screen = document.fullscreenElement;
    if (!screen || !screen.contains(element) || screen.querySelectorAll("[role=img]").length > 1) return;
    var style = getComputedStyle(screen), words = 0;
    Array.prototype.forEach.call(screen.children, function (child) { if (!child.contains(element) && getComputedStyle(child).float === "none") words += child.offsetHeight + 16; });
    layout.height = Math.max(300, screen.clientHeight - words - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom));
  }

  // A slide says how many pixels it has left for a figure.
  function roomOf(element) {
    return parseFloat(element.getAttribute("data-room")) || 0;
  }

  // So does a page of paper for a figure that is a little too high for it.
  function paperOf(element) {
    return printing && parseFloat(element.getAttribute("data-paper")) || 0;
  }

  function fitRoom(layout, element) {
    layout.height = roomOf(element) || paperOf(element) || layout.height;
  }

  // On a slide the room may be low: the upright axis has a title that is no longer than itself, and no more powers of ten than it has room for.
  function fitUpright(figure, element, font) {
    var layout = figure.layout, axis = layout.yaxis, room = layout.height - layout.margin.t - layout.margin.b;
    if (!roomOf(element) || !axis) return;
    if (axis.title && axis.title.text) axis.title.font = { size: Math.max(12, Math.min(font, (room + 30) / (0.56 * axis.title.text.length))) };
    if (axis.type !== "log" || axis.dtick !== 1 || axis.tickvals) return;
    var logs = axis.range || [].concat.apply([], figure.data.map(function (trace) { return trace.y || []; })).filter(function (y) { return y > 0; }).map(Math.log10);
    var decades = logs.length ? Math.max.apply(null, logs) - Math.min.apply(null, logs) : 0;
    axis.dtick = Math.max(1, Math.ceil(1.6 * font * decades / room));
  }

  // Tied axes on a narrow page: no higher than the drawing can be.
  function fitTied(layout, width) {
    var x = layout.xaxis.range, y = layout.yaxis.range, margin = layout.margin;
    if (!layout.yaxis.scaleanchor || !x || !y) return;
    var drawn = (width - margin.l - margin.r) * Math.abs((y[1] - y[0]) / (x[1] - x[0]));
    layout.height = Math.min(layout.height, Math.round(drawn + margin.t + margin.b + 40));
  }

  function coloured(text, dark) {
    return JSON.parse(text.replace(/"(@\w+)"/g, function (all, name) { return name in palette ? '"' + palette[name][dark ? 1 : 0] + '"' : all; }));
  }

  // A chart of another kind than the library's own waits for the whole of plotly.js.
  function draws(plotly, parts) {
    return parts.every(function (part) {
      var type = (/^\{"type":"(\w+)"/.exec(part) || [])[1];
      return !type || /^(scatter|bar|heatmap|contour)$/.test(type) || type in plotly.PlotSchema.get().traces;
    });
  }

  // Large figures come packed: JSON, gzip, base64.
  function unpacked(packed) {
    var bytes = Uint8Array.from(atob(packed), function (letter) { return letter.charCodeAt(0); });
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  function draw(id, parts, frames, labels, start) {
    if (typeof parts === "string") {
      unpacked(parts).then(function (list) { draw(id, list, frames, labels, start); });
      return;
    }
    var plotly, element = document.getElementById(id), now = start, dark, drawn, room, paper, tries = 0;
    var place = { x: 1.02, y: 0.5, len: 1 };

    function specification() {
      var own = frames[now].map(function (k) { return parts[k]; }), layout = own.pop();
      return coloured('{"data":[' + own.join(",") + '],"layout":' + layout + "}", dark);
    }

    function show(i) {
      now = i;
      dark = undefined;
      refresh();
    }

    // A hidden figure has no width. It is drawn when it is shown.
    function refresh() {
      var width = element.clientWidth;
      if (!width || !plotly) return;
      var theme = isDark(element.parentElement);
      if (theme !== dark || width !== drawn || roomOf(element) !== room || paperOf(element) !== paper) redraw(theme, width);
    }

    // The page knows at once how high the figure will be, and does not jump when it is drawn.
    function reserve() {
      if (!element.clientWidth) return;
      var f = specification();
      fit(f, element, element.clientWidth);
      element.style.height = f.layout.height + "px";
    }

    function redraw(theme, width) {
      var first = !element.layout, frame = now;
      dark = theme;
      drawn = width;
      room = roomOf(element);
      paper = paperOf(element);
      tries = 0;
      if (first) element.textContent = "";
      dressControls(id, dark);
      var f = specification();
      f.data.forEach(function (trace) {
        if (trace.colorbar) Object.assign(trace.colorbar, place);
        // Half opacity, which is Plotly's own choice, drowns what lies below a strip.
        if (trace.fill === "tonexty") trace.fillcolor = trace.line.color + "3d";
      });
      fit(f, element, width);
      f.layout.uirevision = "kept"; // zoom and hidden curves outlive a change of theme or frame
      element.style.height = f.layout.height + "px";
      plotly.react(element, f.data, f.layout, { responsive: false, displaylogo: false, displayModeBar: false }).then(function () {
        if (first) { element.on("plotly_afterplot", settle); settle(); }
        element.setAttribute("data-frame", frame);
      });
    }

    // Tied axes may leave a part of the page's width, or of the height, empty: a colour bar stands beside what is drawn, and is as long.
    function settle() {
      var layout = element._fullLayout, x = layout.xaxis, y = layout.yaxis, size = layout._size, bars = [];
      element.firstElementChild.firstElementChild.style.width = "100%"; // the drawing must not hold its container open
      element.data.forEach(function (trace, i) { if (trace.colorbar) bars.push(i); });
      if (!bars.length || !x || !y) return;
      var wanted = { x: (x._offset + x._length - size.l) / size.w + 0.02, y: 1 - (y._offset + y._length / 2 - size.t) / size.h, len: y._length / size.h };
      if (tries++ > 4 || Object.keys(place).every(function (k) { return Math.abs(place[k] - wanted[k]) < 0.01; })) return;
      place = wanted;
      plotly.restyle(element, { "colorbar.x": place.x, "colorbar.y": place.y, "colorbar.len": place.len }, bars);
    }

    element.style.overflow = "hidden";
    reserve();
    (function wait() {
      plotly = window.Plotly;
      if (!plotly || !draws(plotly, parts)) { setTimeout(wait, 50); return; }
      scrub(id, labels, start, show);
      keep(element, refresh);
      refresh();
    })();
  }

  function drawImages(id, sources, labels, start) {
    var image = document.getElementById(id);
    scrub(id, labels, start, function (i) {
      image.src = sources[i];
      image.setAttribute("data-frame", i);
    });
    function refresh() { dressControls(id, isDark(image.parentElement)); }
    keep(image, refresh);
    refresh();
  }

  // The legend of several plots: name, colour, and dash or marker of each curve.
  function key(id, entries) {
    var element = document.getElementById(id), dark;
    var dashes = { solid: "", dash: "7 4", dot: "2 3", dashdot: "7 3 2 3", longdash: "10 4", longdashdot: "10 3 2 3" };
    var markers = {
      circle: "M10 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
      "circle-open": "M10 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0zm2 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0z",
      square: "M10.5 1.5h9v9h-9z", diamond: "M15 0l6 6-6 6-6-6z", "triangle-up": "M15 1l5.5 10h-11z", "triangle-down": "M15 11l5.5-10h-11z",
      cross: "M13 1h4v3h3v4h-3v3h-4v-3h-3v-4h3z", x: "M11 0l4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4z", "line-ew": "M9 5h12v2h-12z",
      star: "M15 0l1.6 4h4.2l-3.3 2.6 1.2 4.2-3.7-2.5-3.7 2.5 1.2-4.2-3.3-2.6h4.2z"
    };
    function shape(look, colour) {
      if (look in dashes) return '<path d="M0 6h30" stroke="' + colour + '" stroke-width="2.5" stroke-dasharray="' + dashes[look] + '"/>';
      if (look in markers) return '<path d="' + markers[look] + '" fill="' + colour + '" fill-rule="evenodd"/>';
      return '<path d="M6 1h18v10h-18z" fill="' + colour + '" fill-opacity=".45"/>'; // bars
    }
    function entry(e) {
      var item = document.createElement("span"), colour = palette[e[1]] ? palette[e[1]][dark ? 1 : 0] : e[1];
      var box = '<svg width="30" height="12" aria-hidden="true" style="margin-right:.4em">';
      if (colour) item.innerHTML = box + shape(e[2], colour) + "</svg>";
      item.appendChild(document.createTextNode(e[0]));
      return item;
    }
    function refresh() {
      var theme = isDark(element);
      if (theme === dark) return;
      dark = theme;
      element.textContent = "";
      entries.forEach(function (e) { element.appendChild(entry(e)); });
    }
    keep(element, refresh);
    refresh();
  }

  return { draw: draw, drawImages: drawImages, key: key, shown: shown, check: check };
}
