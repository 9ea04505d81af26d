// What a decoding costs in Magenta.js: node race_magenta_js.js JOB.json, with NODE_PATH naming the folder of its modules.
//
// The job is {"folder": of a model, "backend": "cpu" or "wasm", "latent": size of z, "batches": [...], "runs": N,
// "answers": FILE}. Writes {"batch": [CPU ms of each run]} to the file.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

global.performance = global.performance || require('perf_hooks').performance;
const tf = require('@tensorflow/tfjs');
const {MusicVAE} = require('@magenta/music/node/music_vae');

const WARM_UP_RUNS = 2;

const useWasm = async () => {
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + path.sep);
  // Its loader takes a fetch for that of a browser, which reads no files; without one it knows Node.
  delete global.fetch;
  if (!await tf.setBackend('wasm')) {
    throw new Error('the WASM backend does not start');
  }
};

// Magenta.js fetches its files, so they are served to it, and to this machine alone.
const serve = (folder) => new Promise((resolve) => {
  const server = http.createServer((request, response) => {
    fs.readFile(path.join(folder, path.basename(decodeURIComponent(request.url))), (error, bytes) => {
      response.statusCode = error ? 404 : 200;
      response.end(bytes);
    });
  });
  server.listen(0, '127.0.0.1', () => resolve(server));
});

const measure = async (model, job, batch) => {
  const z = tf.randomNormal([batch, job.latent]);
  const spent = [];
  for (let run = -WARM_UP_RUNS; run < job.runs; ++run) {
    const before = process.cpuUsage();
    const outputs = await model.decodeTensors(z);
    await outputs.data();
    const {user, system} = process.cpuUsage(before);
    if (run >= 0) {
      spent.push((user + system) / 1000);
    }
    outputs.dispose();
  }
  return spent;
};

const main = async () => {
  const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const server = await serve(job.folder);
  const model = new MusicVAE(`http://127.0.0.1:${server.address().port}`);
  await model.initialize();
  if (job.backend === 'wasm') {
    await useWasm();
  }
  const answers = {};
  for (const batch of job.batches) {
    answers[batch] = await measure(model, job, batch);
  }
  fs.writeFileSync(job.answers, JSON.stringify(answers));
};

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
