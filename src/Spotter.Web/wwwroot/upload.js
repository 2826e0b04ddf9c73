// Sends a clip while telling how far it is, by button, drag and drop, or camera.
import { clear, guard, holdsRecording, newKey, Refused, send, showFailure, Stopped } from "./sending.js";

const form = document.getElementById("upload");
const input = document.getElementById("clip");
const drop = form.querySelector(".drop");
const sending = document.getElementById("sending");
const text = document.getElementById("sending-text");
const bar = document.getElementById("sending-share");
const errors = document.getElementById("upload-error");
const record = document.getElementById("record");
const person = document.getElementById("person");
const words = form.dataset;
const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
const PersonKey = "spotter-person";
let stop = null;
let precious = false;

/** Sends a clip; false where another one is being sent. */
function take(file, isRecording = false, key = newKey()) {
  const again = () => take(file, isRecording, key);
  if (stop) {
    say(words.busy);
    return false;
  }
  clear(errors);
  if (file.size > Number(words.maxBytes)) {
    fail(words.tooLarge, file, isRecording);
    return true;
  }
  precious = isRecording;
  const fields = new FormData(form);
  const query = new URLSearchParams({ exercise: fields.get("exercise") ?? "", name: isRecording ? "" : file.name, person: fields.get("person") ?? "" });
  remember(fields.get("person"));
  run(file, query, key).then(
    (answer) => {
      precious = false;
      if (holdsRecording(errors)) {
        busy(false); // whoever is asked whether to leave may stay
      }
      location.assign(`/r/${answer.id}`);
    },
    (problem) => {
      busy(false);
      precious = false; // from now on the line holds it
      if (!(problem instanceof Stopped)) {
        fail(problem.message, file, isRecording, problem instanceof Refused ? null : again);
      } else if (isRecording) {
        fail(words.stopped, file, isRecording, again);
      }
    },
  );
  return true;
}

async function run(file, query, key) {
  busy(true);
  progress(0, file.size);
  if (words.direct) {
    const stored = await sendDirect(file);
    if (stored) {
      return through(`/api/clips/${stored}/stored?${query}`, new Blob(), key);
    }
  }
  return through(`/api/clips?${query}`, file, key);
}

function through(address, file, key) {
  const upload = send(address, file, key, progress, words.failed);
  stop = upload.stop;
  return upload.promise;
}

// Past the server, where it says so. Whatever keeps a browser from that (sign-in switched off, a network without Google), the server takes clips as ever.
async function sendDirect(file) {
  let stopped = false;
  let task = null;
  stop = () => {
    stopped = true;
    task?.cancel();
  };
  try {
    const { sendToStorage } = await import("./direct.js");
    const id = await sendToStorage(JSON.parse(words.direct), file, progress, (started) => {
      task = started;
      if (stopped) {
        task.cancel();
      }
    });
    if (!stopped) {
      return id;
    }
  } catch (problem) {
    if (!stopped) {
      console.warn("The clip goes through the server:", problem);
      return null;
    }
  }
  throw new Stopped();
}

function progress(done, total) {
  bar.value = total ? done / total : 1;
  text.textContent = done < total ? words.sending.replace("{0}", Math.round((100 * done) / total)) : words.checking;
}

function say(message) {
  clear(errors);
  showFailure(errors, { message, words });
}

function fail(message, file, isRecording, again) {
  input.value = "";
  clear(errors);
  showFailure(errors, { message: `${isRecording ? "" : file.name} ${message}`.trim(), file, words, isRecording, again });
}

function busy(on) {
  if (!on) {
    stop = null;
    input.value = "";
  }
  sending.hidden = !on;
  drop.hidden = on;
  record.hidden = on || !canRecord;
}

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

document.getElementById("sending-stop").addEventListener("click", () => stop?.());
input.addEventListener("change", () => {
  if (input.files.length > 0) {
    take(input.files[0]);
  }
});
form.addEventListener("submit", (event) => event.preventDefault());
guard(() => precious || holdsRecording(errors));

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
  const files = event.dataTransfer?.files ?? [];
  if (files.length > 1) {
    say(words.one);
  } else if (files.length === 1) {
    take(files[0]);
  }
});

// The picture goes with the exercise.
function showStand() {
  const chosen = new FormData(form).get("exercise") ?? "";
  for (const stand of document.querySelectorAll(".stand")) {
    stand.hidden = stand.dataset.exercise !== chosen;
  }
}

form.querySelector(".exercises").addEventListener("change", showStand);
showStand();

record.hidden = !canRecord;
record.addEventListener("click", async () => {
  const recorder = await import("./record.js");
  recorder.open((file) => take(file, true) || fail(words.busy, file, true, () => take(file, true)));
});
