package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedHostsTest {
    @Test
    void beyondLoopbackEveryNameIsAnsweredUnlessTheSettingsNameSome() {
        Authority zoo = new Authority("zoo.example", 80);
        Authority address = new Authority("10.0.0.7", 8080);
        AllowedHosts every = new AllowedHosts(Set.of());
        AllowedHosts some = new AllowedHosts(Set.of("zoo.example"));

        assertThat(every.take(zoo, false)).isTrue();
        assertThat(every.take(address, false)).isTrue();
        assertThat(some.take(zoo, false)).isTrue();
        assertThat(some.take(address, false)).isTrue();
        assertThat(some.take(new Authority("evil.example", 80), false)).isFalse();
    }
}
