package dev.medzoo.zoo.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.medzoo.translate.transform.InputSize;

/**
 * What an artifact's network is. In JSON, {@code type} says which kind it is; see {@link
 * NetworkType} for all kinds. One that is built here is a {@link BlockConfig}.
 */
@JsonDeserialize(using = NetworkConfigReader.class)
public interface NetworkConfig {
    /** Which kind of network. */
    @JsonIgnore
    NetworkType kind();

    /** The size of the pictures it sees, in pixels. */
    InputSize input();

    /** Number of logits, at least 2. */
    int classes();

    /** Number of pooled features: channels of the last feature map; 0 for one that has none. */
    @JsonIgnore
    int features();
}
