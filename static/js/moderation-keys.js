// One-letter keys for moderators, who may change them or turn them off; without it Tab and Alt + key work the same.
"use strict";
(() => {
  const head = document.querySelector("main .head");
  if (!head) return;
  let store = null;
  try { store = window.localStorage; } catch { /* refused: the choice lasts as long as the page */ }
  const NAME = "kiem-duyet.phim";
  // What there is to do, on either page: the key it has until somebody chooses another, its words, where it is.
  const DEEDS = [
    ["k", "Nhận việc kế tiếp", "[accesskey=k]"],
    ["j", "Ý kiến sau trong danh sách", () => step(1)],
    ["i", "Ý kiến trước trong danh sách", () => step(-1)],
    ["d", "Đến phần quyết định", "[accesskey=d]"],
    ["l", "Đến ô lý do", "[accesskey=l]"],
    ["x", "Xem bản đăng", "[accesskey=x]"],
    ["g", "Ghi quyết định, sang ý kiến kế tiếp", "[accesskey=g]"],
  ];
  const kept = () => {
    try { return JSON.parse(store.getItem(NAME)) || {}; } catch { return {}; }
  };
  const state = { off: false, keys: {}, ...kept() };
  const keep = () => { try { store.setItem(NAME, JSON.stringify(state)); } catch { /* not remembered */ } };
  const keyOf = (deed) => state.keys[deed[0]] || deed[0];

  const make = (tag, words, ...inside) => {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    made.append(...inside);
    return made;
  };

  const step = (by) => {
    const links = [...document.querySelectorAll(".cases .name a")];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (next) next.focus();
  };

  const act = (target) => {
    if (target.matches("select, textarea")) { target.focus(); return; }
    if (target.matches("input[type=radio]")) { target.checked = true; target.focus(); return; }
    // Nothing is decided by one stray key: without a choice the focus goes to the choices.
    const form = target.closest("form");
    const open = form && target.value === "decide" && !form.querySelector("[name=decision]:checked");
    if (open) form.querySelector("[name=decision]").focus(); else target.click();
  };

  const typing = (at) => at.closest("select, textarea, input:not([type=radio], [type=checkbox]), [contenteditable]");

  const dialog = make("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "phim-tat");
  const title = make("h2", "Phím tắt một chữ");
  title.id = "phim-tat";
  const told = make("p");
  told.setAttribute("role", "status");
  const list = make("ul");
  list.className = "rows";
  DEEDS.forEach((deed, n) => {
    const field = make("input");
    Object.assign(field, { id: `phim-${n}`, className: "input", maxLength: 1, value: keyOf(deed), autocomplete: "off" });
    const label = make("label", deed[1]);
    label.htmlFor = field.id;
    field.addEventListener("change", () => {
      const chosen = field.value.toLowerCase();
      const taken = DEEDS.some((other) => other !== deed && keyOf(other) === chosen);
      if (!/^[a-z]$/.test(chosen) || taken) {
        told.textContent = taken ? `Phím ${chosen} đã dùng cho việc khác.` : "Đề nghị chọn một chữ không dấu, từ a đến z.";
        field.value = keyOf(deed);
        return;
      }
      state.keys = { ...state.keys, [deed[0]]: chosen };
      keep();
      told.textContent = `Đã đổi: ${chosen} – ${deed[1]}.`;
    });
    list.append(make("li", "", field, label));
  });
  const fixed = make("p", "Phím 1 đến 9: chọn quyết định theo thứ tự. Phím ?: mở bảng này. Phím Esc: đóng.");
  const box = make("input");
  Object.assign(box, { type: "checkbox", id: "phim-dung", checked: !state.off });
  const said = make("label", "Dùng phím tắt một chữ (nhớ trên máy này)");
  said.htmlFor = box.id;
  box.addEventListener("change", () => { state.off = !box.checked; keep(); });
  const option = make("div", "", box, said);
  option.className = "option";
  const close = make("button", "Đóng");
  Object.assign(close, { type: "button", className: "button quiet" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, make("p", "Chỉ có tác dụng khi con trỏ không ở trong ô nhập."), option, list, fixed, told, close);
  const opener = make("button", "Phím tắt một chữ (?)");
  Object.assign(opener, { type: "button", className: "button quiet mini" });
  opener.addEventListener("click", () => dialog.showModal());
  head.append(make("p", "", opener));
  document.body.append(dialog);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (dialog.open || typing(event.target) || state.off) return;
    const key = event.key.toLowerCase();
    if (key === "?") { event.preventDefault(); dialog.showModal(); return; }
    const deed = DEEDS.find((one) => keyOf(one) === key);
    const what = deed ? deed[2] : /^[1-9]$/.test(key) ? `[accesskey="${key}"]` : null;
    if (!what) return;
    if (typeof what === "function") { event.preventDefault(); what(); return; }
    const target = document.querySelector(what);
    if (target) { event.preventDefault(); act(target); }
  });
})();
