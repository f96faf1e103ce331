/* Questions to the lab. An error is its one line, in the language of the page. */
import { language } from "./words.js";

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function answer(reply) {
  let body = null;
  try {
    body = await reply.json();
  } catch {
    /* not JSON: the status has to do */
  }
  if (!reply.ok) throw new Refused(body?.error ?? `${reply.status} ${reply.statusText}`, reply.status);
  return body;
}

export async function get(path, params) {
  const text = params ? `?${params instanceof URLSearchParams ? params : new URLSearchParams(params)}` : "";
  return answer(await fetch(`/api/${path}${text}`, { headers: { "Accept-Language": language() } }));
}

export const post = async (path, body) =>
  answer(await fetch(`/api/${path}`, { method: "POST", headers: { "Content-Type": "application/json", "Accept-Language": language() }, body: JSON.stringify(body) }));

/* ask → show, one question at a time: while one is out, only the latest that comes meanwhile is kept. */
export function latest(ask, show, fail) {
  let out = false;
  let next = null;
  async function go(question) {
    out = true;
    try {
      const told = await ask(question);
      if (!next) show(told, question);
    } catch (error) {
      if (!next) fail(error, question);
    }
    out = false;
    if (next) {
      const [following] = next;
      next = null;
      go(following);
    }
  }
  return (question) => {
    if (out) next = [question];
    else go(question);
  };
}
