package dev.milvusbackup.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Makes the errors about one document that cannot be used.
 *
 * @param document its key and store, or what it is
 * @param hint next action for the operator
 */
record Damage(String document, @Nullable String hint) {

	ManifestException of(String cause) {
		return of(cause, null);
	}

	ManifestException of(String cause, @Nullable Throwable reason) {
		return new ManifestException(ManifestException.Kind.DAMAGED, "unable to read '" + this.document + "': " + cause,
				this.hint, reason);
	}

}
