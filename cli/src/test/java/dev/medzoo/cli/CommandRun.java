package dev.medzoo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What one run of the command gave.
 *
 * @param exitCode of the process
 * @param out what it printed
 * @param err what it complained about
 */
record CommandRun(int exitCode, String out, String err) {
    /** Runs it in this process, and then forgets its settings, as the end of a process would. */
    static CommandRun of(String... args) {
        String store = System.getProperty(Store.PROPERTY);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            int exitCode = Medzoo.run(buffered(out), buffered(err), args);
            return new CommandRun(exitCode, out.toString(), err.toString());
        } finally {
            System.clearProperty(CacheFolder.OFFLINE_PROPERTY);
            if (store == null) {
                System.clearProperty(Store.PROPERTY);
            } else {
                System.setProperty(Store.PROPERTY, store);
            }
        }
    }

    /** As in a process of its own: what is not flushed at the end of a line is lost. */
    private static PrintWriter buffered(StringWriter text) {
        return new PrintWriter(new BufferedWriter(text), true);
    }

    /** The same for a command as a person types it, without quotes. */
    static CommandRun ofLine(String line) {
        return of(line.isBlank() ? new String[0] : line.strip().split("\\s+"));
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}
