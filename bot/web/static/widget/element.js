// The custom element: opens and closes, shows the conversation, keeps the reader's place.

import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { getClinic } from "./http.js";
import { remember, remembered } from "./memory.js";
import { nextQuestions, patientLine, replyLine } from "./message.js";
import { buildIntro, buildPanel, buildWays } from "./panel.js";
import { texts } from "./texts.js";

const base = new URL("/", import.meta.url);

class CandorWidget extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = await Promise.all(["tokens.css", "widget/widget.css"].map(sheet));
    this.parts = buildPanel();
    root.append(this.parts.launcher, this.parts.panel);
    this.listen(root);
    if (remembered()?.open) this.open({ focus: false });
  }

  listen(root) {
    const { launcher, close, form, input } = this.parts;
    launcher.addEventListener("click", () => this.open());
    close.addEventListener("click", () => this.close());
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.parts.panel.hidden) this.close();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text) this.say(text);
      input.value = "";
      input.focus();
    });
    document.addEventListener("click", (event) => this.asked(event));
  }

  // Any link of the page can open the chat: data-candor-open, or data-candor-ask="a question".
  async asked(event) {
    const link = event.target.closest?.("[data-candor-open], [data-candor-ask]");
    if (!link || !this.parts || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await this.open();
    if (link.dataset.candorAsk) this.say(link.dataset.candorAsk);
  }

  async open({ focus = true } = {}) {
    const { panel, launcher, input } = this.parts;
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    if (focus) input.focus();
    await (this.started ??= this.start());
    if (this.conversation?.token) remember(this.conversation.token, true);
  }

  close() {
    const { panel, launcher } = this.parts;
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
    if (this.conversation?.token) remember(this.conversation.token, false);
  }

  async start() {
    const clinic = await getClinic(base).catch(() => null);
    if (!clinic) return this.failed();
    const { name, intro, ways, privacy } = this.parts;
    this.clinic = clinic;
    name.append(texts.title(clinic.name));
    privacy.href = clinic.privacy_url;
    const say = (payload, label) => this.say(payload, label);
    intro.append(...buildIntro(clinic, nextQuestions(clinic.starters, say, texts.starters)));
    ways.append(...buildWays(clinic, () => this.say("person", texts.person)));
    this.conversation = new Conversation(base, remembered()?.conversation ?? null, {
      entries: (entries, isHistory) => this.show(entries, isHistory),
      sending: (message) => this.sending(message),
      refused: (message, words) => this.refused(message, words),
      connected: (isConnected) => this.connected(isConnected),
    });
    this.conversation.open();
  }

  failed() {
    this.started = null;
    this.connected(false);
  }

  async say(text, shown) {
    await (this.started ??= this.start());
    if (this.conversation) this.conversation.send(text, shown);
    else this.parts.input.value ||= shown ?? text;
  }

  sending(message) {
    message.node = patientLine(message.shown);
    this.latest = message.node;
    message.node.classList.add("sending");
    this.parts.log.setAttribute("aria-live", "polite");
    this.parts.log.append(message.node);
    this.wait(true);
    this.bringUp(message.node);
  }

  show(entries, isHistory) {
    const { log } = this.parts;
    // What was said before the reload is not read out again.
    log.setAttribute("aria-live", isHistory ? "off" : "polite");
    for (const entry of entries) {
      if (entry.author !== "patient") log.append(replyLine(entry, this.clinic, (...said) => this.say(...said)));
      else if (entry.sent?.node) entry.sent.node.classList.remove("sending");
      else log.append(patientLine(entry.message.text));
    }
    this.wait(entries.at(-1).author === "patient");
    if (isHistory) this.parts.scroll.scrollTop = this.parts.scroll.scrollHeight;
    else if (this.latest) this.bringUp(this.latest);
  }

  refused(message, words) {
    message.node.classList.replace("sending", "refused");
    message.node.append(el("p", { class: "why" }, words ?? texts.broken));
    if (!this.parts.input.value && message.text === message.shown) this.parts.input.value = message.text;
    this.wait(false);
  }

  wait(isWaiting) {
    this.parts.typing.replaceChildren(...(isWaiting ? [el("span", { class: "spoken" }, texts.typing), ...dots()] : []));
  }

  // The question at the top, so that its answer is read from the beginning.
  bringUp(node) {
    const { scroll } = this.parts;
    scroll.scrollTo({ top: node.offsetTop - 12 });
  }

  connected(isConnected) {
    const { notice } = this.parts;
    // A short gap, as when a train passes a tunnel, isn't worth a word.
    if (!isConnected) this.alarm ??= setTimeout(() => (notice.hidden = false), 1500);
    else {
      clearTimeout(this.alarm);
      this.alarm = null;
      notice.hidden = true;
    }
  }
}

function dots() {
  return [el("i"), el("i"), el("i")];
}

async function sheet(path) {
  const response = await fetch(new URL(`/static/${path}`, base), { credentials: "omit" });
  return new CSSStyleSheet().replace(await response.text());
}

customElements.define("candor-widget", CandorWidget);
