// One conversation: what was seen of it, what is still to be delivered, and how to go on after a gap.

import { NAME, keep, newKey, recall } from "./memory.js";
import { Poll } from "./poll.js";
import { Line, Requests } from "./wire.js";

const LATE = 10_000;
const PAUSE = 3000;

export class Conversation {
  /** @param {URL} base @param {import("./transcript.js").Transcript} transcript @param {Shown} chat */
  constructor(base, transcript, chat) {
    const { token, claim, unsent } = recall();
    this.transcript = transcript;
    this.chat = chat;
    this.requests = new Requests(base);
    this.requests.token = token;
    // Names the conversation before it has a token, so that a first message sent twice begins one.
    this.claim = claim;
    this.unsent = unsent;
    this.first = this.after = 0;
    this.begunHere = false;
    this.stopped = new AbortController();
    this.poll = new Poll(this);
    this.isReady = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.late = undefined;
    this.line = new Line(base, {
      opened: () => this.hello(),
      frame: (frame) => this.take(frame),
      lost: () => this.lost(),
    });
  }

  open() {
    const { signal } = this.stopped;
    addEventListener("online", () => this.line.renew(), { signal });
    addEventListener("offline", () => this.line.renew(), { signal });
    addEventListener("storage", ({ key }) => key === NAME && this.meetOtherTab(), { signal });
    this.unsent.forEach((message) => this.transcript.sending(message));
    this.line.open();
  }

  close() {
    this.stopped.abort();
    clearTimeout(this.again);
    clearTimeout(this.late);
    this.line.close();
  }

  /** @param {string} text @param {string} shown what the transcript says, for a button's payload */
  send(text, shown = text) {
    const message = { key: newKey(), text, shown };
    if (!this.requests.token) this.claim ??= recall().claim ?? newKey();
    this.unsent.push(message);
    keep((kept) => {
      kept.claim = this.claim;
      kept.unsent.push(message);
    });
    this.transcript.sending(message);
    this.deliver([message]);
  }

  async showEarlier() {
    const { first } = this;
    const page = await this.requests.entries("before", first);
    // Pressed twice, or the conversation was left meanwhile.
    if (first !== this.first) return;
    this.first = page.entries[0]?.seq ?? 0;
    this.transcript.show(page.entries, "earlier");
    this.transcript.earlier(page.earlier);
  }

  async remove() {
    // What is on its way must be known before it can be deleted.
    if (!this.requests.token && this.unsent[0]) await this.post(this.unsent[0]);
    if (this.requests.token) await this.requests.remove();
    this.unsent = [];
    this.transcript.clear();
    this.restart("deleted");
  }

  /** @param {Unsent[]} messages */
  deliver(messages) {
    if (this.isReady) {
      // Another tab may have named the conversation meanwhile.
      if (!this.requests.token) this.claim = recall().claim ?? this.claim;
      const from = this.requests.token ? {} : { claim: this.claim };
      for (const { text, key } of messages) this.line.send({ type: "message", text, key, ...from });
      if (messages.length) this.late ??= setTimeout(() => this.isLate(), LATE);
    } else if (this.line.hopeless) this.poll.run();
    else if (!this.line.live) this.line.open();
  }

  isLate() {
    this.late = undefined;
    if (this.unsent.length && this.line.live) this.line.renew();
  }

  hello() {
    clearTimeout(this.again);
    this.isReady = false;
    this.line.send({ type: "hello", conversation: this.requests.token, after: this.after });
  }

  lost() {
    this.isReady = false;
    if (this.line.hopeless) this.poll.run();
    else this.chat.connected(false);
  }

  /** @param {any} frame */
  take(frame) {
    if (frame.type === "ready") {
      // The conversation was left after the hello.
      if (frame.conversation !== this.requests.token) return this.hello();
      this.isReady = true;
      this.chat.connected(true);
      this.show(frame);
      this.deliver(this.unsent);
    } else if (frame.type === "news" && this.isReady) this.show(frame);
    else if (frame.type === "kept") this.settle(frame.key, frame.conversation);
    else if (frame.type === "gone") this.restart("deleted");
    else if (frame.type === "error") this.refuse(frame);
  }

  /** @param {Page} page */
  show(page) {
    const { entries, earlier, holder } = page;
    const fresh = entries.filter(({ seq }) => seq > this.after);
    const gap = this.after && fresh[0] && fresh[0].seq > this.after + 1;
    const isHistory = gap || (!this.after && !this.begunHere);
    this.transcript.isAnswered = holder !== "staff";
    for (const { key } of fresh) if (key) this.settle(key);
    if (fresh[0]) {
      if (isHistory || !this.first) this.first = fresh[0].seq;
      this.after = fresh.at(-1)?.seq ?? this.after;
      this.transcript.show(fresh, isHistory ? "history" : "new");
    }
    if (isHistory) this.transcript.earlier(earlier);
    this.chat.state(page);
  }

  /** @param {string} key of a message that is kept @param {string} [token] of the conversation it is in */
  settle(key, token) {
    const message = this.unsent.find((unsent) => unsent.key === key);
    if (!message) return;
    if (token && token !== this.requests.token) {
      this.begunHere = true;
      this.requests.token = token;
      this.claim = null;
    }
    this.drop(message);
    this.transcript.kept(message);
  }

  /** @param {Unsent} message that needs no more sending */
  drop({ key }) {
    this.unsent = this.unsent.filter((message) => message.key !== key);
    keep((kept) => {
      kept.token = this.requests.token;
      kept.claim = this.claim;
      kept.unsent = kept.unsent.filter((message) => message.key !== key);
    });
  }

  /** @param {{ key?: string | undefined, code?: string, message: string }} error */
  refuse({ key, code, message: words }) {
    if (code === "unknown_conversation") this.lose();
    else if (code === "unavailable") {
      // It may be kept all the same; with its key, sending it again does no harm.
      clearTimeout(this.again);
      this.again = setTimeout(() => this.hello(), PAUSE);
    } else {
      const message = this.unsent.find((unsent) => unsent.key === key);
      if (!message) return;
      this.drop(message);
      this.transcript.refused(message, words);
    }
  }

  // The clinic no longer knows the conversation; what asked for it before it was deleted says so late.
  lose() {
    if (this.requests.token) this.restart("gone");
  }

  /** @param {"gone" | "deleted"} why */
  restart(why) {
    this.leave(null);
    this.claim = this.unsent.length ? newKey() : null;
    keep((kept) => Object.assign(kept, { token: null, claim: this.claim, unsent: this.unsent }));
    this.transcript.restarted(why);
    this.hello();
  }

  /** @param {string | null} token of the conversation to go on with */
  leave(token) {
    this.requests.token = token;
    this.first = this.after = 0;
    this.begunHere = false;
  }

  // Another tab began a conversation or deleted it: this one follows, but never away from what was begun here.
  meetOtherTab() {
    const { token } = recall();
    if (token === this.requests.token || (token && this.begunHere)) return;
    if (this.requests.token) this.transcript.restarted("deleted");
    this.leave(token);
    this.hello();
  }

  // Over a plain request, where it must be known what becomes of it.
  /** @param {Unsent} message */
  async post(message) {
    try {
      this.settle(message.key, (await this.requests.post(message, this.claim)).conversation);
    } catch (/** @type {any} */ error) {
      // The browser's own errors have names; what the clinic refuses has a code.
      if (error.name || error.code === "unavailable") throw error;
      this.refuse({ ...error, key: message.key });
    }
  }
}
