// Follows a clip while it waits and is judged; shows the result as soon as there is one.
const live = document.getElementById("live");
const text = document.getElementById("live-text");
const bar = document.getElementById("live-share");
const left = document.getElementById("live-left");
const words = live.dataset;

const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, at) => values[at]);

function describe(status) {
  if (status.state === "waiting") {
    if (status.ahead !== undefined) {
      return status.ahead > 0 ? fill(words.ahead, status.ahead) : words.next;
    }
  }
  if (!status.stage) {
    return words.start;
  }
  if (status.stage === "annotate" && status.frames >= status.framesExpected) {
    return words.finishing;
  }
  return fill(words[status.stage] ?? words.start, status.frames, status.framesExpected);
}

const describeLeft = (seconds) => (seconds > 90 ? fill(words.leftMinutes, Math.ceil(seconds / 60)) : fill(words.left, Math.ceil(seconds)));

function show(status) {
  text.textContent = describe(status);
  bar.value = status.share ?? 0;
  left.textContent = status.secondsLeft > 1 ? describeLeft(status.secondsLeft) : "";
}

if (text) {
  const events = new EventSource(words.events);
  events.addEventListener("status", (event) => {
    const status = JSON.parse(event.data);
    if (["done", "set-aside", "cancelled"].includes(status.state)) {
      events.close();
      location.reload();
      return;
    }
    show(status);
  });
  // The browser connects again by itself, unless the clip was deleted.
  events.onerror = () => {
    text.textContent = words.lost;
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(() => location.reload(), 3000);
    }
  };
}
