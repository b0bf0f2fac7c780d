package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.milvusbackup.milvus.FieldIds;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Looks whether the hidden dynamic field of a collection gets the id under which its
 * values lie in the backup. No server describes the field; a new collection gets it where
 * the first id is free, and after a field was dropped that is another one than it had.
 */
final class DynamicFields {

	/** Collection id in the backup to what is known of it. */
	private final Map<Long, Evidence> evidence = new TreeMap<>();

	/**
	 * @param sourceVersion as the backup has it
	 */
	DynamicFields(List<RestoreTarget> targets, String sourceVersion) {
		boolean drops = ReleaseVersion.parse(sourceVersion)
			.orElse(ReleaseVersion.NEWEST)
			.compareTo(ReleaseVersion.DROPPED_FIELDS) >= 0;
		for (RestoreTarget target : targets) {
			FieldIds.guessedDynamicId(target.collection().schema())
				.ifPresent((id) -> this.evidence.computeIfAbsent(target.sourceId(),
						(source) -> new Evidence(target.collection(), id, drops)));
		}
	}

	void accept(Segment segment) {
		Evidence known = this.evidence.get(segment.collectionId());
		if (known != null && !segment.isL0() && segment.rows() > 0) {
			known.accept(segment);
		}
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE that names all collections whose
	 * dynamic values would be lost, or might be
	 */
	void requireKnown() {
		List<String> problems = this.evidence.values()
			.stream()
			.filter((known) -> !known.problem().isEmpty())
			.map((known) -> "'" + known.collection.name() + "' (" + known.problem() + ")")
			.toList();
		if (!problems.isEmpty()) {
			throw new RestoreException(Kind.INCOMPATIBLE,
					"unable to restore " + String.join(", ", problems)
							+ ": the values of the dynamic field could not be found",
					"leave these collections out with --filter and copy their rows by queries; "
							+ "a backup made with --backup_index_extra knows the id of the dynamic field");
		}
	}

	/**
	 * What the segments of one collection tell.
	 */
	private static final class Evidence {

		private final Collection collection;

		/** The id that the dynamic field gets. */
		private final long guess;

		private final Set<Long> described;

		private final boolean drops;

		/** Ids with values that no field of the backup has. */
		private final Set<Long> others = new TreeSet<>();

		/** Whether a segment has values of that id and of no other unknown one. */
		private boolean certain;

		/** Whether a segment has values of that id. */
		private boolean seen;

		/** Whether a segment has values of other unknown ids only. */
		private boolean elsewhere;

		/** Whether there are segments that do not tell their fields. */
		private boolean grouped;

		Evidence(Collection collection, long guess, boolean drops) {
			this.collection = collection;
			this.guess = guess;
			this.drops = drops;
			this.described = FieldIds.described(collection.schema());
		}

		void accept(Segment segment) {
			Set<Long> unknown = segment.binlogs()
				.stream()
				.filter((binlog) -> binlog.kind() == BinlogKind.INSERT)
				.map(Binlog::fieldId)
				.filter((id) -> id >= FieldIds.FIRST && !this.described.contains(id))
				.collect(Collectors.toCollection(TreeSet::new));
			boolean guessed = unknown.remove(this.guess);
			this.others.addAll(unknown);
			if (segment.hasColumnGroups()) {
				this.grouped = true;
				return;
			}
			this.seen |= guessed;
			this.certain |= guessed && unknown.isEmpty();
			this.elsewhere |= !guessed && !unknown.isEmpty();
		}

		/**
		 * Empty when there is none.
		 */
		String problem() {
			List<String> mandatory = mandatoryAfterwards();
			if (this.elsewhere) {
				return "its segments hold values of " + fields(this.others) + ", which the backup does not describe, "
						+ "and the dynamic field would get the id " + this.guess;
			}
			if (!mandatory.isEmpty() && (this.seen || this.grouped)) {
				return "field " + this.guess + " was dropped, as " + mandatory.get(0)
						+ " cannot have been added later, and the dynamic field would get its id";
			}
			if (this.certain) {
				return "";
			}
			if (!this.others.isEmpty()) {
				Set<Long> candidates = new TreeSet<>(this.others);
				candidates.add(this.guess);
				return "its dynamic field may be any of " + fields(candidates);
			}
			boolean between = this.described.stream().anyMatch((id) -> id > this.guess);
			return (this.grouped && this.drops && between)
					? "field " + this.guess + " may be its dynamic field or one that was dropped" : "";
		}

		/**
		 * Milvus adds no field to a collection that its older rows could not be without.
		 */
		private List<String> mandatoryAfterwards() {
			List<String> names = new ArrayList<>();
			this.collection.schema()
				.fields()
				.stream()
				.filter((field) -> field.id() > this.guess && !field.nullable() && field.defaultValue() == null
						&& !field.functionOutput())
				.forEach((field) -> names.add(field.name()));
			return names;
		}

		private static String fields(Set<Long> ids) {
			return ((ids.size() == 1) ? "field " : "the fields ")
					+ ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
		}

	}

}
