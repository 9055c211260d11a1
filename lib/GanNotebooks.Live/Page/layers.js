/* The choice of layers, which is the legend too: a mark, a name, and two sentences on what a layer shows. */

import { find, make, say } from "./dom.js";
import { number } from "./format.js";
import { arrowKinds, colour } from "./palette.js";
import { arrow, marks, penOf } from "./axes.js";
import { arrowScale, longestArrow } from "./plane.js";
import { fieldTexts, layerTexts } from "./texts.js";

const fieldNames = { d: "D", dstar: "D*", error: "|D − D*|", p: "p", q: "q", none: "none" };

export class Layers {
  #model;
  #swatches = [];
  #scale = make("p", { class: "arrow-scale", hidden: true });
  #help = make("p", { class: "layer-help", id: "layer-help" });
  #radios = [];

  constructor(model) {
    this.#model = model;
    const fieldset = make("fieldset", { class: "fields", "data-name": "layers field" }, make("legend", {}, "Field"),
      make("span", { class: "segments" }, Object.keys(fieldNames).map(key => this.#field(key))));
    const group = (title, name, keys) => make("fieldset", { class: name, "data-name": `layers ${name}` }, make("legend", {}, title),
      make("div", { class: "toggle-row" }, keys.map(key => this.#toggle(key))));
    find("layers").append(fieldset, group("Points", "points", ["data", "samples", "warp"]), group("Arrows", "arrows", arrowKinds.map(kind => kind.key)), this.#scale, this.#help);
    this.#explain("d");
    model.addEventListener("view", () => this.#show());
    model.addEventListener("runs", () => this.#show());
    model.addEventListener("frame", () => this.#showScale());
    addEventListener("theme", () => this.#show());
    new ResizeObserver(() => this.#show()).observe(find("layers"));
  }

  #field(key) {
    const radio = make("input", { type: "radio", name: "field", value: key, class: "unseen", onchange: () => {
      this.#model.setView({ field: key });
      this.#explain(key);
    } });
    this.#radios.push(radio);
    return make("label", { title: fieldTexts[key] ?? "" }, radio, make("span", {}, fieldNames[key]));
  }

  #toggle(key) {
    const swatch = make("canvas", { class: "swatch", "aria-hidden": "true" });
    this.#swatches.push([swatch, key]);
    const box = make("input", { type: "checkbox", "data-layer": key, onchange: () => {
      this.#model.setView({ [key]: box.checked });
      this.#explain(key);
    } });
    return make("label", { class: "toggle", title: layerTexts[key].text, "data-toggle": key }, box, swatch, make("span", {}, layerTexts[key].title));
  }

  #explain(key) {
    say(this.#help, layerTexts[key]?.text ?? fieldTexts[key] ?? "");
  }

  #show() {
    const { view } = this.#model, run = this.#model.run(), kind = run?.target.kind ?? "plane";
    for (const radio of this.#radios) {
      radio.checked = radio.value === view.field;
      const blind = kind === "images" || (run && !run.target.truth && ["dstar", "error", "p"].includes(radio.value));
      radio.disabled = Boolean(blind);
    }
    find("layers").dataset.kind = kind;
    if (kind === "images" && !this.#help.textContent.startsWith("Pictures")) say(this.#help, "Pictures are G(z) for the same z in all frames. A picture therefore changes as G changes.");
    for (const [swatch, key] of this.#swatches) {
      const box = swatch.parentElement.querySelector("input");
      box.checked = view[key];
      this.#drawSwatch(swatch, key);
    }
    this.#showScale();
  }

  #drawSwatch(canvas, key) {
    const pen = penOf(canvas);
    if (!pen) return;
    const [w, h] = [canvas.clientWidth, canvas.clientHeight], middle = [w / 2, h / 2];
    if (key === "data") marks(pen, "circle", [middle], 3.2, colour("ink"));
    else if (key === "samples") marks(pen, "diamond", [middle], 4, colour("green"));
    else if (key === "warp") {
      pen.strokeStyle = colour("green");
      pen.beginPath();
      for (const at of [0.2, 0.5, 0.8]) {
        pen.moveTo(w * at, 2);
        pen.quadraticCurveTo(w * at + 3, h / 2, w * at - 1, h - 2);
        pen.moveTo(2, h * at);
        pen.quadraticCurveTo(w / 2, h * at + 3, w - 2, h * at - 1);
      }
      pen.stroke();
    } else {
      const kind = arrowKinds.find(each => each.key === key);
      arrow(pen, 2, h / 2, w - 3, h / 2, { stroke: colour(kind.colour), head: kind.head, dash: kind.dash, width: 1.8 });
    }
  }

  #showScale() {
    const { view } = this.#model, run = this.#model.run(), frame = this.#model.frame();
    const shown = arrowKinds.some(kind => view[kind.key]) && frame?.arrays.arrowsAt && run.target.kind !== "images";
    this.#scale.hidden = !shown;
    if (!shown) return;
    const width = (run.target.box[1] - run.target.box[0]) * longestArrow;
    say(this.#scale, `Scale of the arrows: the longest gradient is ${number(arrowScale(frame))}. It is drawn ${number(width, 2)} long. All three losses share the scale.`);
  }
}
