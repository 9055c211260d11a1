"use strict";
/* The recorded session of the lab on the front page. The numbers are in session-data.js; the lab's own modules, in lab-drawing.js, draw them. */
(function () {
  var session = window.bookSession, lab = window.labModules, box = document.getElementById("session");
  if (!session || !lab || !box) return;
  var frames = session.frames, last = frames.length - 1, end = frames[last].step, now = 0, timer = 0, asked = false;
  var slider = box.querySelector("input"), play = box.querySelector(".session-play"), label = box.querySelector("output"), numbers = box.querySelector(".session-numbers");
  var pictures = Array.from(box.querySelectorAll(".session-picture")), fields = Array.from(box.querySelectorAll(".session-fields button"));
  var charts = { divergence: box.querySelector("[data-chart=divergence] canvas"), modes: box.querySelector("[data-chart=modes] canvas") };
  var run = { target: { box: session.box } }, decoded = new Map(), perFrame = 130; // milliseconds
  var steps = frames.map(function (frame) { return frame.step; }), divergences = frames.map(function (frame) { return frame.jsd; });

  function bytes(text) { return Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); }); }

  function points(text) {
    var view = new DataView(bytes(text).buffer), values = new Float32Array(view.byteLength / 2);
    for (var i = 0; i < values.length; i++) values[i] = view.getInt16(2 * i, true) * session.unit;
    return { shape: [values.length / 2, 2], values: values };
  }

  function field(text) { return { shape: [session.side, session.side], values: Float32Array.from(bytes(text), function (level) { return level / 255; }) }; }

  var data = points(session.data);
  function arrays(i) {
    if (!decoded.has(i)) decoded.set(i, { data: data, samples: points(frames[i].samples), d: field(frames[i].d), dstar: field(frames[i].dstar) });
    return decoded.get(i);
  }

  function sentence(frame) {
    var done = session.marks.filter(function (mark) { return mark.step <= frame.step; });
    return frame.captured + " of " + frame.shares.length + " modes · " + lab.format.percent(frame.highQuality) + " of the samples lie at a mode · JSD " + lab.format.fixed(frame.jsd) +
      " (a perfect sampler shows " + lab.format.number(frame.floor, 1) + "), C(G) " + lab.format.fixed(frame.criterion) +
      " · " + (done.length ? "since step " + lab.format.whole(done[done.length - 1].step) + ": " + done[done.length - 1].text : "not changed yet");
  }

  function draw() {
    asked = false;
    var frame = frames[now], seen = { arrays: arrays(now), numbers: {} };
    lab.palette.setDark(document.documentElement.getAttribute("data-theme") === "dark");
    pictures.forEach(function (picture) {
      var canvas = picture.querySelector("canvas"), pen = lab.axes.penOf(canvas);
      canvas.setAttribute("aria-label", (picture.dataset.field === "d" ? "D" : "D*") + " over the plane, with data and samples, at step " + frame.step + ". " + sentence(frame));
      if (pen) lab.plane.drawPlane(pen, canvas.clientWidth, canvas.clientHeight, { run: run, frame: seen, view: { field: picture.dataset.field, data: true, samples: true }, phase: null });
    });
    lab.charts.drawCurves(charts.divergence, {
      series: [{ steps: steps, values: divergences, colour: "purple", dash: [], width: 2, name: "" }], range: [0, 0.72], furthest: end, end: end, now: frame.step,
      references: [{ value: frame.floor, text: "floor" }, { value: Math.LN2, text: "log 2" }], marks: session.marks.map(function (mark) { return mark.step; })
    });
    charts.divergence.setAttribute("aria-label", "JSD over the steps; now " + lab.format.fixed(frame.jsd));
    lab.charts.drawModes(charts.modes, { weights: frame.shares.map(function () { return 1 / frame.shares.length; }), runs: [{ shares: frame.shares, captured: 0.2 }] });
    charts.modes.setAttribute("aria-label", "Shares of the modes: " + frame.shares.map(function (share) { return lab.format.percent(share); }).join(", "));
    label.textContent = "step " + lab.format.whole(frame.step) + " of " + lab.format.whole(end);
    numbers.textContent = sentence(frame);
    slider.value = now;
    slider.setAttribute("aria-valuetext", label.textContent);
  }

  function show(i) {
    now = Math.max(0, Math.min(last, i));
    if (!asked) requestAnimationFrame(draw);
    asked = true;
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ Play";
  }

  function start() {
    if (now >= last) show(0);
    play.textContent = "❚❚ Pause";
    timer = setInterval(function () {
      if (now >= last) stop();
      else show(now + 1);
    }, perFrame);
  }

  function toggle() { if (timer) stop(); else start(); }

  function go(i) {
    stop();
    show(i);
  }

  session.marks.forEach(function (mark) {
    var at = steps.findIndex(function (step) { return step >= mark.step; }), button = document.createElement("button"), text = "step " + lab.format.whole(mark.step) + ": " + mark.text;
    button.type = "button";
    button.className = "session-mark";
    button.title = text;
    button.setAttribute("aria-label", "Mark at " + text + ". Go there.");
    button.style.setProperty("--share", at / last);
    button.appendChild(document.createElement("span"));
    button.addEventListener("click", function () { go(at); });
    box.querySelector(".session-marks").appendChild(button);
  });

  play.addEventListener("click", toggle);
  slider.addEventListener("input", function () { go(+slider.value); });
  fields.forEach(function (button) {
    button.addEventListener("click", function () {
      box.dataset.field = button.value;
      fields.forEach(function (each) { each.setAttribute("aria-pressed", String(each === button)); });
      show(now);
    });
  });
  box.addEventListener("keydown", function (event) {
    var to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key], onButton = event.target.closest("button");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && !onButton) toggle();
    else if (to !== undefined && event.target !== slider) go(to);
    else return;
    event.preventDefault();
  });

  new ResizeObserver(function () { show(now); }).observe(box);
  new MutationObserver(function () { show(now); }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  box.setAttribute("data-ready", "");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.hasAttribute("data-print")) show(last);
  else {
    show(0);
    start();
  }
})();
