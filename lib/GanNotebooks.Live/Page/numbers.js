/* The panel of numbers: each with its floor or ceiling, what it is, and what it cannot say. With two runs each has two values. */

import { drawCurves, drawEigenvalues, drawModes, grows } from "./charts.js";
import { find, make, say } from "./dom.js";
import { fixed, number, percent, whole } from "./format.js";
import { numberTexts } from "./texts.js";
import { hideControls } from "./theme.js";

const log2 = Math.LN2, log4 = 2 * Math.LN2;
const logistic = new Set(["NonSaturating", "Minimax", "Logistic"]);

/** Rows of the panel: where the value comes from, how it is written, a gauge from 0 to full with a tick, and the line under it. */
const rows = {
  jsd: {
    title: "JSD", of: n => n.truth?.jsd, write: fixed, gauge: { full: log2, tick: n => n.truth?.floor, tickName: "sampling floor" },
    note: n => n.truth?.jsd === undefined ? "" : n.truth.exact || n.truth.certified ? `between ${number(n.truth.low, 4)} and ${number(n.truth.high, 4)}, by quadrature · ceiling log 2 = 0.693`
      : `${n.truth.low === undefined ? "" : `band ${number(n.truth.low)} to ${number(n.truth.high)} · `}a perfect sampler shows ${number(n.truth.floor, 2)} · ceiling log 2 = 0.693`,
  },
  criterion: { title: "C(G)", of: n => n.truth?.criterion, write: fixed, note: () => "floor −log 4 = −1.386 · ceiling 0" },
  value: { title: "V(D, G)", of: n => n.truth?.value, write: fixed, note: () => "−1.386 where D says 1/2 everywhere" },
  gap: { title: "gap C − V", of: n => n.truth?.gap, write: fixed, note: () => "0 for D = D*" },
  captured: { title: "modes captured", of: n => n.coverage?.captured, write: (v, n) => `${v} of ${n.coverage.modes}`, gauge: { full: n => n.coverage?.modes }, note: () => "" },
  highQuality: { title: "high-quality share", of: n => n.coverage?.highQuality, write: percent, gauge: { full: 1, tick: n => n.coverage?.ceiling, tickName: "ceiling" }, note: n => n.coverage?.ceiling === undefined ? "" : `ceiling ${percent(n.coverage.ceiling)}, of perfect samples` },
  reverseKL: { title: "reverse KL of modes", of: n => n.coverage?.reverseKL, write: fixed, note: n => n.coverage?.reverseKLFloor === undefined ? "" : `a perfect sampler shows ${number(n.coverage.reverseKLFloor, 2)}` },
  real: { title: "mean D on data", help: "opinion", of: n => n.realProbability, write: fixed, gauge: { full: 1, tick: () => 0.5, tickName: "1/2" }, note: () => "" },
  fake: { title: "mean D on fakes", help: "opinion", of: n => n.fakeProbability, write: fixed, gauge: { full: 1, tick: () => 0.5, tickName: "1/2" }, note: () => "1/2 at the equilibrium" },
  accuracy: { title: "accuracy of D", of: n => n.accuracy, write: percent, note: () => "50 % at the equilibrium" },
  lossD: { title: "loss of D", help: "losses", of: n => n.lossD, write: fixed, note: () => "" },
  lossG: { title: "loss of G", help: "losses", of: n => n.lossG, write: fixed, note: () => "" },
  penalty: { title: "penalty", of: n => n.penalty, write: number, note: () => "" },
  gradientD: { title: "‖gradient‖ of D", help: "gradients", of: n => n.gradientD, write: number, note: () => "" },
  gradientG: { title: "‖gradient‖ of G", help: "gradients", of: n => n.gradientG, write: number, note: () => "" },
};

/** Milliseconds between two sets of numbers and curves while a run plays; nobody reads thirty in a second, and drawing them takes longer than the picture. */
const betweenShows = 150;

export class Numbers {
  #model;
  #rows = new Map();
  #sections = new Map();
  #heads = make("p", { class: "heads", hidden: true });
  #asked = false;
  #shown = -Infinity;

