// Magenta.js itself: node magenta_js.js JOBS.json, with NODE_PATH naming the folder of its modules.
//
// A job is {"folder": of a model, "backend": "cpu" or "wasm", "x" and "z": raw float32 files with their shapes,
// "chords": a progression or null, "mu" and "outputs": files to write}. Decoding takes the likeliest of every step.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

global.performance = global.performance || require('perf_hooks').performance;
const tf = require('@tensorflow/tfjs');
const {MusicVAE} = require('@magenta/music/node/music_vae');

const read = (array) => {
  const bytes = fs.readFileSync(array.file);
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return tf.tensor(new Float32Array(numbers), array.shape);
};

const write = async (file, tensor) => {
  const numbers = Float32Array.from(await tensor.data());
  fs.writeFileSync(file, Buffer.from(numbers.buffer));
};

// Magenta.js fetches its files, so they are served to it, and to this machine alone.
const serve = (folder) => new Promise((resolve) => {
  const server = http.createServer((request, response) => {
    const name = path.basename(decodeURIComponent(request.url));
    fs.readFile(path.join(folder, name), (error, bytes) => {
      response.statusCode = error ? 404 : 200;
      response.end(bytes);
    });
  });
  server.listen(0, '127.0.0.1', () => resolve(server));
});

const answer = async (job) => {
  const server = await serve(job.folder);
  try {
    const model = new MusicVAE(`http://127.0.0.1:${server.address().port}`);
    await model.initialize();
    const controls = job.chords ? {chordProgression: job.chords} : undefined;
    const mu = await model.encodeTensors(read(job.x), controls);
    await write(job.mu, mu);
    const outputs = await model.decodeTensors(read(job.z), undefined, controls);
    await write(job.outputs, outputs);
  } finally {
    server.close();
  }
};

const main = async () => {
  for (const job of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
    await answer(job);
  }
};

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
