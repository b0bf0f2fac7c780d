package dev.milvusbackup.rest.console;

import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.RunActions;
import dev.milvusbackup.rest.Verifications;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Pages that only show something.
 */
@Controller
@RequestMapping("/console")
class ConsoleController {

	private static final int PAGE = 25;

	private static final int RUNS = 100;

	private final RunLookUp lookUp;

	private final Backups backups;

	private final BackupRows rows;

	private final Verifications verifications;

	ConsoleController(Runs runs, Backups backups, BackupRows rows, Verifications verifications) {
		this.lookUp = runs.lookUp();
		this.backups = backups;
		this.rows = rows;
		this.verifications = verifications;
	}

	@GetMapping({ "", "/" })
	String backups(@RequestParam(name = "page", defaultValue = "1") int page, Model model) {
		List<BackupEntry> all = this.backups.list();
		int last = Math.max(1, (all.size() + PAGE - 1) / PAGE);
		int shown = Math.max(1, Math.min(last, page));
		List<BackupEntry> entries = all.subList((shown - 1) * PAGE, Math.min(all.size(), shown * PAGE));
		model.addAttribute("backups", this.rows.rows(entries));
		model.addAttribute("count", all.size());
		model.addAttribute("page", shown);
		model.addAttribute("lastPage", last);
		model.addAttribute("running",
				this.lookUp.recent(RUNS).stream().filter((run) -> run.phase() == RunPhase.RUNNING).toList());
		return "console/backups";
	}

	@GetMapping("/backups/{name}")
	String backup(@PathVariable("name") String name, Model model) {
		BackupName backup = new BackupName(name);
		model.addAttribute("backup", this.rows.row(backup).orElseThrow(() -> absent(name)));
		model.addAttribute("verification", this.verifications.last(backup).orElse(null));
		model.addAttribute("runs",
				this.lookUp.recent(RUNS).stream().filter((run) -> run.run().backup().equals(name)).toList());
		return "console/backup";
	}

	@GetMapping("/backups/{name}/delete")
	String delete(@PathVariable("name") String name, Model model) {
		model.addAttribute("backup", this.rows.row(new BackupName(name)).orElseThrow(() -> absent(name)));
		return "console/delete";
	}

	@GetMapping("/runs")
	String runs(Model model) {
		model.addAttribute("runs", this.lookUp.recent(RUNS));
		return "console/runs";
	}

	@GetMapping("/runs/{id}")
	String run(@PathVariable("id") long id, Model model) {
		RunDetail run = this.lookUp.find(id)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find run '" + id + "': it is not in this job repository", null));
		model.addAttribute("run", run);
		model.addAttribute("canRestart", RunActions.canRestart(run));
		model.addAttribute("deletions", this.lookUp.expiry(id).orElse(List.of()));
		return "console/run";
	}

	private static LaunchException absent(String name) {
		return new LaunchException(ExitCode.NOT_FOUND, "unable to find backup '" + name + "': there is no such backup",
				null);
	}

}
