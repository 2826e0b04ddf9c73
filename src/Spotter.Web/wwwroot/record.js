// Records a clip with the camera: looks, counts down, records until it is stopped or as long as is taken, hands the clip over.
const dialog = document.getElementById("recorder");
const preview = document.getElementById("preview");
const countdown = document.getElementById("countdown");
const clock = document.getElementById("recorder-clock");
const error = document.getElementById("recorder-error");
const go = document.getElementById("recorder-go");
const turn = document.getElementById("recorder-turn");
const types = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const CountFrom = 5;
const Bits = 6_000_000;
// The file may come out a little longer than was asked for.
const Longest = Number(dialog.dataset.longest) - 2;

let stream = null;
let looks = 0;
let facing = "environment";
let recorder = null;
let counting = 0;
let ticking = 0;
let done = null;

export async function open(whenDone) {
  done = whenDone;
  error.textContent = "";
  countdown.textContent = "";
  dialog.showModal();
  await look();
}

async function look() {
  stopCamera();
  const mine = (looks += 1);
  go.disabled = true;
  try {
    const found = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
      audio: false,
    });
    // The dialog may have been closed, or another camera asked for, while the person was asked.
    if (mine !== looks || !dialog.open) {
      found.getTracks().forEach((track) => track.stop());
      return;
    }
    stream = found;
    preview.srcObject = stream;
    await preview.play();
    go.disabled = false;
  } catch {
    if (mine === looks && dialog.open) {
      error.textContent = dialog.dataset.unavailable;
    }
  }
}

function stopCamera() {
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
  stream = null;
  preview.srcObject = null;
}

function count(seconds) {
  countdown.textContent = seconds > 0 ? seconds : "";
  if (seconds > 0) {
    counting = setTimeout(() => count(seconds - 1), 1000);
  } else {
    counting = 0;
    start();
  }
}

function start() {
  const parts = [];
  const type = types.find((known) => MediaRecorder.isTypeSupported(known));
  const began = performance.now();
  recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: Bits });
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    const whole = new Blob(parts, { type });
    const wanted = recorder !== null;
    recorder = null;
    if (wanted && whole.size > 0) {
      dialog.close();
      done(whole);
    }
  });
  recorder.start(1000);
  dialog.classList.add("recording");
  ticking = setInterval(() => {
    const seconds = (performance.now() - began) / 1000;
    clock.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
    if (seconds >= Longest) {
      finish();
    }
  }, 250);
}

function finish() {
  clearInterval(ticking);
  if (recorder?.state === "recording") {
    recorder.stop();
  }
}

go.addEventListener("click", () => {
  if (recorder) {
    finish();
  } else if (counting === 0) {
    go.textContent = dialog.dataset.stop;
    turn.disabled = true;
    count(CountFrom);
  } else {
    clearTimeout(counting);
    counting = 0;
    rest();
  }
});

turn.addEventListener("click", () => {
  facing = facing === "environment" ? "user" : "environment";
  look();
});

function rest() {
  clearInterval(ticking);
  countdown.textContent = "";
  clock.textContent = "";
  go.textContent = dialog.dataset.start;
  turn.disabled = false;
  dialog.classList.remove("recording");
}

document.getElementById("recorder-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  looks += 1;
  clearTimeout(counting);
  counting = 0;
  if (recorder) {
    const abandoned = recorder;
    recorder = null;
    abandoned.stop();
  }
  rest();
  stopCamera();
});
