package dev.medzoo.serving;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Posts one drawn picture to one model, over and over, from many connections at once.
 *
 * <pre>LoadProgram URL CONNECTIONS SECONDS [PID]</pre>
 *
 * {@code URL} is that of the model on this machine, such as {@code
 * http://127.0.0.1:8080/predictions/pretrained-skin}; of the process {@code PID} it prints the
 * resident memory before and after. A refused connection waits a moment, as a good client does, so
 * that the refusals do not drown the answers. Only 200 and 503 are documented answers to a good
 * picture: with any other, or a lost connection, the exit code is 1.
 */
final class LoadProgram {
    private static final long REFUSED_WAIT_MILLIS = 100;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<Long> answeredNanos = new ConcurrentLinkedQueue<>();

    private LoadProgram(URI model) {
        request =
                HttpRequest.newBuilder(model)
                        .timeout(Duration.ofMinutes(2))
                        .POST(BodyPublishers.ofByteArray(DrawnPicture.jpeg(600, 450, 1)))
                        .build();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println("usage: LoadProgram URL CONNECTIONS SECONDS [PID]");
            System.exit(2);
        }
        URI model = URI.create(arguments[0]);
        InetAddress[] addresses = InetAddress.getAllByName(model.getHost());
        if (!Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            System.err.println("url: " + model + " (expected: an address of this machine)");
            System.exit(2);
        }
        LoadProgram load = new LoadProgram(model);
        String pid = arguments.length == 4 ? arguments[3] : "self";
        String before = residentMemory(pid);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        double seconds = load.run(Integer.parseInt(arguments[1]), time);
        load.print(seconds);
        if (arguments.length == 4) {
            System.out.println("resident before  " + before);
            System.out.println("resident after   " + residentMemory(pid));
        }
        System.exit(List.of("200", "503").containsAll(load.outcomes.keySet()) ? 0 : 1);
    }

    private double run(int connections, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread one = new Thread(() -> postUntil(end), "client-" + i);
            one.start();
            clients.add(one);
        }
        for (Thread one : clients) {
            one.join();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void postUntil(long end) {
        while (System.nanoTime() < end) {
            long sent = System.nanoTime();
            String outcome;
            try {
                int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
                outcome = String.valueOf(status);
                if (status == 200) {
                    answeredNanos.add(System.nanoTime() - sent);
                } else {
                    Thread.sleep(REFUSED_WAIT_MILLIS);
                }
            } catch (IOException e) {
                outcome = String.valueOf(e);
            } catch (InterruptedException e) {
                return;
            }
            outcomes.computeIfAbsent(outcome, unused -> new LongAdder()).increment();
        }
    }

    private void print(double seconds) {
        new TreeMap<>(outcomes)
                .forEach((outcome, count) -> System.out.println(count + " x " + outcome));
        List<Long> sorted = answeredNanos.stream().sorted().toList();
        System.out.println(number(sorted.size() / seconds) + " answers a second");
        for (int percent : new int[] {50, 95, 99}) {
            if (!sorted.isEmpty()) {
                int at = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
                System.out.println("p" + percent + " " + number(sorted.get(at) / 1e6) + " ms");
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String residentMemory(String pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
            if (line.startsWith("VmRSS:")) {
                return line.substring("VmRSS:".length()).strip();
            }
        }
        return "unknown";
    }
}
