// Google's storage emulator without the parts in Java: its server, layers and upload service as firebase-tools ships them. Whether a request of a signed-in
// person is allowed, which a Java program decides there, is decided by the rules given (storage-rules.js); without rules nobody but a service account may do anything.
// Two things that Cloud Storage does and the emulator does not are put in front of it:
//   - ifGenerationMatch=0 refuses to replace an object;
//   - an upload in several chunks goes on until its last one. The emulator takes the first chunk for the whole object and reports success. In the bucket
//     "truncating" it is left alone, so that tests can see that this is noticed.
// Usage: node firebase-storage.js [storage.rules]. Prints its address; ends when its input does.
const { mkdtempSync, readFileSync, rmSync } = require("fs");
const { tmpdir } = require("os");
const path = require("path");
const express = require("express");
const { createApp } = require("firebase-tools/lib/emulator/storage/server");
const { StorageLayer } = require("firebase-tools/lib/emulator/storage/files");
const { UploadService } = require("firebase-tools/lib/emulator/storage/upload");
const { EmulatorRegistry } = require("firebase-tools/lib/emulator/registry");
const { Emulators } = require("firebase-tools/lib/emulator/types");
const { Persistence } = require("firebase-tools/lib/emulator/storage/persistence");
const { StorageCloudFunctions } = require("firebase-tools/lib/emulator/storage/cloudFunctions");
const { getAdminOnlyFirebaseRulesValidator, getAdminCredentialValidator, getFirebaseRulesValidator } = require("firebase-tools/lib/emulator/storage/rules/utils");

const project = "demo-spotter";
const nobody = { verify: async () => ({ permitted: false, issues: { exist: () => false, all: [] } }) };
const rules = process.argv[2] ? require("./storage-rules").load(readFileSync(process.argv[2], "utf8")) : nobody;

const folder = mkdtempSync(path.join(tmpdir(), "spotter-storage-"));
const persistence = new Persistence(folder);
const uploadService = new UploadService(persistence);
const files = new Map();
const buckets = new Map();
const layer = (validator) =>
  new StorageLayer(project, files, buckets, validator, getAdminCredentialValidator(), persistence, new StorageCloudFunctions(project));
const emulator = {
  uploadService,
  storageLayer: layer(getFirebaseRulesValidator(() => rules)),
  adminStorageLayer: layer(getAdminOnlyFirebaseRulesValidator()),
  rulesManager: { getRuleset: () => rules },
};

const uploads = "/upload/storage/v1/b/:bucket/o";

function refuseToReplace(request, response, next) {
  const name = request.query.name;
  if (request.query.ifGenerationMatch === "0" && name && files.has(path.join(request.params.bucket, name.toString()))) {
    response.status(412).json({ error: { code: 412, message: "At least one of the pre-conditions you specified did not hold." } });
  } else {
    next();
  }
}

function goOnUntilTheLastChunk(request, response, next) {
  const range = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(request.header("content-range") ?? "");
  if (request.params.bucket === "truncating" || !range) {
    return next();
  }

  const [, first, last, total] = range.map((part) => (part === undefined ? undefined : Number(part)));
  const upload = uploadService.getResumableUpload(request.query.upload_id.toString());
  const incomplete = () => {
    if (upload.size > 0) {
      response.header("range", `bytes=0-${upload.size - 1}`);
    }

    response.status(308).end();
  };
  if (upload.status === "final") {
    return response.json({ name: upload.objectId });
  }

  if (first === undefined ? total > 0 : first !== upload.size) {
    return incomplete();
  }

  if (first === undefined || last + 1 === total) {
    return next();
  }

  express.raw({ type: () => true, limit: "130mb" })(request, response, () => {
    uploadService.continueResumableUpload(upload.id, request.body);
    incomplete();
  });
}

async function main() {
  const app = express();
  app.post(uploads, refuseToReplace);
  app.put(uploads, refuseToReplace, goOnUntilTheLastChunk);
  // What the rules say of a request that would be too large to make: {method, path, file: {before, after}, token}.
  app.post("/ask", express.json(), async (request, response) => response.json((await rules.verify(request.body)).permitted));
  app.use(await createApp(project, emulator));
  const server = app.listen(0, "127.0.0.1", () => {
    const { address, port } = server.address();
    EmulatorRegistry.set(Emulators.STORAGE, { getInfo: () => ({ name: Emulators.STORAGE, host: address, port }) });
    console.log(`http://${address}:${port}`);
  });
}

process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
process.on("SIGTERM", () => process.exit());
process.stdin.resume().on("end", () => process.exit());
main();
