package dev.milvusbackup.storage.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.StorageException;
import io.minio.ComposeObjectArgs;
import io.minio.Http;
import io.minio.SourceObject;
import io.minio.UploadPartCopyArgs;
import io.minio.UploadPartCopyResponse;
import io.minio.messages.Part;
import org.jspecify.annotations.Nullable;

/**
 * Copies one large object in parts, some of them at once. A part that fails is repeated
 * alone: of thousands of parts some always do.
 */
final class MultipartCopy {

	private final MultipartUpload upload;

	private final S3Limits limits;

	private final Retries retries;

	MultipartCopy(MultipartUpload upload, S3Limits limits, Retries retries) {
		this.upload = upload;
		this.limits = limits;
		this.retries = retries;
	}

	/**
	 * Copies the object, or leaves nothing of it.
	 * @return entity tag of the copy
	 */
	@Nullable String copy(SourceObject source, ObjectStat object, ObjectKey target) {
		ComposeObjectArgs copy = ComposeObjectArgs.builder()
			.bucket(this.upload.client().bucket())
			.object(target.value())
			.sources(new ArrayList<>(List.of(source)))
			.build();
		return this.upload.run(target, (uploadId) -> parts(copy, uploadId, object.bytes()));
	}

	private List<Part> parts(ComposeObjectArgs copy, String uploadId, long bytes) {
		long partBytes = this.limits.partBytes(bytes);
		Deque<RunningPart> running = new ArrayDeque<>();
		List<Part> done = new ArrayList<>();
		try {
			for (long from = 0; from < bytes; from += partBytes) {
				if (running.size() == this.limits.partsAtOnce()) {
					done.add(finish(running.remove()));
				}
				String range = "bytes=" + from + "-" + (Math.min(bytes, from + partBytes) - 1);
				running.add(start(args(copy, uploadId, (int) (from / partBytes) + 1, range)));
			}
			while (!running.isEmpty()) {
				done.add(finish(running.remove()));
			}
			return done;
		}
		catch (StorageException ex) {
			settle(running);
			throw ex;
		}
	}

	/**
	 * The library's builder of these arguments does not work, so they are made from those
	 * of a composition.
	 */
	private static UploadPartCopyArgs args(ComposeObjectArgs copy, String uploadId, int number, String range) {
		Http.Headers headers = copy.sources().get(0).makeCopyHeaders();
		headers.put("x-amz-copy-source-range", range);
		return new UploadPartCopyArgs(copy, uploadId, number, headers);
	}

	private RunningPart start(UploadPartCopyArgs args) {
		return new RunningPart(args, this.upload.client().uploadPartCopy(args));
	}

	private Part finish(RunningPart part) {
		List<CompletableFuture<UploadPartCopyResponse>> first = new ArrayList<>(List.of(part.answer()));
		UploadPartCopyResponse response = this.retries.call(() -> {
			CompletableFuture<UploadPartCopyResponse> answer = first.isEmpty() ? start(part.args()).answer()
					: first.remove(0);
			return this.upload.calls()
				.await("copy part " + part.args().partNumber() + " of", part.args().object(), answer);
		});
		return new Part(part.args().partNumber(), Objects.requireNonNull(response.result().etag()));
	}

	/**
	 * Waits until no part is under way, so that an abort leaves none behind. Their own
	 * failures do not matter any more.
	 */
	private static void settle(Deque<RunningPart> running) {
		CompletableFuture<?>[] answers = running.stream().map(RunningPart::answer).toArray(CompletableFuture[]::new);
		if (!Thread.currentThread().isInterrupted()) {
			CompletableFuture.allOf(answers).exceptionally((ignored) -> null).join();
		}
	}

	private record RunningPart(UploadPartCopyArgs args, CompletableFuture<UploadPartCopyResponse> answer) {
	}

}
