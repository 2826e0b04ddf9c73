// An S3 server (s3rver) with an empty bucket "clips", for whoever signs as S3RVER with the secret S3RVER. Prints its address; ends when its input does.
// What it lacks of Amazon's, put in front of it: "If-None-Match: *" refuses to replace an object.
const { existsSync, mkdtempSync, rmSync } = require("fs");
const { tmpdir } = require("os");
const http = require("http");
const path = require("path");
const S3rver = require("s3rver");

const folder = mkdtempSync(path.join(tmpdir(), "spotter-s3-"));
const store = new S3rver({ directory: folder, silent: true, allowMismatchedSignatures: false, configureBuckets: [{ name: "clips" }] });

async function main() {
  await store.configureBuckets();
  const answer = store.callback();
  const server = http.createServer((request, response) => {
    if (request.method === "PUT" && request.headers["if-none-match"] === "*") {
      const [bucket, ...name] = decodeURIComponent(new URL(request.url, "http://host").pathname).slice(1).split("/");
      if (existsSync(path.join(folder, bucket, `${name.join("/")}._S3rver_object`))) {
        request.resume();
        response.writeHead(412, { "content-type": "application/xml" }).end("<Error><Code>PreconditionFailed</Code><Message>It exists.</Message></Error>");
        return;
      }
    }

    answer(request, response);
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}

process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
process.on("SIGTERM", () => process.exit());
process.stdin.resume().on("end", () => process.exit());
main();
