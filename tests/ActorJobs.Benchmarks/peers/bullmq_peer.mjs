// BullMQ: `node bullmq_peer.mjs submit JOBS PAYLOAD` and `node bullmq_peer.mjs work`.
import { openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";

// installed into a folder beside, where a plain import would not look
const { Queue, Worker } = createRequire(`${process.env.PEER_MODULES}/`)("bullmq");
const [mode, jobs, payload] = process.argv.slice(2);
const server = new URL(process.env.PEER_REDIS);
const connection = { host: server.hostname, port: Number(server.port), maxRetriesPerRequest: null };

if (mode === "work") {
  const done = openSync(process.env.PEER_DONE, "a");
  new Worker("noop", async () => { writeSync(done, "."); }, { connection, concurrency: 50 });
} else {
  const queue = new Queue("noop", { connection });
  const text = "x".repeat(Number(payload));
  await queue.waitUntilReady();
  const at = Date.now() / 1000;
  const began = performance.now();
  for (let first = 0; first < Number(jobs); first += 1000)
    await queue.addBulk(Array.from({ length: Math.min(1000, jobs - first) }, () => ({ name: "noop", data: { text } })));
  console.log(at, (performance.now() - began) / 1000);
  await queue.close();
}
