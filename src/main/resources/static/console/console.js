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

	document.querySelectorAll("[data-run]").forEach(followRun);
	document.querySelectorAll("[data-verification]").forEach(followVerification);
})();
