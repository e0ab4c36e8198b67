package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts one load after another on a server, or on another that stands in for it. */
final class LoadRunner {
    private final MeasuredServer server;
    private final int port;
    private final String who;
    private final byte[] request;
    private final Duration whole;
    private final Duration uncounted;

    /**
     * One kind of request.
     *
     * @param whole length of each phase
     * @param uncounted its beginning, which does not count
     */
    LoadRunner(MeasuredServer server, byte[] request, Duration whole, Duration uncounted) {
        this(server, server.port(), "", request, whole, uncounted);
    }

    private LoadRunner(
            MeasuredServer server,
            int port,
            String who,
            byte[] request,
            Duration whole,
            Duration uncounted) {
        this.server = server;
        this.port = port;
        this.who = who;
        this.request = request;
        this.whole = whole;
        this.uncounted = uncounted;
    }

    /** The same loads for another server on this machine, whose time counts as others'. */
    LoadRunner peer(int peerPort) {
        return new LoadRunner(server, peerPort, "peer, ", request, whole, uncounted);
    }

    /** So many clients, each of which asks again as soon as it has its answer. */
    Phase closed(int clients) throws IOException, InterruptedException {
        return run(
                who + clients + (clients == 1 ? " client" : " clients"), new Load.Closed(clients));
    }

    /** So many requests a second, whatever happens. */
    Phase open(String name, double rate, int connections) throws IOException, InterruptedException {
        return run(who + name, new Load.Open(connections, rate, whole, Math.round(rate)));
    }

    private Phase run(String name, Load load) throws IOException, InterruptedException {
        Window window = Window.now(whole, uncounted);
        List<Tally> tallies = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < load.connections(); i++) {
            Tally tally = new Tally(window);
            Thread client = new Thread(() -> drive(load, window, tally), "client-" + i);
            tallies.add(tally);
            clients.add(client);
            client.start();
        }
        Window.await(window.from());
        CoreTime before = CoreTime.now(server);
        Window.await(window.end());
        CoreTime cores = CoreTime.now(server).since(before, window.seconds());
        for (Thread each : clients) {
            each.join();
        }
        Tally all = new Tally(window);
        tallies.forEach(all::addAll);
        return Phase.of(name, load, all, window.seconds(), cores);
    }

    private void drive(Load load, Window window, Tally tally) {
        try (KeptConnection client = new KeptConnection(port)) {
            load.drive(client, request, window, tally);
        } catch (IOException e) {
            tally.lost(window.end(), window.end(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
