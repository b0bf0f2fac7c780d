package dev.milvusbackup.rest.console;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.RunActions;
import dev.milvusbackup.rest.RunStarter;
import dev.milvusbackup.rest.Verifications;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Forms, and what they ask for. A form that cannot be carried out is shown again with the
 * error.
 */
@Controller
@RequestMapping("/console")
class ActionController {

	private final Runs runs;

	private final RunStarter starter;

	private final Backups backups;

	private final Verifications verifications;

	private final RunActions actions;

	private final FormToken token;

	ActionController(Runs runs, RunStarter starter, RunActions actions, Backups backups, Verifications verifications,
			FormToken token) {
		this.runs = runs;
		this.starter = starter;
		this.actions = actions;
		this.backups = backups;
		this.verifications = verifications;
		this.token = token;
	}

	@GetMapping("/new")
	String newBackup(Model model) {
		model.addAttribute("form", NewBackupForm.EMPTY);
		return "console/new";
	}

	@PostMapping("/new")
	String create(@ModelAttribute("form") NewBackupForm form,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given, Model model,
			HttpServletResponse response) {
		this.token.require(given);
		try {
			return "redirect:/console/runs/" + this.starter.create(this.runs, form.request()).id();
		}
		catch (BackupException ex) {
			return again("console/new", ex, model, response);
		}
	}

	@GetMapping("/backups/{name}/restore")
	String newRestore(@PathVariable("name") String name, Model model) {
		model.addAttribute("name", new BackupName(name).value());
		model.addAttribute("form", RestoreForm.EMPTY);
		return "console/restore";
	}

	@PostMapping("/backups/{name}/restore")
	String restore(@PathVariable("name") String name, @ModelAttribute("form") RestoreForm form,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given, Model model,
			HttpServletResponse response) {
		this.token.require(given);
		try {
			return "redirect:/console/runs/" + this.starter.restore(this.runs, form.request(new BackupName(name))).id();
		}
		catch (BackupException ex) {
			model.addAttribute("name", name);
			return again("console/restore", ex, model, response);
		}
	}

	@PostMapping("/backups/{name}/verify")
	String verify(@PathVariable("name") String name, @RequestParam(name = "deep", defaultValue = "false") boolean deep,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given) {
		this.token.require(given);
		return "redirect:/console/backups/" + this.verifications.start(new BackupName(name), deep).backup();
	}

	@PostMapping("/backups/{name}/delete")
	String delete(@PathVariable("name") String name,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given) {
		this.token.require(given);
		this.backups.delete(new BackupName(name));
		return "redirect:/";
	}

	@PostMapping("/runs/{id}/stop")
	String stop(@PathVariable("id") long id,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given) {
		this.token.require(given);
		this.actions.stop(id);
		return "redirect:/console/runs/" + id;
	}

	@PostMapping("/runs/{id}/restart")
	String restart(@PathVariable("id") long id,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given) {
		this.token.require(given);
		return "redirect:/console/runs/" + this.actions.restart(id).id();
	}

	private static String again(String view, BackupException error, Model model, HttpServletResponse response) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("error", error);
		return view;
	}

}
