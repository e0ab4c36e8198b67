package dev.medzoo.zoo.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.medzoo.translate.transform.InputSize;

/**
 * Configuration of an artifact's network. In JSON, {@code type} names its kind; see {@link
 * NetworkType}. A network that this project builds is a {@link BlockConfig}.
 */
@JsonDeserialize(using = NetworkConfigReader.class)
public interface NetworkConfig {
    /** Which kind of network. */
    @JsonIgnore
    NetworkType kind();

    /** Input size in pixels. */
    InputSize input();

    /** Number of logits, at least 2. */
    int classes();

    /** Number of pooled features, the channels of the last feature map; 0 if it has none. */
    @JsonIgnore
    int features();
}
