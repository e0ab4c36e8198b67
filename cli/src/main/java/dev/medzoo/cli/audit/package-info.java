/**
 * What whoever answers for a server's audit log types. Start at {@link
 * dev.medzoo.cli.audit.AuditCommand}.
 */
@NullMarked
package dev.medzoo.cli.audit;

import org.jspecify.annotations.NullMarked;
