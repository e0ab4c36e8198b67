/**
 * Programs that measure, run by the scripts beside this module and by no test. Start at {@link
 * dev.medzoo.benchmarks.TrainingThroughput}; {@link dev.medzoo.benchmarks.MemorySoak} trains the
 * same {@link dev.medzoo.benchmarks.DrawnTask}, for longer. Those that load a server are in {@link
 * dev.medzoo.benchmarks.serving}.
 */
@NullMarked
package dev.medzoo.benchmarks;

import org.jspecify.annotations.NullMarked;
