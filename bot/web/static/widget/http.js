// Plain requests to the clinic, for where a WebSocket can't get through.

export class Refusal extends Error {
  constructor({ code, message } = {}, conversation = null) {
    super(message);
    this.code = code;
    this.conversation = conversation;
  }
}

export async function getClinic(base) {
  return read(await fetch(new URL("/api/clinic", base), { credentials: "omit" }));
}

export async function postMessage(base, conversation, { text, key }) {
  const body = JSON.stringify(conversation ? { text, key, conversation } : { text, key });
  const headers = { "Content-Type": "application/json" };
  const options = { method: "POST", headers, body, credentials: "omit" };
  return read(await fetch(new URL("/api/messages", base), options));
}

export async function getEntries(base, conversation, after) {
  const url = new URL(`/api/conversations/${encodeURIComponent(conversation)}`, base);
  url.searchParams.set("after", after);
  return (await read(await fetch(url, { credentials: "omit" }))).entries;
}

async function read(response) {
  const body = await response.json();
  if (!response.ok) throw new Refusal(body.error, body.conversation);
  return body;
}
