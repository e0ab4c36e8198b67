package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * For how many seconds cores were busy, and with whom. As a rate it is the cores that each kept
 * busy: what others took, neither clients nor server had.
 *
 * @param client this process
 * @param server the one that is measured
 * @param handling those of its threads that receive requests, refuse some and send what becomes of
 *     them; part of {@code server}
 * @param others all else on this machine
 */
record CoreTime(double client, double server, double handling, double others) {
    private static final double TICKS_A_SECOND = 100;

    /** Since each of them began. */
    static CoreTime now(MeasuredServer server) throws IOException {
        double client = seconds(ProcessHandle.current());
        double served = server.cpu().toNanos() / 1e9;
        double handled = server.handlingCpu().toNanos() / 1e9;
        return new CoreTime(client, served, handled, machineSeconds() - client - served);
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** User, nice and system time, interrupts and what a hypervisor kept; not idle and waiting. */
    private static double machineSeconds() throws IOException {
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+", -1);
        long busy = 0;
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
            busy += Long.parseLong(ticks[i]);
        }
        return busy / TICKS_A_SECOND;
    }

    /** From another moment to this one, a second. */
    CoreTime since(CoreTime before, double seconds) {
        return new CoreTime(
                (client - before.client) / seconds,
                (server - before.server) / seconds,
                (handling - before.handling) / seconds,
                Math.max(0, others - before.others) / seconds);
    }

    /** Of a rate: the cores that were the server's to take. */
    double left() {
        return Runtime.getRuntime().availableProcessors() - client - others;
    }
}
