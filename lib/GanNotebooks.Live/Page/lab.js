/* The lab: joins the connection, the model and the parts of the page. */

import { Commands } from "./commands.js";
import { announce, copy, download, find, make, notice, say } from "./dom.js";
import { whole } from "./format.js";
import { openHelp, startKeys } from "./keys.js";
import { Layers } from "./layers.js";
import { Model } from "./model.js";
import { Numbers } from "./numbers.js";
import { Settings } from "./settings.js";
import { loadState, openPresets, openShare } from "./share.js";
import { SlowMotion } from "./slow.js";
import { Stage } from "./stage.js";
import { decode, fragmentOf, isOwnFragment, writeFragment } from "./state.js";
import { RunTable } from "./table.js";
import { applyOptions, nextTheme, options, startTheme, wantsStillness } from "./theme.js";
import { Transport } from "./transport.js";
import { Wire } from "./wire.js";

const model = new Model();
const wire = new Wire(new URL("ws", location.href.split("#")[0].replace(/^http/, "ws")).href);
const commands = new Commands(model, wire);
startTheme(() => askForView());
const stage = new Stage(model), settings = new Settings(model, commands), slow = new SlowMotion(model, commands);
commands.describe = mark => settings.describe(mark);
new Transport(model, commands, settings, slow);
new Layers(model);
new Numbers(model);
const table = new RunTable(model, commands, settings);
const from = { hash: location.hash.slice(1), own: isOwnFragment() }; // before anything writes the address
let asked = "", greeted = false, saved = 0;

function askForView() {
  const grid = model.runs.length > 1 ? 48 : 64, every = wantsStillness() ? 500 : 33, view = { layers: model.layers(), grid, every }, text = JSON.stringify(view);
  if (text === asked || !wire.isOpen || !greeted) return;
  asked = text;
  wire.tell("view", view);
}

wire.addEventListener("open", async () => {
  const before = new Map(model.runs.map(run => [run.id, run]));
  asked = "";
  let hello;
  try {
    hello = await wire.ask("hello");
  } catch {
    return; // lost again: the next attempt says hello
  }
  linkState("open", "connected to the engine");
  model.catalog = hello.catalog;
  model.stepsPerFrame = hello.stepsPerFrame ?? model.stepsPerFrame;
  model.forget();
  if (!greeted || JSON.stringify(hello.catalog) !== document.body.dataset.catalog) model.changed("catalog");
  document.body.dataset.catalog = JSON.stringify(hello.catalog);
  model.setRuns(hello.runs);
  document.documentElement.setAttribute("data-ready", "");
  if (greeted) {
    announce("Connected to the engine again.");
    greeted = true;
    askForView();
    await restore(before);
    return;
  }
  greeted = true;
  askForView();
  await openLink();
});

/** An engine that was started anew does not know the run: it trains it again. */
async function restore(before) {
  const known = before.get("A"), now = model.run("A");
  if (!known?.state || document.hidden || now.furthest >= known.furthest || now.furthest > 0) return;
  if (await loadState(commands, "A", { ...known.state })) notice(`The engine was started anew. Run A was trained again from its state.`, [], "good");
}

/** What the address asks for: a state, or a preset, and a teacher's options. */
async function openLink() {
  const asks = Object.fromEntries(new URLSearchParams(from.hash));
  if (from.own || (!asks.s && !asks.preset)) return;
  try {
    if (asks.s) {
      await loadState(commands, "A", decode(asks.s));
      if (asks.b && await commands.try("fork", { run: "A" })) await loadState(commands, "B", decode(asks.b));
      announce(`The run of the link, at step ${whole(model.run("A").step)}.`);
    } else {
      const preset = model.catalog.presets.find(each => each.name === asks.preset);
      if (preset) await commands.preset(preset.name, preset.title);
      else notice(`There is no preset called “${asks.preset}”.`);
    }
  } catch (error) {
    notice(error.message);
  }
}

