package dev.medzoo.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link StoreProgram} in a process of its own. */
final class StoreProcess {
    private StoreProcess() {}

    /**
     * Starts a command.
     *
     * @param n the write at which it stops
     * @param work where its errors and its memory go
     */
    static Process start(String command, Path store, Path from, int n, Path work)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current().info().command().orElseThrow());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        line.add("-Dmedzoo.cache=" + work.resolve("cache"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(List.of(StoreProgram.class.getName(), command));
        line.addAll(List.of(store.toString(), from.toString(), String.valueOf(n)));
        return new ProcessBuilder(line).redirectError(work.resolve("errors").toFile()).start();
    }
}
