package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One client of the server, which keeps its connection for as long as the server does. */
final class KeptConnection implements AutoCloseable {
    private final int port;
    private @Nullable Connection connection;

    KeptConnection(int port) {
        this.port = port;
    }

    /**
     * Sends a whole request and waits for its answer.
     *
     * @throws IOException as {@link Connection#exchange}
     */
    Answer exchange(byte[] request) throws IOException {
        Connection open = connection == null ? new Connection(port) : connection;
        connection = open;
        try {
            Answer answer = open.exchange(request);
            if (answer.closes()) {
                close();
            }
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
