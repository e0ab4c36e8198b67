/**
 * The model zoo: how DJL finds and loads an artifact.
 *
 * <p>Start at {@link dev.medzoo.zoo.MedZoo}, which DJL finds by itself. A name becomes a model in
 * four steps: {@link dev.medzoo.zoo.index.StoreIndex} resolves a {@link
 * dev.medzoo.zoo.artifact.ModelReference} to a digest, {@link dev.medzoo.zoo.load.VerifiedArtifact}
 * checks every file of a {@link dev.medzoo.zoo.store.Store} against it, {@link
 * dev.medzoo.zoo.artifact.ArtifactContent} checks that the files fit together, and a {@link
 * dev.medzoo.zoo.runtime.RuntimeChoice} loads the network from those very bytes. Published
 * artifacts name {@link dev.medzoo.zoo.DcnnBlockFactory}, by which stock DJL loads the same folder.
 */
@NullMarked
package dev.medzoo.zoo;

import org.jspecify.annotations.NullMarked;
