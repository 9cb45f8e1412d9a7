// Keeps this tab's value for the way back and goes on to the sign-in page,
// leaving no start page behind in the tab's history.
(function () {
  "use strict";
  var go = document.getElementById("continue");
  try {
    sessionStorage.setItem("granthelper-tab", go.dataset.tab);
  } catch (refused) {
    // Without it the way back is recognised by the cookie, and the app asks.
  }
  document.getElementById("by-itself").hidden = false;
  location.replace(go.href);
})();
