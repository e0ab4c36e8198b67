/**
 * The commands of a registry's maintainer: {@code publish}, {@code promote}, {@code revoke} and the
 * rest. Start at {@link dev.medzoo.cli.registry.RegistryCommands}, which lists them.
 */
@NullMarked
package dev.medzoo.cli.registry;

import org.jspecify.annotations.NullMarked;
