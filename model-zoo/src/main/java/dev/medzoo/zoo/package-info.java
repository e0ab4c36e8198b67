/**
 * The model zoo: what an artifact is, where artifacts are kept, and how DJL loads one.
 *
 * <p>Start at {@link dev.medzoo.zoo.MedZoo}, which DJL finds by itself. A name becomes a model in
 * four steps: {@link dev.medzoo.zoo.StoreIndex} resolves a {@link dev.medzoo.zoo.ModelReference} to
 * a digest, {@link dev.medzoo.zoo.VerifiedArtifact} checks every file of a {@link
 * dev.medzoo.zoo.Store} against it, {@link dev.medzoo.zoo.ArtifactContent} checks that the files
 * fit together, and {@link dev.medzoo.zoo.DcnnBlockFactory} builds the network from those very
 * bytes.
 */
@NullMarked
package dev.medzoo.zoo;

import org.jspecify.annotations.NullMarked;
