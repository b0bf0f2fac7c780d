package dev.milvusbackup.rest.v2;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Format;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.OrderDate;
import dev.milvusbackup.launch.RunLog;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to back up: the options of the command line.
 */
public record NewBackup(
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED,
				description = "Name of the backup; {odate} stands for the order date") @Nullable String name,
		@Schema(description = "db.*,db.collection,collection,db. Everything when empty") @Nullable String filter,
		@Schema(description = "auto when empty", allowableValues = {
				"auto", "meta_only", "skip_flush", "serial_flush", "bulk_flush" }) @Nullable String strategy,
		@Schema(description = "auto when empty",
				allowableValues = { "auto", "binlog", "snapshot" }) @Nullable String format,
		@Schema(description = "Whether users, roles and their privileges are backed up too") boolean rbac,
		@JsonProperty("backup_index_extra") @Schema(
				description = "Whether what only Milvus's etcd tells of indexes is backed up too") boolean indexExtra,
		@Schema(description = "Order date of a scheduler: yymmdd, yyyymmdd or yyyy-mm-dd; the name must contain {odate} then") @Nullable String odate){

	/**
	 * @throws dev.milvusbackup.BackupException when a field has a value that there is not
	 */
	public CreateRequest request() {
		return new CreateRequest(new BackupName(datedName()), CollectionFilter.parse(text(this.filter)),
				one(Strategy.class, "strategy", this.strategy), this.rbac, this.indexExtra,
				one(Format.class, "format", this.format));
	}

	private String datedName() {
		String given = text(this.name);
		if (text(this.odate).isBlank()) {
			return given;
		}
		OrderDate date = OrderDate.parse(text(this.odate));
		OrderDate.requirePlace("odate", given);
		RunLog.mark("odate", date.value());
		return date.in(given);
	}

	/** Both may be left to the program. */
	private static <E extends Enum<E>> E one(Class<E> type, String what, @Nullable String asked) {
		String name = text(asked).isBlank() ? "auto" : text(asked);
		try {
			return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new LaunchException(ExitCode.USAGE, "unable to use " + what + " '" + name + "': there is none",
					"use one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
		}
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

}
