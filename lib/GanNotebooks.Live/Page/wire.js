/* The connection to the engine: requests with answers, pushed events, binary frames, and what happens when the engine is gone. */

const waits = [500, 1000, 2000, 4000, 5000]; // milliseconds before a new attempt
const quiet = 6000; // milliseconds without any message before the page asks whether the engine is there
const patience = 8000; // milliseconds that it then waits
const opening = 4000; // milliseconds that a new connection may take: an engine that hangs never answers it

/** Events: "open", "lost" (detail: attempt), "push" (detail: the message), "frame" (detail: the decoded frame). */
export class Wire extends EventTarget {
  #address;
  #socket = null;
  #open = new Map();
  #id = 0;
  #attempt = 0;
  #heard = 0;
  #began = 0;
  #timer = 0;
  #ended = false;

  constructor(address) {
    super();
    this.#address = address;
    setInterval(() => this.#watch(), 2000);
    // A lid that opens, a network that comes back: no need to wait for the next attempt.
    for (const name of ["online", "pageshow"]) addEventListener(name, () => this.retry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.retry(); });
    addEventListener("pagehide", () => { this.#ended = true; });
    addEventListener("pageshow", () => { this.#ended = false; });
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connects now, unless it is connected or at it. */
  retry() {
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.#timer);
    this.connect();
  }

  connect() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#began = performance.now();
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#attempt = 0;
      this.#heard = performance.now();
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = message => { if (socket === this.#socket) this.#receive(message.data); };
    socket.onclose = () => { if (socket === this.#socket) this.#lost(); };
  }

  /** Sends a request. The promise fails with the engine's sentence, or when the connection is lost. */
  ask(what, values = {}) {
    if (!this.isOpen) return Promise.reject(new Error("The engine is not connected."));
    const id = ++this.#id;
    return new Promise((answer, fail) => {
      this.#open.set(id, { answer, fail });
      this.#socket.send(JSON.stringify({ id, do: what, ...values }));
    });
  }

  /** Sends a message whose answer nobody waits for. */
  tell(what, values = {}) {
    if (this.isOpen) this.#socket.send(JSON.stringify({ id: ++this.#id, do: what, ...values }));
  }

  #receive(data) {
    this.#heard = performance.now();
    if (data instanceof ArrayBuffer) {
      this.dispatchEvent(new CustomEvent("frame", { detail: decodeFrame(data) }));
      return;
    }
    const message = JSON.parse(data);
    if (message.event) {
      this.dispatchEvent(new CustomEvent("push", { detail: message }));
      return;
    }
    const asked = this.#open.get(message.re);
    if (!asked) return;
    this.#open.delete(message.re);
    if (message.error === undefined) asked.answer(message);
    else asked.fail(new Error(message.error));
  }

  // A killed engine closes the socket. An engine that hangs, or a machine that slept, does not: then the page asks.
  #watch() {
    if (this.#socket?.readyState === WebSocket.CONNECTING && performance.now() - this.#began > opening) this.#giveUp();
    if (!this.isOpen || document.hidden) return;
    const silence = performance.now() - this.#heard;
    if (silence > quiet + patience) {
      this.#giveUp();
    } else if (silence > quiet) {
      this.ask("state", { run: "A" }).catch(() => { /* an answer of any kind is a sign of life */ });
    }
  }

  #giveUp() {
    const socket = this.#socket;
    this.#lost();
    socket.close();
  }

  #lost() {
    this.#socket = null;
    for (const { fail } of this.#open.values()) fail(new Error("The connection to the engine was lost."));
    this.#open.clear();
    if (this.#ended) return;
    this.dispatchEvent(new CustomEvent("lost", { detail: this.#attempt }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.connect(), waits[Math.min(this.#attempt++, waits.length - 1)]);
  }
}

/** A frame: a length, a header in JSON, and float32 numbers that the header's arrays point into. */
export function decodeFrame(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = 4 * Math.ceil((4 + length) / 4);
  for (const run of header.runs) {
    for (const [name, [offset, ...shape]] of Object.entries(run.arrays ?? {})) {
      const count = shape.reduce((product, size) => product * size, 1);
      run.arrays[name] = { shape, values: new Float32Array(buffer, start + 4 * offset, count) };
    }
  }
  return header;
}
