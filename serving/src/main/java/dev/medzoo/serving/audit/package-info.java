/**
 * The audit log: who asked which model when, and what it decided, in lines that are chained by
 * MACs, so that a line that is changed, taken out or put in is found.
 *
 * <p>Start at {@link dev.medzoo.serving.audit.AuditLog}, which takes an {@code AuditEvent} and says
 * when it is on the disk. {@code AuditFile} appends, {@code MacChain} makes the lines, and {@code
 * AuditVerifier} reads them all again.
 */
@NullMarked
package dev.medzoo.serving.audit;

import org.jspecify.annotations.NullMarked;
