// The shapes that the widget's files share, known to all of them; for the type check only, no browser
// loads this.

interface Entry {
  seq: number;
  author: "patient" | "assistant" | "staff";
  name: string | null;
  key: string | null;
  at: string;
  message: Message;
  feedback: { helpful: boolean; reason: string | null } | null;
}

interface Message {
  id: string;
  kind: string;
  text: string;
  citations: { title: string; quote: string; url: string }[];
  suggestions: Suggestion[];
  booking: { label: string; url: string } | null;
  figure: { url: string; alt: string } | null;
}

interface Suggestion {
  label: string;
  payload: string;
}

// A message that the clinic hasn't confirmed yet; `shown` is what the transcript says for it.
interface Unsent {
  key: string;
  text: string;
  shown: string;
}

// What the browser keeps from the first message on.
interface Memory {
  token: string | null;
  claim: string | null;
  unsent: Unsent[];
}

interface Desk {
  open: boolean;
  until: string | null;
}

// A piece of a conversation as the clinic sends it.
interface Page {
  entries: Entry[];
  earlier: boolean;
  holder: "bot" | "waiting" | "staff";
  by: string | null;
  desk: Desk;
}

type Words = Record<string, string>;

interface Clinic {
  name: string;
  phone_link: string;
  email: string;
  emergency_number: string;
  privacy_url: string;
  whatsapp: string; // where the conversation goes on in WhatsApp, or ""
  time_zone: string;
  language: string;
  locale: string;
  starters: Suggestion[];
  words: Words;
}

type Say = (payload: string, label: string) => void;

type Rate = (message: string, helpful: boolean, reason: string | null) => Promise<boolean>;

// What the lines of a conversation let a patient do.
interface Acts {
  say: Say;
  rate: Rate;
}

type Parts = ReturnType<typeof import("./panel.js").buildPanel>;

// Who shows what a conversation has to tell.
interface Shown {
  state(page: Page): void;
  connected(isConnected: boolean): void;
}
