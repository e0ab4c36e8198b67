package dev.medzoo.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** Who may import whom. Registry, training and serving never meet in code. */
@AnalyzeClasses(packages = "dev.medzoo", importOptions = DoNotIncludeTests.class)
@Tag("slow")
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
                    .whereLayer("serving")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("open-inference")
                    .mayOnlyBeAccessedByLayers("serving")
                    .whereLayer("model-zoo")
                    .mayOnlyBeAccessedByLayers("registry", "training", "serving", "cli");

    @ArchTest
    static final ArchRule theNetworkKnowsNothingOfStores =
            noClasses()
                    .that()
                    .resideInAPackage("dev.medzoo.zoo.dcnn")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.medzoo.zoo");

    @ArchTest
    static final ArchRule onlyServingSpeaksNetty =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.medzoo.serving..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..");
}
