/* Suggestions under the search field: a combobox as the ARIA Authoring Practices describe it. The form works without it. */
(function () {
  "use strict";
  var WAIT = 150, FEWEST = 2;
  var field = document.querySelector("input[data-suggest]");
  if (!field || !window.fetch || !window.AbortController) { return; }
  var form = field.form, id = field.id + "-goi-y", active = -1, timer = 0, asking = null, asked = "", composing = false;

  function make(tag, names) {
    var made = document.createElement(tag);
    Object.keys(names).forEach(function (name) { made.setAttribute(name, names[name]); });
    return made;
  }
  var list = make("ul", { id: id, role: "listbox", "class": "suggested", "aria-labelledby": field.id + "-nhan" });
  var told = make("p", { "class": "unseen", role: "status" });
  list.hidden = true;
  field.labels[0].id = field.id + "-nhan";
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" })
    .forEach(function (one) { field.setAttribute(one[0], one[1]); });
  form.append(list, told);

  function close() {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function stop() {
    clearTimeout(timer);
    if (asking) { asking.abort(); asking = null; }
    asked = "";
  }
  function choose(place) {
    var options = list.children;
    if (active >= 0) { options[active].setAttribute("aria-selected", "false"); }
    active = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    if (active < 0) { field.removeAttribute("aria-activedescendant"); return; }
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[active].id);
  }
  function go(option) { window.location.assign(option.dataset.href); }
  function line(one, place) {
    var option = make("li", { id: id + "-" + place, role: "option", "aria-selected": "false" });
    option.dataset.href = one.href;
    [["kind", one.kind], ["said", one.label], ["aside", one.note]].forEach(function (part) {
      if (!part[1]) { return; }
      var piece = make("span", part[0] === "said" ? { "class": part[0], lang: "vi" } : { "class": part[0] });
      piece.textContent = part[1] + " ";
      option.append(piece);
    });
    return option;
  }
  function show(answer) {
    close();
    told.textContent = answer.said;
    if (!answer.items.length) { return; }
    list.append.apply(list, answer.items.map(line));
    list.style.top = field.offsetTop + field.offsetHeight + "px";
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }
  function ask() {
    var typed = field.value.trim();
    if (typed === asked && !list.hidden) { return; }
    stop();
    if (composing || typed.length < FEWEST || document.activeElement !== field) { close(); return; }
    asked = typed;
    asking = new AbortController();
    fetch(field.dataset.suggest + "?q=" + encodeURIComponent(field.value), { signal: asking.signal, credentials: "omit" })
      .then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.json(); })
      .then(function (answer) { if (asked === typed && document.activeElement === field) { show(answer); } })
      .catch(function () { if (asked === typed) { close(); } });  // no suggestions are no fault
  }
  function later() { clearTimeout(timer); timer = setTimeout(ask, WAIT); }

  field.addEventListener("compositionstart", function () { composing = true; stop(); });
  field.addEventListener("compositionend", function () { composing = false; later(); });
  field.addEventListener("input", function (event) { if (!event.isComposing && !composing) { later(); } });
  field.addEventListener("blur", function () { stop(); close(); });
  form.addEventListener("submit", function () { stop(); close(); });
  field.addEventListener("keydown", function (event) {
    if (event.isComposing || composing || event.ctrlKey || event.metaKey) { return; }
    var open = !list.hidden, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (open) { choose(event.altKey ? active : active + step); } else { asked = ""; ask(); }
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      stop();
      close();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      go(list.children[active]);
    }
  });
  list.addEventListener("pointerdown", function (event) { event.preventDefault(); });  // the field keeps the focus
  list.addEventListener("click", function (event) {
    var option = event.target.closest("[role=option]");
    if (option) { go(option); }
  });
})();
