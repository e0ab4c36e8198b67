#!/usr/bin/env node
// Asks a medzoo server for a finding on each picture. Needs Node.js 18 or newer, and no package.
//
//     medzoo-client.mjs [--server URL] [--token TOKEN] MODEL PICTURE...

import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const FINDING = "application/vnd.medzoo.finding+json";

/** The server did not answer with a finding; the message is the server's own. */
export class Refused extends Error {
  constructor(status, message) {
    super(`${status}: ${message}`);
    this.status = status;
  }
}

/**
 * The whole finding on one picture.
 *
 * A server that is busy (503) or limits the rate (429) is asked again after the time that it names.
 *
 * @param {Uint8Array} picture the file's bytes, in any format that the server reads
 */
export async function find(server, model, picture, { token, attempts = 5 } = {}) {
  const headers = { Accept: FINDING, "Content-Type": "application/octet-stream" };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${server}/predictions/${model}`, {
      method: "POST",
      body: picture,
      headers,
      signal: AbortSignal.timeout(60_000),
    });
    if (answer.ok) {
      return answer.json();
    }
    const text = await answer.text();
    if (![429, 503].includes(answer.status) || attempt === attempts) {
      throw new Refused(answer.status, message(text));
    }
    await wait(1000 * Number(answer.headers.get("retry-after") ?? 1));
  }
}

/** What an answer that is no finding says. */
function message(text) {
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return text.trim();
  }
}

/** A label alone is not enough: the model may be unsure, or the picture of another kind. */
export function line(finding) {
  let doubt = "";
  if (finding.outOfDistribution?.beyond) {
    doubt = " (unlike the training pictures: the label means nothing)";
  } else if (finding.abstained) {
    doubt = " (too unsure to say)";
  }
  return `${finding.label} ${finding.probability.toFixed(3)}${doubt}`;
}

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      server: { type: "string", default: "http://127.0.0.1:8080" },
      token: { type: "string" },
    },
    allowPositionals: true,
  });
  const [model, ...pictures] = positionals;
  if (pictures.length === 0) {
    console.error("usage: medzoo-client.mjs [--server URL] [--token TOKEN] MODEL PICTURE...");
    return 2;
  }
  let status = 0;
  for (const name of pictures) {
    try {
      const finding = await find(values.server, model, await readFile(name), values);
      console.log(`${name}: ${line(finding)}`);
    } catch (error) {
      status = 1;
      console.error(`${name}: ${error.message}`);
    }
  }
  console.log("Research use only. Not a diagnosis.");
  return status;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
