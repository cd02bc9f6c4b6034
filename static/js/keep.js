/* Lets pages somebody has seen be read without a network; every page works without it. */
(function () {
  "use strict";
  var me = document.currentScript, helper = navigator.serviceWorker;
  if (!helper || !window.caches) { return; }

  /* The one address that may become a worker: the page's policy allows this name and nothing else. */
  function address() {
    var named = me.getAttribute("data-worker");
    if (!window.trustedTypes) { return named; }
    return window.trustedTypes.createPolicy("giu-trang", {
      createScriptURL: function (asked) {
        if (asked !== named || !/^(\/[\w.~-]+)*\/sw\.js$/.test(asked)) { throw new TypeError("another worker: " + asked); }
        return asked;
      }
    }).createScriptURL(named);
  }
  function files() {
    return window.performance.getEntriesByType("resource")
      .map(function (one) { return one.name; })
      .filter(function (name) { return name.indexOf("/static/") > 0; });
  }
  window.addEventListener("load", function () {
    var isFirst = !helper.controller;
    try {
      helper.register(address(), { updateViaCache: "none" }).then(function () { return helper.ready; }).then(function (ready) {
        if (isFirst) { ready.active.postMessage({ seen: true, files: files() }); }
      }).catch(function () { /* a private window keeps nothing, and that is right */ });
    } catch (refused) { /* nor does a browser that may not */ }
  });

  /* The list of kept pages: forgetting them. */
  var box = document.querySelector("[data-forget-kept]");
  if (box) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", function () {
      window.caches.delete("namro-trang").then(function () { window.location.reload(); });
    });
  }
})();
