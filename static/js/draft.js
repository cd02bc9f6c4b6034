// Keeps what is being typed on the server, and shows how clear it is by now. Without it the form works the same.
"use strict";
(() => {
  const summary = document.getElementById("loi");
  if (summary) summary.focus();
  const form = document.querySelector("form[data-keep]");
  if (!form) return;

  const WAIT = 3000; // milliseconds after the last key
  const WORDS = { met: "đạt", warned: "đạt, cần để ý", failing: "chưa đạt", unknown: "chưa kiểm tra" };
  const TONES = { met: "good", warned: "warn", failing: "late", unknown: "neutral" };
  const told = document.getElementById("giu");
  let changed = false, timer = 0, sending = null;

  const say = (text) => { if (told.textContent !== text) told.textContent = text; };

  const remark = ([text, isFault]) => {
    const line = document.createElement("li");
    line.dataset.tone = isFault ? "late" : "warn";
    const sign = document.getElementById(isFault ? "sign-failing" : "sign-warned");
    if (sign) line.append(sign.content.cloneNode(true));
    const words = document.createElement("span");
    if (!isFault) {
      const bold = document.createElement("b");
      bold.textContent = "Lưu ý:";
      words.append(bold, " ");
    }
    words.append(text);
    line.append(words);
    return line;
  };

  const show = (report) => {
    if (!report.criteria) return;
    document.querySelectorAll("[data-remarks]").forEach((list) => {
      list.replaceChildren(...(report.remarks[list.dataset.remarks] || []).map(remark));
    });
    document.querySelectorAll("[data-criterion]").forEach((line) => {
      const state = report.criteria[line.dataset.criterion];
      if (!state) return;
      line.dataset.state = state;
      line.dataset.tone = TONES[state];
      const sign = document.getElementById("sign-" + state);
      if (sign) line.querySelector(".sign").replaceChildren(sign.content.cloneNode(true));
      const word = line.querySelector("[data-word]");
      const aside = word.textContent.match(/ \(.*\)$/);
      word.textContent = WORDS[state] + (aside ? aside[0] : "");
    });
  };

  const keep = async (isLeaving) => {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "keep");
    sending = new AbortController();
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, keepalive: isLeaving, signal: sending.signal,
      });
      if (answer.redirected) return say(told.dataset.lapsed);
      if (answer.status === 204) return;
      if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) return say(told.dataset.lost);
      const report = await answer.json();
      if (report.fault) return say(report.fault);
      say(`${told.dataset.kept} ${new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}`);
      show(report);
    } catch (fault) {
      if (fault.name === "AbortError") return;
      changed = true;
      say(told.dataset.offline);
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT, false);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
    if (sending) sending.abort();
  });
})();
