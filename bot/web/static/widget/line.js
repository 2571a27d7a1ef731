// The WebSocket to the clinic: comes back by itself, ever more patiently.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15000;
const TRIES_BEFORE_HTTP = 2;

export class Line {
  // `on` has opened(), frame(object), lost().
  constructor(base, on) {
    this.url = new URL("/ws", base);
    this.url.protocol = this.url.protocol === "https:" ? "wss:" : "ws:";
    this.on = on;
    this.failures = 0;
  }

  get live() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  // True when sockets don't get through here at all, as behind some proxies.
  get hopeless() {
    return this.failures >= TRIES_BEFORE_HTTP;
  }

  open() {
    clearTimeout(this.timer);
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("open", () => this.on.opened());
    socket.addEventListener("message", ({ data }) => {
      this.failures = 0;
      this.on.frame(JSON.parse(data));
    });
    socket.addEventListener("close", () => this.comeBack());
  }

  send(frame) {
    if (this.live) this.socket.send(JSON.stringify(frame));
  }

  comeBack() {
    this.failures += 1;
    const pause = Math.min(FIRST_PAUSE * 2 ** (this.failures - 1), LONGEST_PAUSE);
    this.timer = setTimeout(() => this.open(), pause * (0.75 + Math.random() / 2));
    this.on.lost();
  }

  hurry() {
    if (!this.live) this.open();
  }
}
