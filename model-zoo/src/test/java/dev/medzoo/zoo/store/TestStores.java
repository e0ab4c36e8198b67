package dev.medzoo.zoo.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Stores at the other end of a network whose waits take no time. */
public final class TestStores {
    private TestStores() {}

    /**
     * A store that retries at once.
     *
     * @param waits where each wait is written down instead
     */
    public static CachedStore online(String address, Path cache, List<Duration> waits) {
        return new CachedStore(
                new HttpStore(URI.create(address), Set.of()), cache, false, time(waits));
    }

    /** The same store without a connection. */
    public static CachedStore offline(String address, Path cache) {
        return new CachedStore(
                new HttpStore(URI.create(address), Set.of()), cache, true, time(List.of()));
    }

    static RetryClock time(List<Duration> waits) {
        return new RetryClock() {
            @Override
            public long nanos() {
                return waits.stream().mapToLong(Duration::toNanos).sum();
            }

            @Override
            public void sleep(Duration duration) {
                waits.add(duration);
            }
        };
    }
}
