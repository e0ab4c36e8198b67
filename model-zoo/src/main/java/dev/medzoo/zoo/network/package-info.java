/**
 * Neural networks: {@link dev.medzoo.zoo.network.Network} is built from a {@link
 * dev.medzoo.zoo.network.NetworkConfig}. Every kind of network has a package below this one with
 * its configuration and its blocks, and a line in {@link dev.medzoo.zoo.network.NetworkType}.
 */
@NullMarked
package dev.medzoo.zoo.network;

import org.jspecify.annotations.NullMarked;
