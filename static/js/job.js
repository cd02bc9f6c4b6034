// Shows how far long work is without loading the page again. Without it the page has a button, and refreshes itself.
"use strict";
(() => {
  const box = document.querySelector("[data-job]");
  if (!box) return;
  const words = document.getElementById("tien-trinh");
  const bar = box.querySelector("progress");
  const PAUSE = 2000, SLOWER = 10000; // milliseconds

  const look = async () => {
    let pause = PAUSE;
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      if (told.over) { location.reload(); return; }
      if (words.textContent !== told.words) words.textContent = told.words;
      if (told.total) { bar.max = told.total; bar.value = told.done; }
    } catch {
      pause = SLOWER; // the server is away, or the session ended: the button still works
    }
    setTimeout(look, pause);
  };
  setTimeout(look, PAUSE);
})();
