// Records a clip with the camera: looks, counts down, records, hands the clip over.
const dialog = document.getElementById("recorder");
const preview = document.getElementById("preview");
const countdown = document.getElementById("countdown");
const error = document.getElementById("recorder-error");
const go = document.getElementById("recorder-go");
const turn = document.getElementById("recorder-turn");
const types = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const CountFrom = 5;

let stream = null;
let facing = "environment";
let recorder = null;
let counting = 0;
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
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
      audio: false,
    });
    preview.srcObject = stream;
    await preview.play();
    go.disabled = false;
  } catch {
    error.textContent = dialog.dataset.unavailable;
    go.disabled = true;
  }
}

function stopCamera() {
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
  stream = null;
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
  recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 6_000_000 });
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
}

go.addEventListener("click", () => {
  if (recorder) {
    recorder.stop();
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
  countdown.textContent = "";
  go.textContent = dialog.dataset.start;
  turn.disabled = false;
  dialog.classList.remove("recording");
}

document.getElementById("recorder-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
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
