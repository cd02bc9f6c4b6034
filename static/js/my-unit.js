/* Remembers the reader's own ward on this device only; every page works without it. */
(function () {
  "use strict";
  var KEY = "namro.unit", store;
  try { store = window.localStorage; } catch (refused) { return; }
  var form = document.querySelector(".mine form"), box = document.querySelector("[data-mine]");
  if (form) {
    form.addEventListener("submit", function () {
      var chosen = form.elements.den.selectedOptions[0];
      if (chosen && chosen.value) {
        try { store.setItem(KEY, JSON.stringify({ slug: chosen.value, name: chosen.text })); } catch (full) { /* nothing lost */ }
      }
    });
  }
  if (!box) { return; }
  var kept = null;
  try { kept = JSON.parse(store.getItem(KEY)); } catch (spoiled) { store.removeItem(KEY); }
  if (!kept || !/^[a-z0-9-]+$/.test(kept.slug)) { return; }
  var link = box.querySelector("[data-mine-link]");
  link.href = link.href.replace(/\/$/, "") + "/" + kept.slug;
  link.textContent = kept.name;
  box.hidden = false;
  box.querySelector("[data-mine-forget]").addEventListener("click", function () {
    store.removeItem(KEY);
    box.hidden = true;
  });
})();
