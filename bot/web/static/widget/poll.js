// Where no socket gets through: what is unsent goes out, what is new comes in, again and again.

const PAUSE = 3000;
const SOON = 700;

export class Poll {
  /** @param {import("./conversation.js").Conversation} conversation */
  constructor(conversation) {
    this.conversation = conversation;
  }

  async run() {
    const { line, stopped, transcript } = this.conversation;
    clearTimeout(this.timer);
    if (this.busy || line.live || stopped.signal.aborted) return;
    this.busy = true;
    const isWell = await this.exchange();
    this.busy = false;
    this.timer = setTimeout(() => this.run(), isWell && transcript.isWaiting ? SOON : PAUSE);
  }

  async exchange() {
    const { requests, unsent, after, chat } = this.conversation;
    try {
      for (const message of unsent) await this.conversation.post(message);
      if (requests.token) this.conversation.show(await requests.entries("after", after));
      chat.connected(true);
      return true;
    } catch (/** @type {any} */ error) {
      if (error.code === "unknown_conversation") this.conversation.lose();
      else chat.connected(false);
      return false;
    }
  }
}
