// Times in the reader's own zone and words.
const locale = document.documentElement.dataset.locale || undefined;
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
for (const element of document.querySelectorAll("time[datetime]")) {
  const when = new Date(element.dateTime);
  if (!Number.isNaN(when.valueOf())) {
    element.textContent = whole.format(when);
  }
}
