/**
 * Programs that load a running server from another process and judge what it answers. They know
 * nothing of it but HTTP and its process. Start at {@link dev.medzoo.benchmarks.serving.Overload}
 * and {@link dev.medzoo.benchmarks.serving.ServingSoak}; both start the server through {@link
 * dev.medzoo.benchmarks.serving.ServerProcess}.
 */
@NullMarked
package dev.medzoo.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
