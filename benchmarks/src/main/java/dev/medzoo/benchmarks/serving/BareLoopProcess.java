package dev.medzoo.benchmarks.serving;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link BareLoop} in a process of its own, compiled as a server's code is. */
final class BareLoopProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    /** Starts it and waits until its models are loaded. */
    BareLoopProcess(Path store, String model, Path picture, Path log) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.awt.headless=true",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareLoop.class.getName(),
                        store.toString(),
                        model,
                        picture.toString());
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        answers = process.inputReader(StandardCharsets.UTF_8);
        String line = answer();
        if (!line.equals("ready")) {
            throw new IOException("bare loop: %s (expected: ready)".formatted(line));
        }
    }

    /**
     * How fast something goes.
     *
     * @param what a runtime's word, or {@code decode}
     * @return pictures a second
     */
    double rate(String what, double seconds) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(what + " " + seconds + "\n").flush();
        return Double.parseDouble(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new EOFException("bare loop: ended (expected: an answer)");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
