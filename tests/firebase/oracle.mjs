// What Google's own JavaScript client of the Realtime Database makes of a sequence of operations, without any network.
// In: one JSON array of operations a line. Out: one JSON array of results a line, { value } or { error } each.
import { createInterface } from "node:readline";
import { initializeApp } from "@firebase/app";
import {
  endAt, equalTo, getDatabase, goOffline, limitToFirst, limitToLast, onValue, orderByChild, orderByKey, orderByValue, push, query, ref, set, startAt, update,
} from "@firebase/database";

let sequences = 0;

function open() {
  const app = initializeApp({ databaseURL: "http://localhost:1/?ns=oracle" }, `oracle-${sequences++}`);
  const database = getDatabase(app);
  goOffline(database);
  return database;
}

function read(target) {
  let found;
  onValue(target, snapshot => {
    const order = [];
    snapshot.forEach(child => { order.push(child.key); });
    found = { value: snapshot.val(), order };
  }, { onlyOnce: true });
  if (!found) throw new Error("the client did not answer at once");
  return found;
}

const orders = { $key: orderByKey, $value: orderByValue };

function constraints(step) {
  const list = [(orders[step.orderBy] ?? (() => orderByChild(step.orderBy)))()];
  if ("startAt" in step) list.push(startAt(step.startAt));
  if ("endAt" in step) list.push(endAt(step.endAt));
  if ("equalTo" in step) list.push(equalTo(step.equalTo));
  if ("limitToFirst" in step) list.push(limitToFirst(step.limitToFirst));
  if ("limitToLast" in step) list.push(limitToLast(step.limitToLast));
  return list;
}

function apply(database, step) {
  const node = step.path ? ref(database, step.path) : ref(database);
  switch (step.do) {
    case "put": set(node, step.value).catch(() => {}); return {};
    case "patch": update(node, step.value).catch(() => {}); return {};
    case "get": return read(node);
    case "query": return read(query(node, ...constraints(step)));
    case "push": return { value: push(node).key };
    default: throw new Error(`unknown step ${step.do}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const database = open();
  // A whole that was written here is known here: without it, an offline client would wait for the server.
  set(ref(database), null).catch(() => {});
  const results = JSON.parse(line).map(step => {
    try {
      return apply(database, step);
    } catch (error) {
      return { error: String(error.message) };
    }
  });
  process.stdout.write(JSON.stringify(results) + "\n");
}
process.exit(0);
