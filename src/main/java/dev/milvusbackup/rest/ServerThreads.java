package dev.milvusbackup.rest;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads that outlive the request which was first to need them, and do not keep the
 * process alive.
 */
public final class ServerThreads extends CustomizableThreadFactory {

	/**
	 * @param prefix of the threads' names
	 */
	public ServerThreads(String prefix) {
		super(prefix);
		setDaemon(true);
	}

	@Override
	public Thread createThread(Runnable work) {
		Thread thread = super.createThread(work);
		// not that of a request, which goes away with the web server
		thread.setContextClassLoader(ServerThreads.class.getClassLoader());
		return thread;
	}

}
