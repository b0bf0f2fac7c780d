package dev.milvusbackup.restore;

import dev.milvusbackup.model.Rbac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Restores users and roles when the data is there, so that nobody finds half of it.
 * Executed again, it adds only what is missing.
 */
final class RestoreRolesTasklet implements Tasklet {

	private static final Logger LOG = LoggerFactory.getLogger(RestoreRolesTasklet.class);

	private final RestoreRun run;

	private final DescribedBackup backup;

	private final RestoredRoles roles;

	RestoreRolesTasklet(RestoreRun run, DescribedBackup backup) {
		this.run = run;
		this.backup = backup;
		this.roles = new RestoredRoles(run);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		if (this.roles.areWanted()) {
			Rbac asked = this.roles.of(this.backup.manifest());
			Rbac added = this.run.milvus().cluster().addRbac(asked);
			contribution.incrementWriteCount(added.users().size() + (long) added.roles().size());
			LOG.info("{}", RestoredRoles.report(asked, added));
		}
		return RepeatStatus.FINISHED;
	}

}
