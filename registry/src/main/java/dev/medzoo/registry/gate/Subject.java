package dev.medzoo.registry.gate;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The candidate to check and its context.
 *
 * @param content of the candidate
 * @param data folder of its pictures, or null where nobody gave one
 * @param others published cards of other artifacts
 * @param budget it has to keep
 */
record Subject(
        ArtifactContent content, @Nullable Path data, Gate.OtherCards others, Budget budget) {}
