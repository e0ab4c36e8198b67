package dev.medzoo.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Who may import whom. Registry, training, batch and serving never meet in code. */
@AnalyzeClasses(packages = "dev.medzoo", importOptions = DoNotIncludeTests.class)
@ArchTag("slow")
class ArrowsTest {
    @ArchTest
    static final ArchRule arrowsPointDown =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("translators")
                    .definedBy("dev.medzoo.translate..")
                    .layer("model-zoo")
                    .definedBy("dev.medzoo.zoo..")
                    .layer("registry")
                    .definedBy("dev.medzoo.registry..")
                    .layer("training")
                    .definedBy("dev.medzoo.training..")
                    .layer("batch")
                    .definedBy("dev.medzoo.batch..")
                    .layer("open-inference")
                    .definedBy("dev.medzoo.inference..")
                    .layer("serving")
                    .definedBy("dev.medzoo.serving..")
                    .layer("cli")
                    .definedBy("dev.medzoo.cli..")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("registry")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("training")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("batch")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("serving")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("open-inference")
                    .mayOnlyBeAccessedByLayers("serving")
                    .whereLayer("model-zoo")
                    .mayOnlyBeAccessedByLayers("registry", "training", "batch", "serving", "cli");

    /** In a module, too, what imports another package is not imported by it, by whatever way. */
    @ArchTest
    static final ArchRule packagesOfAModuleAreFreeOfCycles =
            slices().assignedFrom(new PackagesOfModules()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theNetworkKnowsNothingOfStores =
            noClasses()
                    .that()
                    .resideInAPackage("dev.medzoo.zoo.network..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.medzoo.zoo",
                            "dev.medzoo.zoo.artifact..",
                            "dev.medzoo.zoo.index..",
                            "dev.medzoo.zoo.load..",
                            "dev.medzoo.zoo.sign..",
                            "dev.medzoo.zoo.store..");

    @ArchTest
    static final ArchRule onlyServingSpeaksNetty =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.medzoo.serving..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..");

    /**
     * By module and first package in it, so that {@code network} and {@code network.dcnn} are one.
     */
    private static final class PackagesOfModules implements SliceAssignment {
        private static final int MODULE = 2;

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] parts = type.getPackageName().split("\\.", -1);
            if (parts.length <= MODULE) {
                return SliceIdentifier.ignore();
            }
            return parts.length > MODULE + 1
                    ? SliceIdentifier.of(parts[MODULE], parts[MODULE + 1])
                    : SliceIdentifier.of(parts[MODULE], "itself");
        }

        @Override
        public String getDescription() {
            return "packages of modules";
        }
    }
}
