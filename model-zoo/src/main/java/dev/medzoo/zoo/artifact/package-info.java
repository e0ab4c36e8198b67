/**
 * An artifact: its name and version, its files and their content.
 *
 * <p>Start at {@link dev.medzoo.zoo.artifact.ArtifactContent}, which holds all files and checks
 * that they fit together. {@link dev.medzoo.zoo.artifact.ArtifactFiles} names them, and each has
 * its type: {@link dev.medzoo.zoo.artifact.Artifact}, {@link dev.medzoo.zoo.artifact.ModelCard},
 * {@link dev.medzoo.zoo.artifact.Manifest}, {@link dev.medzoo.zoo.artifact.GateReport}, {@link
 * dev.medzoo.zoo.artifact.Golden}, {@link dev.medzoo.zoo.artifact.TestPredictions}.
 */
@NullMarked
package dev.medzoo.zoo.artifact;

import org.jspecify.annotations.NullMarked;
