// Draws the days of a simulation as bars; the table below says the same without a picture.
(function () {
  "use strict";

  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw(box) {
    if (!window.echarts || box.dataset.drawn) {
      return;
    }
    box.dataset.drawn = "true";
    var days = JSON.parse(box.dataset.days);
    var chart = window.echarts.init(box);
    chart.setOption({
      animation: false,
      color: [color("--green") || "#1f5c57", color("--amber") || "#f2b24c"],
      legend: { bottom: 0 },
      grid: { left: 48, right: 16, top: 16, bottom: 48 },
      // Drawn on the canvas: the pages allow no inline style, which tooltips of HTML need
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: days.map(function (day) { return day.date; }) },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        { name: box.dataset.tasks, type: "bar", data: days.map(function (day) { return day.tasks; }) },
        { name: box.dataset.mails, type: "bar", data: days.map(function (day) { return day.mails; }) }
      ]
    });
    window.addEventListener("resize", function () { chart.resize(); });
  }

  function drawAll() {
    document.querySelectorAll(".simulation-chart").forEach(draw);
  }

  document.addEventListener("htmx:afterSettle", drawAll);
  document.addEventListener("DOMContentLoaded", drawAll);
})();