  constructor(model) {
    this.#model = model;
    this.#build();
    for (const name of ["runs", "frame", "view", "selected"]) model.addEventListener(name, () => this.#ask());
    addEventListener("theme", () => this.#ask());
    new ResizeObserver(() => this.#ask()).observe(find("numbers"));
  }

  #build() {
    const section = (key, title, ids, extra = []) => {
      const note = make("p", { class: "method" });
      const canvases = Object.fromEntries(extra.map(([name, label, help]) => [name, make("canvas", { class: `chart ${name}`, role: "img", "aria-label": label, title: help ? numberTexts[help] : "" })]));
      const after = make("p", { class: "method after" });
      const charts = extra.map(([name, label, help]) => make("figure", { class: "chart-box" }, make("figcaption", {}, label, make("span", { class: "two-runs" }, " Run A solid, run B dashed.")), canvases[name], help ? this.#help(help) : null));
      const box = make("details", { open: true, "data-name": key }, make("summary", {}, title), ids.map(id => this.#row(id)), note, charts, after);
      this.#sections.set(key, { box, note, after, canvases });
      return box;
    };
    const spectrum = section("spectrum", "Eigenvalues", [], [["jacobian", "The game's Jacobian: real part across, imaginary part up", "jacobian"], ["map", "The map of one step, and the unit circle", "map"]]);
    find("numbers").replaceChildren(this.#heads,
      section("truth", "How far from the data", ["jsd", "criterion", "value", "gap"]),
      section("coverage", "Which modes", ["captured", "highQuality", "reverseKL"], [["modes", "Share of the samples at each mode; dashes are the data, × is less than a fifth of that"]]),
      section("opinion", "What D says", ["real", "fake", "accuracy"], [["probabilities", "Mean D over steps"]]),
      section("losses", "Losses", ["lossD", "lossG", "penalty", "gradientD", "gradientG"], [["curves", "Losses over steps. They do not say whether samples are good.", "losses"]]),
      spectrum);
    spectrum.addEventListener("toggle", () => this.#model.setView({ spectrum: spectrum.open }));
    hideControls(find("numbers"));
  }

  #help(key) {
    return make("details", { class: "what" }, make("summary", {}, "What is this?"), make("p", {}, numberTexts[key]));
  }

  #row(id) {
    const { title, gauge, help = id } = rows[id], values = make("span", { class: "values" }), note = make("span", { class: "note" });
    const bar = gauge ? make("span", { class: "gauge", "aria-hidden": "true" }, make("span", { class: "fill" }), make("span", { class: "fill second" }), make("span", { class: "tick" })) : null;
    const element = make("details", { class: "measure", "data-name": id, "data-number": id },
      make("summary", {}, make("span", { class: "title" }, title), values, bar, note), make("p", {}, numberTexts[help]));
    this.#rows.set(id, { element, values, note, bar });
    return element;
  }

  #ask() {
    if (this.#asked) return;
    this.#asked = true;
    const wait = this.#model.runs.some(run => run.playing) ? this.#shown + betweenShows - performance.now() : 0;
    const show = () => requestAnimationFrame(() => {
      [this.#asked, this.#shown] = [false, performance.now()];
      this.#show();
    });
    if (wait > 0) setTimeout(show, wait);
    else show();
  }

  #show() {
    const model = this.#model, runs = model.runs.map(run => ({ run, n: model.frame(run.id)?.numbers ?? {}, records: model.recordsOf(run.id) }));
    if (!runs.length) return;
    this.#heads.hidden = runs.length < 2;
    if (this.#heads.childElementCount !== runs.length) this.#heads.replaceChildren(make("span", { class: "values" }, runs.map(({ run }) => make("span", {}, `run ${run.id}`))));
    for (const [id, view] of this.#rows) this.#showRow(rows[id], view, runs);
    this.#showTruth(runs);
    this.#showCoverage(runs);
    this.#showCurves(runs);
    this.#showSpectrum(runs);
  }

  #showRow(row, view, runs) {
    const values = runs.map(({ n }) => row.of(n)), known = values.some(value => value !== undefined && value !== null);
    view.element.hidden = !known;
    if (!known) return;
    const texts = values.map((value, i) => value === undefined || value === null ? "–" : row.write === number || row.write === fixed ? row.write(value) : row.write(value, runs[i].n));
    if (view.values.childElementCount !== texts.length) view.values.replaceChildren(...texts.map(() => make("span", {})));
    texts.forEach((text, i) => say(view.values.children[i], text));
    const chosen = runs.find(({ run }) => run.id === this.#model.selected) ?? runs[0];
    say(view.note, row.note(chosen.n) ?? "");
    if (!view.bar) return;
    const share = (value, n) => `${100 * Math.max(0, Math.min(1, value / (typeof row.gauge.full === "function" ? row.gauge.full(n) : row.gauge.full)))}%`;
    [0, 1].forEach(i => { view.bar.children[i].style.width = i < runs.length && Number.isFinite(values[i]) ? share(values[i], runs[i].n) : "0"; });
    view.bar.classList.toggle("two", runs.length > 1);
    const tick = row.gauge.tick?.(chosen.n);
    view.bar.children[2].hidden = !Number.isFinite(tick);
    if (Number.isFinite(tick)) view.bar.children[2].style.left = share(tick, chosen.n);
    view.bar.title = row.gauge.tickName ? `The tick is ${row.gauge.tickName}.` : "";
  }

  #showTruth(runs) {
    const { box, note } = this.#sections.get("truth"), truth = runs.map(({ n }) => n.truth).find(Boolean);
    box.hidden = !truth;
    if (truth) say(note, `${truth.exact || truth.certified ? "✓ exact: " : ""}${truth.method ?? ""}${truth.step === undefined ? "" : ` (step ${whole(truth.step)})`}`);
  }

  #showCoverage(runs) {
    const { box, canvases } = this.#sections.get("coverage"), shown = runs.filter(({ n }) => n.coverage);
    box.hidden = !shown.length;
    const shares = shown.filter(({ n }) => n.coverage.shares?.length);
    canvases.modes.parentElement.hidden = !shares.length;
    if (!shares.length) return;
    const { modes } = shares[0].run.target, count = shares[0].n.coverage.shares.length;
    const total = modes?.reduce((sum, mode) => sum + mode[3], 0) || 1;
    const weights = modes?.length === count ? modes.map(mode => mode[3] / total) : null;
    drawModes(canvases.modes, { weights, runs: shares.map(({ n }) => ({ shares: n.coverage.shares, captured: 0.2 })), names: shares[0].run.target.kind === "images" && count === 10 ? [..."0123456789"] : null });
  }

  #showCurves(runs) {
    const furthest = this.#model.furthest, chosen = this.#model.run(), marks = chosen.marks.map(mark => mark.step), now = chosen.step;
    const series = (names, column, ink) => runs.map(({ records }, i) => ({
      steps: records.step, values: records[column], colour: ink, dash: i ? [4, 3] : [], width: i ? 1.3 : 1.8, name: i ? "" : names,
    }));
    for (const name of ["losses", "opinion"]) this.#sections.get(name).box.classList.toggle("two", runs.length > 1);
    const bySetting = runs.every(({ run }) => logistic.has(run.settings.Loss));
    drawCurves(this.#sections.get("losses").canvases.curves, {
      series: [...series("D", "lossD", "blue"), ...series("G", "lossG", "green")], furthest, marks, now,
      references: bySetting ? [{ value: log4, text: "log 4" }, ...(runs.every(({ run }) => run.settings.Loss === "NonSaturating") ? [{ value: log2, text: "log 2" }] : [])] : [],
    });
    drawCurves(this.#sections.get("opinion").canvases.probabilities, {
      series: [...series("data", "realProbability", "ink"), ...series("fakes", "fakeProbability", "green")], furthest, marks, now, range: [0, 1], references: [{ value: 0.5, text: "½" }],
    });
  }

  #showSpectrum(runs) {
    const { box, note, after, canvases } = this.#sections.get("spectrum"), spectra = runs.filter(({ n }) => n.spectrum);
    box.hidden = runs.every(({ run }) => run.target.kind === "images");
    if (!box.open) return;
    say(note, spectra[0]?.n.spectrum.note ?? "");
    const usable = spectra.filter(({ n }) => n.spectrum.map?.length), texts = [];
    for (const [name, circle] of [["jacobian", false], ["map", true]]) {
      canvases[name].parentElement.hidden = !usable.length;
      if (!usable.length) continue;
      drawEigenvalues(canvases[name], { circle, runs: usable.map(({ n }, i) => ({ values: n.spectrum[name], first: i === 0 })) });
    }
    for (const { run, n } of usable) {
      const { map, step } = n.spectrum, outside = map.filter(([re, im]) => grows(re, im, true)).length;
      texts.push(`${runs.length > 1 ? `Run ${run.id}: ` : ""}${outside} of ${map.length} lie outside the circle (×). The largest has size ${number(Math.max(...map.map(value => Math.hypot(...value))), 5)}.${step === undefined ? "" : ` Step ${whole(step)}.`}`);
    }
    say(after, texts.join(" "));
  }
}
