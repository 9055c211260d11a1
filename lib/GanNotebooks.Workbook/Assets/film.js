"use strict";
/* The film on the front page: a recorded run of a GAN on a ring of eight modes. The numbers are in film-data.js. */
(function () {
  var film = window.bookFilm, box = document.getElementById("film");
  if (!film || !box) return;
  var canvas = box.querySelector("canvas"), slider = box.querySelector("input"), play = box.querySelector("button"), label = box.querySelector("output");
  var pen = canvas.getContext("2d"), map = document.createElement("canvas"), last = film.frames.length - 1, timer = 0, now = 0;
  map.width = map.height = film.side;

  var colours = {
    light: { paper: [253, 252, 250], real: [0, 92, 168], fake: [213, 94, 0], data: "#3a3a3a", made: "#b3261e", rim: "#ffffff" },
    dark: { paper: [22, 23, 26], real: [64, 150, 226], fake: [214, 118, 40], data: "#d8d8d8", made: "#ff8a7a", rim: "#101114" }
  };

  function bytes(text) {
    return Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
  }

  function place(value) { return (value / 100 / film.halfWidth + 1) / 2 * canvas.width; }

  // D = 1/2 is the paper's colour, blue is "real", orange is "fake".
  function field(frame, shade) {
    var d = bytes(frame.d), picture = map.getContext("2d").createImageData(film.side, film.side);
    for (var row = 0; row < film.side; row++) for (var column = 0; column < film.side; column++) {
      var v = d[(film.side - 1 - row) * film.side + column] / 255, to = v > 0.5 ? shade.real : shade.fake, share = 0.85 * Math.min(1, Math.abs(v - 0.5) * 2);
      var at = 4 * (row * film.side + column);
      for (var i = 0; i < 3; i++) picture.data[at + i] = shade.paper[i] + share * (to[i] - shade.paper[i]);
      picture.data[at + 3] = 255;
    }
    map.getContext("2d").putImageData(picture, 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(map, 0, 0, canvas.width, canvas.height);
  }

  function dots(points, radius, fill, rim) {
    pen.fillStyle = fill;
    pen.strokeStyle = rim;
    pen.lineWidth = radius / 2.4;
    for (var i = 0; i < points.length; i += 2) {
      pen.beginPath();
      pen.arc(place(points[i]), canvas.height - place(points[i + 1]), radius, 0, 2 * Math.PI);
      if (rim) pen.stroke();
      pen.fill();
    }
  }

  function show(i) {
    now = i;
    var frame = film.frames[i], size = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1)) || 400;
    var shade = colours[document.documentElement.getAttribute("data-theme")] || colours.light;
    if (canvas.width !== size) canvas.width = canvas.height = size;
    field(frame, shade);
    dots(film.data, size / 260, shade.data, null);
    dots(frame.points, size / 130, shade.made, shade.rim);
    slider.value = i;
    label.textContent = "step " + frame.step.toLocaleString("en") + " · D(G(z)) = " + frame.fake.toFixed(2);
    slider.setAttribute("aria-valuetext", label.textContent);
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
    }, 140);
  }

  play.addEventListener("click", function () { if (timer) stop(); else start(); });
  slider.addEventListener("input", function () { stop(); show(+slider.value); });
  new ResizeObserver(function () { show(now); }).observe(canvas);
  new MutationObserver(function () { show(now); }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  box.setAttribute("data-ready", "");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) show(last);
  else { show(0); start(); }
})();
