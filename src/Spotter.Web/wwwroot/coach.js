// Sends good examples one after the other, and shows the new state while they are learnt.
const form = document.getElementById("examples");
const input = document.getElementById("files");
const text = document.getElementById("examples-text");
const bar = document.getElementById("examples-share");
const errors = document.getElementById("examples-errors");
const record = document.getElementById("record");
const words = form.dataset;

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function sendAll(files) {
  let wrong = 0;
  bar.hidden = false;
  for (let at = 0; at < files.length; at += 1) {
    text.textContent = words.sending.replace("{0}", at + 1).replace("{1}", files.length);
    bar.value = at / files.length;
    const problem = await send(files[at]);
    if (problem) {
      wrong += 1;
      const line = document.createElement("li");
      line.textContent = `${files[at].name ?? ""} ${problem}`;
      errors.append(line);
    }
  }
  bar.hidden = true;
  text.textContent = "";
  input.value = "";
  if (wrong < files.length) {
    watch();
    refresh();
  }
}

async function send(file) {
  try {
    const name = encodeURIComponent(file.name ?? "");
    const answer = await fetch(`${form.action}?name=${name}`, { method: "POST", body: file, headers: { "Idempotency-Key": newKey() } });
    return answer.ok ? null : ((await answer.json()).detail ?? words.failed);
  } catch {
    return words.failed;
  }
}

input.addEventListener("change", () => sendAll([...input.files]));
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer?.files.length) {
    sendAll([...event.dataTransfer.files]);
  }
});

record.hidden = !(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
record.addEventListener("click", async () => {
  const recorder = await import("./record.js");
  recorder.open((file) => sendAll([file]));
});

// While something is being learnt, what the page says is fetched again, all but the form.
let watching = 0;

function watch() {
  clearInterval(watching);
  watching = setInterval(refresh, 2000);
}

async function refresh() {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, next] = [document.getElementById("main"), fresh.getElementById("main")];
  const parts = "section.card, main > .list, main > .versions, main > p.quiet";
  const [old, young] = [now.querySelectorAll(parts), next.querySelectorAll(parts)];
  if (old.length === young.length) {
    old.forEach((part, at) => {
      if (!part.contains(document.activeElement) || document.activeElement === document.body) {
        part.replaceWith(young[at]);
      }
    });
  } else if (!document.getElementById("recorder").open && bar.hidden) {
    location.reload();
    return;
  }
  if (fresh.getElementById("examples").dataset.busy === "no") {
    clearInterval(watching);
  }
}

if (words.busy === "yes") {
  watch();
}
