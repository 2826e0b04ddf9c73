// Decides by the rules of a Realtime Database what a request may do, with targaryen. Usage: node database-rules.js database.rules.json.
// Each POST is one question, in JSON: who (auth: {uid} or null), what is there (data), when (now), and read {path, query}, write {path, value} or update {path, values}.
// Prints its address; ends when its input does.
const { readFileSync } = require("fs");
const http = require("http");
const targaryen = require("targaryen");

const rules = JSON.parse(readFileSync(process.argv[2], "utf8"));

function answer({ auth, data, now, read, write, update }) {
  const database = targaryen.database(rules, data, now).as(auth).with({ debug: true });
  if (read) {
    return database.read(read.path, { now, query: read.query });
  }

  return write ? database.write(write.path, write.value, undefined, now) : database.update(update.path, update.values, now);
}

const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const part of request) {
    body += part;
  }

  try {
    const { allowed, info } = answer(JSON.parse(body));
    response.end(JSON.stringify({ allowed, info }));
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ info: error.stack }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().on("end", () => process.exit());
