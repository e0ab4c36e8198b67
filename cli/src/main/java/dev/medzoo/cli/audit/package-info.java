/**
 * Commands for whoever is responsible for a server's audit log. Start at {@link
 * dev.medzoo.cli.audit.AuditCommand}.
 */
@NullMarked
package dev.medzoo.cli.audit;

import org.jspecify.annotations.NullMarked;
