// Reads every file of a folder with one parser and prints, for each, a line of JSON:
// {"file": name, "values": {…}} or {"file": name, "error": text}.
//
//   node read.cjs PARSER FOLDER
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const util = require("node:util");

// A JSON object that keeps every name, also __proto__.
const own = (values) => Object.assign(Object.create(null), values);

const parsers = {
  dotenv: (text) => own(require("dotenv").parse(text)),

  // Node.js itself, as `--env-file` reads.
  node: (text) => own(util.parseEnv(text)),

  // What Vite does: dotenv, then dotenv-expand on what was read.
  "dotenv-expand": (text) => {
    const parsed = require("dotenv").parse(text);
    return own(require("dotenv-expand").expand({ parsed, processEnv: {} }).parsed);
  },

  // Next.js reads a folder's `.env` into the environment, and gives what it set.
  "@next/env": (text, folder) => {
    fs.writeFileSync(path.join(folder, ".env"), text);
    const silent = { info: () => {}, error: (...words) => { throw new Error(words.join(" ")); } };
    const before = new Set(Object.keys(process.env));
    const { loadedEnvFiles } = require("@next/env").loadEnvConfig(folder, false, silent, true);
    const values = Object.create(null);
    for (const name of Object.keys(loadedEnvFiles[0]?.env ?? {})) values[name] = process.env[name];
    for (const name of Object.keys(process.env)) if (!before.has(name)) delete process.env[name];
    return values;
  },
};

const [parser, folder] = process.argv.slice(2);
process.env.NODE_ENV = "production";
const own_folder = fs.mkdtempSync(path.join(path.resolve(folder), "next-"));
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".env")).sort()) {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  let answer;
  try {
    answer = { file, values: parsers[parser](text, own_folder) };
  } catch (error) {
    answer = { file, error: String(error) };
  }
  fs.writeSync(1, JSON.stringify(answer) + "\n");
}
fs.rmSync(own_folder, { recursive: true });
