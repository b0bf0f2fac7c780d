package dev.milvusbackup.rest.console;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.RunStarter;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Old backups: first it is shown which ones no rule keeps, then these, and no others, are
 * deleted.
 */
@Controller
@RequestMapping("/console/expire")
class ExpireController {

	private static final String VIEW = "console/expire";

	private final Runs runs;

	private final RunStarter starter;

	private final FormToken token;

	ExpireController(Runs runs, RunStarter starter, FormToken token) {
		this.runs = runs;
		this.starter = starter;
		this.token = token;
	}

	@GetMapping
	String rules(Model model) {
		model.addAttribute("form", ExpireForm.EMPTY);
		return VIEW;
	}

	@PostMapping
	String expire(@ModelAttribute("form") ExpireForm form,
			@RequestParam(name = FormToken.FIELD, required = false) @Nullable String given, Model model,
			HttpServletResponse response) {
		this.token.require(given);
		try {
			ExpireReport report = this.runs.expire(form.request(false), ProgressListener.NONE);
			if (form.confirms(report)) {
				return "redirect:/console/runs/" + delete(form.request(true));
			}
			model.addAttribute("report", report);
			model.addAttribute("going", ExpireForm.going(report));
			model.addAttribute("names", ExpireForm.names(report));
			model.addAttribute("changed", form.confirmed() != null);
			return VIEW;
		}
		catch (BackupException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("error", ex);
			return VIEW;
		}
	}

	private long delete(ExpireRequest request) {
		return this.starter.start((listener) -> this.runs.expire(request, listener).summary("")).id();
	}

}
