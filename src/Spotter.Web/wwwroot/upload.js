// Sends a clip while telling how far it is, by button, drag and drop, or camera.
const form = document.getElementById("upload");
const input = document.getElementById("clip");
const drop = form.querySelector(".drop");
const sending = document.getElementById("sending");
const text = document.getElementById("sending-text");
const bar = document.getElementById("sending-share");
const error = document.getElementById("upload-error");
const words = form.dataset;
let request = null;

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function send(file, name) {
  error.textContent = "";
  const fields = new FormData(form);
  const query = new URLSearchParams({ exercise: fields.get("exercise") ?? "", name: name ?? file.name ?? "", person: fields.get("person") ?? "" });
  remember(fields.get("person"));
  if (form.dataset.direct) {
    sendDirect(file, query);
  } else {
    attempt(`/api/clips?${query}`, file, newKey(), 3);
  }
}

// Past the server, where it says so. Whatever keeps a browser from that (sign-in switched off, a network without Google), the server takes clips as ever.
async function sendDirect(file, query) {
  busy(true);
  progress(0, file.size);
  let stopped = false;
  request = { abort: () => (stopped = true) };
  try {
    const { sendToStorage } = await import("./direct.js");
    const id = await sendToStorage(JSON.parse(form.dataset.direct), file, progress, (task) => {
      request = { abort: () => (stopped = task.cancel()) };
      if (stopped) {
        task.cancel();
      }
    });
    attempt(`/api/clips/${id}/stored?${query}`, new Blob(), newKey(), 3);
  } catch (problem) {
    if (!stopped) {
      console.warn("The clip goes through the server:", problem);
      attempt(`/api/clips?${query}`, file, newKey(), 3);
    }
  }
}

const person = document.getElementById("person");
const PersonKey = "spotter-person";

function remember(name) {
  try {
    localStorage.setItem(PersonKey, name ?? "");
  } catch {
    // Storage is off: the name is asked for next time.
  }
}

try {
  person.value = localStorage.getItem(PersonKey) ?? "";
} catch {
  person.value = "";
}

// A connection that breaks is tried again under the same key, so that no clip is handed in twice.
function attempt(address, file, key, triesLeft) {
  request = new XMLHttpRequest();
  request.open("POST", address);
  request.responseType = "json";
  request.setRequestHeader("Idempotency-Key", key);
  request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
  request.addEventListener("load", () => finish(request));
  request.addEventListener("error", () => {
    if (triesLeft > 1) {
      setTimeout(() => attempt(address, file, key, triesLeft - 1), 1500);
    } else {
      fail(words.failed);
    }
  });
  busy(true);
  progress(0, file.size);
  request.send(file);
}

function progress(done, total) {
  bar.value = total ? done / total : 1;
  text.textContent = done < total ? words.sending.replace("{0}", Math.round((100 * done) / total)) : words.checking;
}

function finish(answer) {
  if (answer.status === 200 || answer.status === 201) {
    location.assign(`/r/${answer.response.id}`);
  } else {
    fail(answer.response?.detail ?? words.failed);
  }
}

function fail(message) {
  busy(false);
  input.value = "";
  error.textContent = message;
}

function busy(on) {
  sending.hidden = !on;
  drop.hidden = on;
  record.hidden = on || !canRecord;
}

document.getElementById("sending-stop").addEventListener("click", () => {
  request?.abort();
  busy(false);
  input.value = "";
});

input.addEventListener("change", () => {
  if (input.files.length > 0) {
    send(input.files[0]);
  }
});
form.addEventListener("submit", (event) => event.preventDefault());

let inside = 0;
document.addEventListener("dragenter", (event) => {
  event.preventDefault();
  inside += 1;
  drop.classList.add("over");
});
document.addEventListener("dragleave", () => {
  inside -= 1;
  drop.classList.toggle("over", inside > 0);
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  inside = 0;
  drop.classList.remove("over");
  const file = event.dataTransfer?.files[0];
  if (file) {
    send(file);
  }
});

const record = document.getElementById("record");
const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
record.hidden = !canRecord;
record.addEventListener("click", async () => {
  const recorder = await import("./record.js");
  recorder.open((file) => send(file, ""));
});
