// Takes the answer out of the address bar and the tab's history before
// anything else, says which tab this is, and goes on to the verdict.
(function () {
  "use strict";
  var arrival = document.getElementById("arrival").dataset.arrival;
  var next = "/verdict/" + arrival;
  history.replaceState(null, "", next);
  var tab = "";
  try {
    tab = sessionStorage.getItem("granthelper-tab") || "";
  } catch (refused) {
    // The cookie has to do.
  }
  function goOn() {
    location.replace(next);
  }
  fetch("/bind", {
    method: "POST",
    headers: { "Content-Type": "application/vnd.granthelper.tab" },
    body: "arrival=" + arrival + "&tab=" + tab,
    cache: "no-store",
    redirect: "error"
  }).then(goOn, goOn);
})();
