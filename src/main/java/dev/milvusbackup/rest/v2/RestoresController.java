package dev.milvusbackup.rest.v2;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.rest.RunStarter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Restores.
 */
@RestController
@RequestMapping("/api/v2/restores")
@Tag(name = "Restores")
class RestoresController {

	private final Runs runs;

	private final RunStarter starter;

	RestoresController(Runs runs, RunStarter starter) {
		this.runs = runs;
		this.starter = starter;
	}

	@PostMapping
	@Operation(summary = "Start a restore, or go on with an unfinished one of the same request",
			description = "202 with the run; 200 when the restore of this id is complete already")
	ResponseEntity<RunResource> create(@RequestBody NewRestore body) {
		return Started.answer(this.starter.restore(this.runs, body.request()), this.runs.lookUp());
	}

	/**
	 * What to restore.
	 *
	 * @param id names the restore, so that it is never done twice; null for none
	 * @param filter by names in the target: {@code db.*,db.collection,collection,db.},
	 * everything when empty
	 * @param suffix appended to collection names
	 * @param renames {@code from:to} each
	 */
	record NewRestore(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String backup, @Nullable String id,
			@Nullable String filter, @Nullable String suffix, @Nullable List<String> renames,
			@JsonProperty("rebuild_index") boolean rebuildIndex, @JsonProperty("use_auto_index") boolean useAutoIndex,
			@JsonProperty("meta_only") boolean metaOnly,
			@JsonProperty("drop_exist_collection") boolean dropExistCollection,
			@JsonProperty("drop_exist_index") boolean dropExistIndex,
			@JsonProperty("skip_create_collection") boolean skipCreateCollection) {

		RestoreRequest request() {
			RestoreRequest.Options options = new RestoreRequest.Options(this.rebuildIndex, this.useAutoIndex,
					this.metaOnly, this.dropExistCollection, this.dropExistIndex, this.skipCreateCollection);
			return new RestoreRequest(new BackupName(text(this.backup)), CollectionFilter.ALL,
					CollectionFilter.parse(text(this.filter)), text(this.suffix),
					(this.renames != null) ? this.renames : List.of(), options,
					text(this.id).isBlank() ? null : this.id);
		}

		private static String text(@Nullable String value) {
			return (value != null) ? value : "";
		}

	}

}
