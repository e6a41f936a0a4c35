// Compiles the graph with inkjs and reads it. Orders and answers are JSON lines.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const readline = require("node:readline");
const ink = require("inkjs/full");

const FACTOR = 16807;
const PRIME = 2147483647; // their products stay below 2^53
let story;

const orders = {
  compile({ source, compiled }) {
    const text = fs.readFileSync(source, "utf8");
    const start = performance.now();
    story = new ink.Compiler(text).Compile();
    const seconds = (performance.now() - start) / 1000;
    fs.writeFileSync(compiled, story.ToJson());
    return { seconds };
  },
  visit({ nodes }) {
    let letters = 0;
    story.ResetState();
    for (let i = 0; i < nodes; i++) {
      letters += story.ContinueMaximally().length;
      for (const choice of story.currentChoices) letters += choice.text.length;
      story.ChooseChoiceIndex(0);
    }
    return { letters };
  },
  check({ choices, seed }) {
    const hashed = createHash("sha256");
    story.ResetState();
    for (let i = 0; i < choices; i++) {
      hashed.update(story.ContinueMaximally());
      const open = story.currentChoices;
      for (const choice of open) hashed.update(choice.text + "\n");
      seed = (seed * FACTOR) % PRIME;
      story.ChooseChoiceIndex(seed % open.length);
    }
    return { hash: hashed.digest("hex") };
  },
  walk({ choices, seed }) {
    let letters = 0;
    story.ResetState();
    const start = performance.now();
    for (let i = 0; i < choices; i++) {
      letters += story.ContinueMaximally().length;
      const open = story.currentChoices;
      for (const choice of open) letters += choice.text.length;
      seed = (seed * FACTOR) % PRIME;
      story.ChooseChoiceIndex(seed % open.length);
    }
    return { seconds: (performance.now() - start) / 1000, letters };
  },
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const order = JSON.parse(line);
  process.stdout.write(JSON.stringify(orders[order.do](order)) + "\n");
});
