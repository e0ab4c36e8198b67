package dev.medzoo.registry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** Starts {@link StoreProgram} in a process of its own. */
final class StoreProcess {
    private StoreProcess() {}

    /**
     * Starts a command.
     *
     * @param n the write at which it stops
     * @param errors the file that they go to
     */
    static Process start(String command, Path store, Path from, int n, Path errors)
            throws IOException {
        List<String> line =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-Dmedzoo.cache=" + errors.resolveSibling("cache"),
                        // A logger takes longer to set up than a version to publish.
                        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProgram.class.getName(),
                        command,
                        store.toString(),
                        from.toString(),
                        String.valueOf(n));
        return new ProcessBuilder(line).redirectError(Redirect.appendTo(errors.toFile())).start();
    }
}