function linkState(state, text) {
  find("link-state").dataset.state = state;
  say(find("link-text"), text);
  document.body.toggleAttribute("data-lost", state !== "open");
}

let goneNotice = null;
wire.addEventListener("lost", ({ detail: attempt }) => {
  linkState(attempt > 2 ? "gone" : "connecting", attempt > 2 ? "the engine is gone; still trying" : "connection lost; reconnecting");
  if (attempt === 0 && greeted) announce("The connection to the engine was lost. Reconnecting.");
  if (attempt === 3) {
    const kept = JSON.stringify(model.run()?.state ?? {}, null, 2);
    goneNotice = notice("The engine is gone. Start “workbook lab” again and open its new address. Your run is not lost: its state can be opened there. This page goes on when the engine answers.", [
      ["Copy the state", () => copy(kept)], ["Download the state", () => download("gan-lab-state.json", "application/json", kept)]]);
  }
});
wire.addEventListener("open", () => {
  goneNotice?.remove();
  goneNotice = null;
});

wire.addEventListener("push", ({ detail: message }) => {
  if (message.event === "runs") model.setRuns(message.runs);
  else if (message.event === "failed") {
    const run = model.run(message.run), marked = run?.marks.at(-1)?.step ?? 0;
    notice(`Run ${message.run} stopped: ${message.error} Go back to an earlier step, and change a setting.`, [
      [`Back to step ${whole(marked)}`, () => commands.scrub(marked, message.run)], ["Start again", () => commands.try("reset", { run: message.run })]]);
  } else if (message.event === "ended") announce(`Run ${message.run} has reached its last step.`);
});

// The engine sends no further frame before this one is drawn: a slow page gets fewer frames, not late ones.
wire.addEventListener("frame", ({ detail: frame }) => {
  model.takeFrame(frame);
  stage.ask(() => {
    document.body.dataset.frames = frame.frame;
    wire.tell("ack", { frame: frame.frame });
  });
});

model.addEventListener("view", askForView);
model.addEventListener("runs", () => {
  askForView();
  document.body.dataset.runs = model.runs.length;
  const now = performance.now(), wait = Math.max(0, 1000 - (now - saved));
  clearTimeout(model.saving);
  model.saving = setTimeout(() => {
    saved = performance.now();
    writeFragment(fragmentOf(model.runs, options()));
  }, wait);
});

applyOptions(options());
addEventListener("hashchange", () => {
  applyOptions(options());
  from.hash = location.hash.slice(1);
  from.own = isOwnFragment();
  openLink();
});
find("presets").addEventListener("click", () => model.catalog && openPresets(model, commands));
find("share").addEventListener("click", () => openShare(model, commands));
find("help").addEventListener("click", openHelp);
find("skip").addEventListener("click", event => {
  event.preventDefault();
  find("stage").focus();
});
const toggle = find("toggle-settings");
const showSettings = shown => {
  document.body.toggleAttribute("data-no-settings", !shown);
  toggle.setAttribute("aria-expanded", String(shown));
};
toggle.addEventListener("click", () => showSettings(document.body.hasAttribute("data-no-settings")));

startKeys({
  " ": () => commands.toggle(), d: () => commands.step("d"), g: () => commands.step("g"), b: () => commands.step("both"),
  ArrowLeft: () => commands.scrub((model.run()?.step ?? 0) - 1), ArrowRight: () => commands.scrub((model.run()?.step ?? 0) + 1),
  PageUp: () => commands.toMark(1), PageDown: () => commands.toMark(-1),
  u: () => commands.undo(), f: () => commands.fork(), c: () => commands.compare(), x: () => commands.other(), s: () => slow.next(),
  r: () => commands.reset(), n: () => commands.newSeed(), k: () => table.keep(), p: () => find("presets").click(), t: nextTheme, "?": openHelp,
  Escape: () => slow.isOpen && slow.close(),
  // Beside the slides of `workbook present`, the same key shows and hides the lab.
  ...(window.parent === window ? {} : { l: () => window.parent.postMessage("close", location.origin) }),
});
wire.connect();
