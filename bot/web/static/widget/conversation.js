// One conversation: what was sent and not yet kept, what was seen, and how to go on after a gap.

import { getEntries, postMessage, Refusal } from "./http.js";
import { Line } from "./line.js";
import { forget, remember } from "./memory.js";

const POLL = 4000;

export class Conversation {
  // `on` has entries(entries, isHistory), sending(message), refused(message, words),
  // connected(isConnected).
  constructor(base, token, on) {
    this.base = base;
    this.token = token;
    this.on = on;
    this.after = 0;
    this.unsent = [];
    this.line = new Line(base, {
      opened: () => this.hello(),
      frame: (frame) => this.take(frame),
      lost: () => this.lost(),
    });
  }

  open() {
    this.line.open();
    addEventListener("online", () => this.line.hurry());
  }

  // `shown` is what the transcript says instead, for the payload of a button.
  send(text, shown = text) {
    const message = { text, shown, key: newKey() };
    this.unsent.push(message);
    this.on.sending(message);
    this.deliver(message);
  }

  deliver(message) {
    if (this.line.live) this.line.send({ type: "message", text: message.text, key: message.key });
    else if (this.line.hopeless) this.overHttp();
    else this.line.hurry();
  }

  hello() {
    this.line.send({ type: "hello", conversation: this.token, after: this.after });
  }

  lost() {
    this.on.connected(false);
    if (this.line.hopeless) this.overHttp();
  }

  take(frame) {
    if (frame.type === "ready") {
      this.on.connected(true);
      this.show(frame.entries, this.after === 0);
      for (const message of this.unsent) if (!message.kept) this.deliver(message);
    } else if (frame.type === "entry") this.show([frame], false);
    else if (frame.type === "kept") {
      this.know(frame.conversation);
      const message = this.unsent.find(({ key }) => key === frame.key);
      if (message) message.kept = true;
    } else if (frame.type === "error") this.refuse(frame.key, frame);
  }

  show(entries, isHistory) {
    const fresh = entries.filter(({ seq }) => seq > this.after);
    if (!fresh.length) return;
    this.after = fresh.at(-1).seq;
    for (const entry of fresh) if (entry.author === "patient") entry.sent = this.arrived(entry);
    this.on.entries(fresh, isHistory);
  }

  // Finds which of our messages an entry is: by its words, else the oldest button that was tapped.
  arrived({ message: { text } }) {
    const same = (words) => words.split(/\s+/).join(" ").trim() === text.split(/\s+/).join(" ");
    let place = this.unsent.findIndex(({ shown }) => same(shown));
    if (place < 0) place = this.unsent.findIndex((sent) => sent.text !== sent.shown);
    return place < 0 ? null : this.unsent.splice(place, 1)[0];
  }

  know(token) {
    if (this.token === token) return;
    this.token = token;
    remember(token, true);
  }

  refuse(key, { code, message: words }) {
    if (code === "unknown_conversation") return this.startAgain();
    const place = this.unsent.findIndex((sent) => sent.key === key);
    if (place >= 0) this.on.refused(this.unsent.splice(place, 1)[0], words);
  }

  startAgain() {
    forget();
    this.token = null;
    this.after = 0;
    if (this.line.live) this.hello();
  }

  async overHttp() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      await this.exchange();
      this.on.connected(true);
    } catch (error) {
      if (error instanceof Refusal) this.refuse(this.unsent[0]?.key, error);
      else this.on.connected(false);
    }
    this.busy = false;
    const more = this.unsent.some(({ kept }) => !kept);
    if (!this.line.live) this.timer = setTimeout(() => this.overHttp(), more ? 1000 : POLL);
  }

  async exchange() {
    const message = this.unsent.find(({ kept }) => !kept);
    if (message) {
      const answer = await postMessage(this.base, this.token, message).catch(unlessLate);
      message.kept = true;
      this.know(answer.conversation);
    }
    if (this.token) this.show(await getEntries(this.base, this.token, this.after), this.after === 0 && !message);
  }
}

// A message whose answer takes long is kept all the same.
function unlessLate(error) {
  if (error.code === "still_working") return error;
  throw error;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
