/**
 * The work itself: queues, batches, workers, and the cores that they share.
 *
 * <p>Start at {@link dev.medzoo.serving.work.WorkerPool}, one for each version of a model. It puts
 * {@code Job}s into a {@code JobQueue}; a {@code Worker} takes a batch of them, waits for its share
 * of the {@code CoreLimiter}, prepares each picture and runs the network once for all.
 */
@NullMarked
package dev.medzoo.serving.work;

import org.jspecify.annotations.NullMarked;
