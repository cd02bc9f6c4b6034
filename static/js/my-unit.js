/* Remembers the reader's own ward on this device only; every page works without it. */
(function () {
  "use strict";
  var KEY = "namro.unit", store;
  try { store = window.localStorage; } catch (refused) { return; }

  function keep(slug, name) {
    try { store.setItem(KEY, JSON.stringify({ slug: slug, name: name })); } catch (full) { /* nothing lost */ }
  }
  function kept() {
    var found = null;
    try { found = JSON.parse(store.getItem(KEY)); } catch (spoiled) { store.removeItem(KEY); }
    return found && /^[a-z0-9-]+$/.test(found.slug) ? found : null;
  }
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  /* Choosing: from the list of the form, or by touching a ward. */
  var form = document.querySelector(".mine form");
  if (form && form.elements.den) {
    form.addEventListener("submit", function () {
      var chosen = form.elements.den.selectedOptions[0];
      if (chosen && chosen.value) { keep(chosen.value, chosen.text); }
    });
  }
  each("a[data-unit]", function (link) {
    link.addEventListener("click", function () { keep(link.getAttribute("data-unit"), link.textContent); });
  });

  /* The first page: the way back to what was chosen, and the way to forget it. */
  var box = document.querySelector("[data-mine]"), mine = kept();
  if (box && mine) {
    var link = box.querySelector("[data-mine-link]");
    link.href = link.href.replace(/\/$/, "") + "/" + mine.slug;
    link.textContent = mine.name;
    box.hidden = false;
    box.querySelector("[data-mine-forget]").addEventListener("click", function () {
      store.removeItem(KEY);
      box.hidden = true;
    });
  }

  /* A ward's own page: remember this one, or forget it. */
  each("[data-here]", function (here) {
    var slug = here.getAttribute("data-here"), is = here.querySelector("[data-here-is]"),
      not = here.querySelector("[data-here-not]");
    function tell() {
      var now = kept();
      is.hidden = !now || now.slug !== slug;
      not.hidden = !is.hidden;
    }
    not.querySelector("button").addEventListener("click", function () {
      keep(slug, here.getAttribute("data-name"));
      tell();
      is.querySelector("button").focus();
    });
    is.querySelector("button").addEventListener("click", function () {
      store.removeItem(KEY);
      tell();
      not.querySelector("button").focus();
    });
    tell();
    here.hidden = false;
  });
})();
