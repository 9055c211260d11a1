// Draws figures and keeps them right while the page changes: its width, its theme, what it hides, print.
// A page has one copy for all its figures; a figure that left the document is forgotten until it comes back.
function ganFigures() {
  "use strict";
  // "@ink" and friends stand for colours of the page's theme, which only the page knows.
  var palette = { "@ink": ["#222222", "#e8e8e8"], "@muted": ["#6b6b6b", "#9a9a9a"], "@grid": ["#dddddd", "#444444"], "@paper": ["#ffffff", "#1e1e1e"],
    "@cold": ["#08519c", "#4a9fe8"], "@cool": ["#7fb3dc", "#36648f"], "@neutral": ["#f4f4f2", "#3b3b3d"], "@warm": ["#f7b877", "#8a5a2c"], "@hot": ["#e07b00", "#ff9d3c"] };
  var known = new WeakMap(), shown = new Set(), asked = false, printing = false, pen = null;

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
  function scrub(id, labels, show) {
    var slider = document.getElementById(id + "-slider"), button = document.getElementById(id + "-play"), label = document.getElementById(id + "-label");
    var last = labels.length - 1, timer = 0;
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
    slider.addEventListener("input", function () { stop(); go(+slider.value); });
    button.addEventListener("click", function () {
      if (timer) { stop(); return; }
      if (+slider.value >= last) go(0);
      button.textContent = "❚❚ Pause";
      button.setAttribute("aria-label", "Pause the animation");
      timer = setInterval(function () { if (+slider.value >= last) stop(); else go(+slider.value + 1); }, 180);
    });
    go(last);
  }

  function dressControls(id, dark) {
    var button = document.getElementById(id + "-play");
    if (button) button.parentElement.style.colorScheme = dark ? "dark" : "light";
  }

  function draw(id, parts, frames, labels) {
    var plotly, element = document.getElementById(id), now = frames.length - 1, dark, tries = 0, place = { x: 1.02, y: 0.5, len: 1 };

    function specification() {
      var own = frames[now].map(function (k) { return parts[k]; }), layout = own.pop();
      var text = '{"data":[' + own.join(",") + '],"layout":' + layout + "}";
      return JSON.parse(text.replace(/"(@\w+)"/g, function (all, name) { return name in palette ? '"' + palette[name][dark ? 1 : 0] + '"' : all; }));
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
      if (theme !== dark) redraw(theme, width);
      else if (width !== element.layout.width) { tries = 0; plotly.relayout(element, { width: width }); }
    }

    function redraw(theme, width) {
      var first = !element.layout, frame = now;
      dark = theme;
      tries = 0;
      if (first) element.textContent = "";
      dressControls(id, dark);
      var f = specification();
      f.data.forEach(function (trace) { if (trace.colorbar) Object.assign(trace.colorbar, place); });
      f.layout.width = width;
      f.layout.height = f.layout.height || 450;
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
    (function wait() {
      plotly = window.Plotly;
      if (!plotly) { setTimeout(wait, 50); return; }
      scrub(id, labels, show);
      keep(element, refresh);
      refresh();
    })();
  }

  function drawImages(id, sources, labels) {
    var image = document.getElementById(id);
    scrub(id, labels, function (i) {
      image.src = sources[i];
      image.setAttribute("data-frame", i);
    });
    function refresh() { dressControls(id, isDark(image.parentElement)); }
    keep(image, refresh);
    refresh();
  }

  return { draw: draw, drawImages: drawImages, shown: shown };
}
