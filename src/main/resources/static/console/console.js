"use strict";

// Live progress. Without it, a reload of the page shows the same.
(function () {

	function bytes(count) {
		const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
		let value = count, unit = 0;
		while (value >= 1024 && unit < units.length - 1) {
			value /= 1024;
			unit++;
		}
		return (unit === 0 ? value : value.toFixed(1)) + " " + units[unit];
	}

	function time(instant) {
		return instant ? new Date(instant).toISOString().slice(0, 19).replace("T", " ") : "–";
	}

	function cell(row, name, text, style) {
		const element = document.createElement(name);
		element.textContent = text;
		element.className = style || "";
		row.append(element);
		return element;
	}

	function showSteps(body, steps) {
		body.replaceChildren(...steps.map(function (step) {
			const row = document.createElement("tr");
			cell(row, "th", step.name).scope = "row";
			const status = step.status.toLowerCase();
			cell(cell(row, "td", ""), "span", status, "state " + status);
			cell(row, "td", time(step.started), "time");
			const end = step.ended ? Date.parse(step.ended) : Date.now();
			cell(row, "td", step.started ? Math.max(0, Math.floor((end - Date.parse(step.started)) / 1000)) + " s" : "–");
			cell(row, "td", "");
			return row;
		}));
	}

	function followRun(element) {
		const source = new EventSource("/api/v2/runs/" + element.dataset.run + "/events");
		source.addEventListener("run", function (event) {
			const run = JSON.parse(event.data);
			if (run.phase !== "running") {
				source.close();
				location.reload();
				return;
			}
			const progress = run.progress;
			element.querySelector("progress").value = run.percent;
			element.querySelector("[data-phase]").textContent = run.phase;
			element.querySelector("[data-text]").textContent = run.percent + " %, " + bytes(progress.bytes_done) + " of "
				+ bytes(progress.bytes) + (run.step ? ", step " + run.step : "");
			showSteps(document.querySelector("[data-steps]"), run.steps);
			const objects = document.querySelector("[data-objects]");
			if (objects) {
				objects.textContent = progress.objects_done + " of " + progress.objects;
			}
		});
	}

	async function followVerification(element) {
		const url = "/api/v2/backups/" + encodeURIComponent(element.dataset.verification) + "/verifications/last";
		try {
			const response = await fetch(url);
			const verification = await response.json();
			if (verification.state !== "running") {
				location.reload();
				return;
			}
			element.querySelector("[data-counts]").textContent = verification.objects + " objects, " + bytes(verification.bytes);
		}
		catch (error) {
			console.warn(error);
		}
		setTimeout(followVerification, 1000, element);
	}

	// what a form has found is further down: there the reader goes on
	document.querySelectorAll("[data-result]").forEach(function (heading) {
		heading.focus();
	});

	document.querySelectorAll("[data-run]").forEach(followRun);
	document.querySelectorAll("[data-verification]").forEach(followVerification);
})();
