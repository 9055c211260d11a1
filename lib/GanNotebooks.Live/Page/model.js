/* What the page knows: the catalog, the runs, their last frames and curves, and what the reader chose to see. */

/** The records of one run, column by column. */
export class Records {
  static columns = ["step", "lossD", "lossG", "realProbability", "fakeProbability"];
  length = 0;

  constructor() {
    this.clear();
  }

  clear() {
    for (const name of Records.columns) this[name] = [];
    this.length = 0;
  }

  /** Adds rows [k, 5]. Rows that come a second time replace what was there from their step on. */
  append({ shape, values }) {
    for (let row = 0; row < shape[0]; row++) {
      const step = values[5 * row];
      while (this.length && this.step[this.length - 1] >= step) {
        for (const name of Records.columns) this[name].pop();
        this.length--;
      }
      Records.columns.forEach((name, column) => this[name].push(values[5 * row + column]));
      this.length++;
    }
  }
}

const keptNumbers = ["truth", "coverage", "spectrum", "arrowScale"]; // not in every frame
const keptArrays = ["data", "p"]; // belong to the target, not to the step

/** Events: "catalog", "runs", "frame", "view", "selected". */
export class Model extends EventTarget {
  catalog = null;
  runs = [];
  selected = "A";
  frames = new Map();
  records = new Map();
  stepsPerFrame = 0;
  phase = null; // the phase of slow motion that is shown: { run, ... }
  view = {
    field: "d", data: true, samples: true, warp: false, spectrum: true,
    saturating: false, nonSaturating: false, chosen: false,
  };

  changed(name) {
    this.dispatchEvent(new Event(name));
  }

  run(id = this.selected) {
    return this.runs.find(run => run.id === id) ?? null;
  }

  frame(id = this.selected) {
    return this.frames.get(id) ?? null;
  }

  recordsOf(id) {
    if (!this.records.has(id)) this.records.set(id, new Records());
    return this.records.get(id);
  }

  setRuns(runs) {
    for (const run of runs) {
      const old = this.run(run.id), frame = this.frames.get(run.id);
      if (run.rewound || !old) {
        this.recordsOf(run.id).clear();
        if (frame) frame.isStale = true; // shown until the next one comes, but not carried on
      }
      if (old && JSON.stringify(old.target) !== JSON.stringify(run.target)) this.frames.delete(run.id);
      if (frame) frame.step = run.step;
    }
    for (const id of [...this.frames.keys()]) {
      if (runs.some(run => run.id === id)) continue;
      this.frames.delete(id);
      this.records.delete(id);
    }
    this.runs = runs;
    if (!this.run()) this.selected = runs[0]?.id ?? "A";
    this.changed("runs");
  }

  /** A new connection sends all records again. */
  forget() {
    this.frames.clear();
    this.records.clear();
  }

  takeFrame(frame) {
    for (const { id, step, playing, stepsPerSecond, numbers, arrays } of frame.runs) {
      const run = this.run(id);
      if (!run) continue;
      const before = this.frames.get(id), next = { step, playing, stepsPerSecond, numbers: { ...numbers }, arrays: { ...arrays } };
      if (before && !before.isStale) for (const name of keptNumbers) next.numbers[name] ??= before.numbers[name];
      for (const name of keptArrays) if (before?.arrays[name]) next.arrays[name] ??= before.arrays[name];
      if (arrays?.records) this.recordsOf(id).append(arrays.records);
      run.step = step;
      run.playing = playing;
      run.furthest = Math.max(run.furthest, step);
      this.frames.set(id, next);
    }
    this.changed("frame");
  }

  select(id) {
    if (this.selected === id || !this.run(id)) return;
    this.selected = id;
    this.changed("selected");
  }

  setView(change) {
    Object.assign(this.view, change);
    this.changed("view");
  }

  /** The layers that the engine has to compute for what is seen. */
  layers() {
    const v = this.view, truth = v.numbers !== false || ["dstar", "error", "p", "q"].includes(v.field);
    const anyLine = this.runs.some(run => run.target.kind === "line");
    return [
      "samples",
      v.field === "d" || anyLine ? "field" : null,
      truth || anyLine ? "truth" : null,
      v.warp ? "warp" : null,
      v.saturating || v.nonSaturating || v.chosen ? "arrows" : null,
      v.numbers === false ? null : "coverage",
      v.spectrum ? "spectrum" : null,
    ].filter(Boolean);
  }

  /** The common end of all time axes. */
  get furthest() {
    return Math.max(0, ...this.runs.map(run => run.furthest));
  }
}
