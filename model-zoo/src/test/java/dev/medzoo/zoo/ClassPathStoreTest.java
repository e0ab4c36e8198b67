package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.JarStore;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that a class path carries, however its class loader keeps it. */
@Tag("jdk")
class ClassPathStoreTest {
    private static final ModelReference TINY = ModelReference.parse("tiny/0.1.0");

    private Path root;
    private Path work;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void publishTiny(@TempDir Path models, @TempDir Path copies) throws Exception {
        root = models;
        work = copies;
        // The engine unpacks its natives into the cache: that must be over before it moves.
        assertThat(Engine.getInstance().getEngineName()).isEqualTo("PyTorch");
        TinyArtifact.store(root, "tiny/0.1.0");
    }

    @AfterEach
    void putBack() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty("medzoo.cache");
    }

    private static void see(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }

    private URL jar() throws IOException {
        Path jar = work.resolve("medzoo-models.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> below = Files.walk(root)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(JarStore.PREFIX + name));
                zip.write(Files.readAllBytes(file));
            }
        }
        return jar.toUri().toURL();
    }

    /** What a thread finds that has nothing in its cache yet. */
    private Finding find() throws Exception {
        System.setProperty("medzoo.cache", Files.createTempDirectory(work, "cache").toString());
        try (ZooModel<Image, Finding> model = new MedZoo().load(TINY, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            return predictor.predict(TinyArtifact.picture().toImage());
        }
    }

    @Test
    void aJarAFolderAndAnyOtherKindOfAddressGiveTheSameFinding() throws Exception {
        Finding finding;
        try (ZooModel<Image, Finding> model =
                        new MedZoo(Store.open(root.toString()))
                                .load(TINY, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            finding = predictor.predict(TinyArtifact.picture().toImage());
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar()})) {
            see(loader);
            assertThat(Store.fromSettings()).hasToString("jar:" + jar() + "!/" + JarStore.PREFIX);
            assertThat(find()).isEqualTo(finding);
        }
        Path classes = Files.createDirectories(work.resolve("classes/" + JarStore.PREFIX));
        copyStore(classes);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {work.resolve("classes").toUri().toURL()})) {
            see(loader);
            assertThat(Store.fromSettings()).hasToString(classes.toString());
            assertThat(find()).isEqualTo(finding);
        }
        see(new OddLoader(root));
        assertThat(Store.fromSettings()).hasToString("odd:within/" + JarStore.PREFIX);
        assertThat(find()).isEqualTo(finding);
    }

    private void copyStore(Path to) throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void whatAClassLoaderGivesIsVerifiedLikeAnythingElse() throws Exception {
        see(new OddLoader(root));
        Files.writeString(root.resolve("tiny/0.1.0/synset.txt"), "benign\nmalignanT\n");
        assertThatThrownBy(this::find)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("synset.txt: sha256 ");
        Files.delete(root.resolve("tiny/0.1.0/synset.txt"));
        assertThatThrownBy(this::find)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("synset.txt: absent (expected: 17 bytes) in tiny/0.1.0");
    }

    @Test
    void whereNothingIsFoundEveryPlaceIsNamed() {
        String message =
                "index.json: absent (expected: a file) in %s; looked at medzoo.store, MEDZOO_STORE and medzoo.default.store, none of which is set, and for dev/medzoo/models/index.json on the class path too"
                        .formatted(Path.of("model-store").toAbsolutePath());
        assertThatThrownBy(() -> new MedZoo().index())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(message);
        Criteria<Image, Finding> criteria =
                Criteria.builder()
                        .setTypes(Image.class, Finding.class)
                        .optModelUrls("medzoo://tiny")
                        .build();
        assertThatThrownBy(criteria::loadModel)
                .isInstanceOfAny(ModelNotFoundException.class, IOException.class)
                .hasStackTraceContaining(message);
    }

    /** Keeps a store as the URL's protocol of some other class loader would. */
    private static final class OddLoader extends ClassLoader {
        private final Path root;

        OddLoader(Path root) {
            super(ClassPathStoreTest.class.getClassLoader());
            this.root = root;
        }

        @Override
        protected @Nullable URL findResource(String name) {
            Path file = root.resolve(name.replaceFirst("^" + JarStore.PREFIX, ""));
            if (!name.startsWith(JarStore.PREFIX) || !Files.isRegularFile(file)) {
                return null;
            }
            try {
                return new URL(null, "odd:within/" + name, new OddHandler(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class OddHandler extends URLStreamHandler {
        private final Path file;

        OddHandler(Path file) {
            this.file = file;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    return Files.newInputStream(file);
                }
            };
        }
    }
}
