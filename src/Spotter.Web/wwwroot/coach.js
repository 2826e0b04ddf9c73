// Sends good examples one after the other, and shows the new state while they are learnt.
import { clear, guard, holdsRecording, newKey, Refused, send, showFailure, Stopped } from "./sending.js";
import { localise } from "./times.js";

const form = document.getElementById("examples");
const input = document.getElementById("files");
const sending = document.getElementById("examples-sending");
const text = document.getElementById("examples-text");
const bar = document.getElementById("examples-share");
const errors = document.getElementById("examples-errors");
const record = document.getElementById("record");
const words = form.dataset;

const queue = [];
let total = 0;
let stop = null;

function take(files, isRecording = false) {
  for (const file of files) {
    queue.push({ file, isRecording, key: newKey() });
    total += 1;
  }
  input.value = "";
  if (!stop) {
    sendAll();
  }
}

async function sendAll() {
  clear(errors);
  sending.hidden = false;
  let taken = 0;
  while (queue.length > 0) {
    const next = queue[0];
    const at = total - queue.length;
    text.textContent = words.sending.replace("{0}", at + 1).replace("{1}", total);
    try {
      await sendOne(next, (done, size) => (bar.value = (at + (size ? done / size : 0)) / total));
      taken += 1;
    } catch (problem) {
      if (problem instanceof Stopped) {
        queue.splice(0).filter((entry) => entry.isRecording).forEach((entry) => fail(entry, new Error(words.stopped)));
        break;
      }
      fail(next, problem);
    }
    queue.shift();
  }
  [total, stop] = [0, null];
  sending.hidden = true;
  text.textContent = "";
  if (taken > 0) {
    watch();
    refresh();
  }
}

function sendOne({ file, key, isRecording }, progress) {
  stop ??= () => {};
  if (file.size > Number(words.maxBytes)) {
    return Promise.reject(new Refused(words.tooLarge));
  }
  const upload = send(`${form.action}?name=${encodeURIComponent(isRecording ? "" : file.name)}`, file, key, progress, words.failed);
  stop = upload.stop;
  return upload.promise;
}

function fail(entry, problem) {
  const again = problem instanceof Refused ? null : () => {
    queue.push(entry);
    total += 1;
    if (!stop) {
      sendAll();
    }
    return true;
  };
  showFailure(errors, { message: `${entry.file.name ?? ""} ${problem.message}`.trim(), file: entry.file, words, isRecording: entry.isRecording, again });
}

document.getElementById("examples-stop").addEventListener("click", () => stop?.());
input.addEventListener("change", () => take(input.files));
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files ?? []);
});
guard(() => queue.some((entry) => entry.isRecording) || holdsRecording(errors));

record.hidden = !(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
record.addEventListener("click", async () => {
  const recorder = await import("./record.js");
  recorder.open((file) => take([file], true));
});

// While something is being learnt, what the page says is fetched again, all but the form.
let watching = 0;

function watch() {
  clearInterval(watching);
  watching = setInterval(refresh, 2000);
}

const isTouched = (part) => part.contains(document.activeElement) && document.activeElement !== document.body;
const isOpen = (part) => part.matches(":has(details[open])") || [...part.querySelectorAll("video")].some((video) => !video.paused || video.currentTime > 0);

async function refresh() {
  let fresh;
  try {
    const answer = await fetch(location.pathname);
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // the next round may get through
  }
  const parts = "section.card, #examples-heading, main > .examples > li, main > .versions, main > p.quiet";
  const [now, next] = [document.getElementById("main"), fresh.getElementById("main")];
  const [old, young] = [now.querySelectorAll(parts), next.querySelectorAll(parts)];
  if (old.length === young.length) {
    old.forEach((part, at) => {
      if (!isTouched(part) && !isOpen(part) && part.outerHTML !== young[at].outerHTML) {
        part.replaceWith(young[at]);
      }
    });
    localise(now);
  } else if (!document.getElementById("recorder").open && !stop && errors.childElementCount === 0 && ![...old].some((part) => isTouched(part) || isOpen(part))) {
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
