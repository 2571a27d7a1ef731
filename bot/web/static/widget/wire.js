// The two ways to the clinic: a WebSocket, and plain requests where that can't get through.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const PAUSE_WITHOUT_HOPE = 300_000;
const FAILURES_BEFORE_HTTP = 2;
const LONGEST_REQUEST = 20_000;

// Comes back by itself, ever more patiently.
export class Line {
  /**
   * @param {URL} base
   * @param {{ opened(): void, frame(frame: any): void, lost(): void }} on
   */
  constructor(base, on) {
    this.url = new URL("ws", base);
    this.url.protocol = this.url.protocol === "https:" ? "wss:" : "ws:";
    this.on = on;
    this.failures = 0;
    this.longestPause = PAUSE_WITHOUT_HOPE;
  }

  get live() {
    return this.socket?.readyState === 1;
  }

  // True when sockets don't get through here at all, as behind some proxies.
  get hopeless() {
    return this.failures >= FAILURES_BEFORE_HTTP;
  }

  open() {
    clearTimeout(this.timer);
    if (this.socket && this.socket.readyState <= 1) return;
    try {
      this.connect(new WebSocket(this.url));
    } catch {
      this.comeBack();
    }
  }

  /** @param {WebSocket} socket */
  connect(socket) {
    this.socket = socket;
    const mine = () => this.socket === socket;
    socket.onopen = () => mine() && this.on.opened();
    socket.onclose = () => mine() && this.comeBack();
    // What a page's policy forbids fails without being closed.
    socket.onerror = () => mine() && socket.readyState === 3 && this.comeBack();
    socket.onmessage = ({ data }) => {
      if (!mine()) return;
      const frame = JSON.parse(data);
      if (frame.type === "ready") {
        this.failures = 0;
        this.longestPause = LONGEST_PAUSE;
      }
      this.on.frame(frame);
    };
  }

  /** @param {object} frame */
  send(frame) {
    if (this.live) this.socket?.send(JSON.stringify(frame));
  }

  comeBack() {
    this.socket = undefined;
    this.failures += 1;
    const pause = Math.min(FIRST_PAUSE * 2 ** (this.failures - 1), this.longestPause);
    this.timer = setTimeout(() => this.open(), pause * (0.75 + Math.random() / 2));
    this.on.lost();
  }

  // Gives up a line that may be dead without knowing it.
  renew() {
    this.close();
    this.comeBack();
  }

  close() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }
}

export class Requests {
  /** @param {URL} base */
  constructor(base) {
    this.base = base;
    /** @type {string | null} */
    this.token = null;
  }

  /** @param {Unsent} message @param {string | null} claim @returns {Promise<{ conversation: string }>} */
  async post({ text, key }, claim) {
    const from = this.token ? { conversation: this.token } : { claim };
    return (await this.ask("messages", "POST", { text, key, wait: false, ...from })).json();
  }

  /** @param {"after" | "before"} side @param {number} seq @returns {Promise<Page>} */
  async entries(side, seq) {
    return (await this.ask(`conversation?${side}=${seq}`)).json();
  }

  /** The whole conversation, to keep it. @param {string} language */
  async text(language) {
    return (await this.ask(`conversation/text?lang=${encodeURIComponent(language)}`)).text();
  }

  /** @param {string} message @param {boolean} helpful @param {string | null} reason */
  async rate(message, helpful, reason) {
    await this.ask("conversation/feedback", "POST", { message, helpful, reason });
  }

  async remove() {
    await this.ask("conversation", "DELETE");
  }

  /** @param {string} path @param {string} [method] @param {object} [content] */
  async ask(path, method, content) {
    /** @type {Record<string, string>} */
    const headers = content ? { "Content-Type": "application/json" } : {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const body = content && JSON.stringify(content);
    // What isn't there is left out: undefined would be sent by its name.
    const options = { method, headers, body, credentials: "omit", signal: AbortSignal.timeout(LONGEST_REQUEST) };
    const response = await fetch(new URL(`api/${path}`, this.base), /** @type {RequestInit} */ (options));
    if (response.ok) return response;
    // What the clinic refuses has a code, and words for the patient.
    const { error, ...more } = await response.json();
    throw { ...error, ...more };
  }
}
