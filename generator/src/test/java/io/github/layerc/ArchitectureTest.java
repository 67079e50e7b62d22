package io.github.layerc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.layerc.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the parts: spec -> network -> program -> passes -> schedule -> emission -> compiler -> tuner and
 * generation -> goals, and never back.
 */
class ArchitectureTest {
    private static final String EMIT = "..layerc.emit..";

    private static final String[] ENGINE = {
        "io.github.layerc.network..",
        "io.github.layerc.data..",
        "io.github.layerc.engine..",
        "io.github.layerc.interpreter..",
        "io.github.layerc.training.."
    };

    private static final String[] TOOLS = {
        "io.github.layerc.files..",
        "io.github.layerc.metrics..",
        "io.github.layerc.hdf5..",
        "io.github.layerc.checkpoint..",
        "io.github.layerc.pictures..",
        "io.github.layerc.samples..",
        "io.github.layerc.array..",
        "io.github.layerc.source..",
        "io.github.layerc.command..",
        "io.github.layerc.benchmark..",
        "io.github.layerc.check..",
        "io.github.layerc.trial..",
        "io.github.layerc.report.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.layerc");

    @Test
    void stagesOfTheCompilerOnlyKnowEarlierOnes() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("maven")
                .definedBy("..maven..")
                .layer("export")
                .definedBy("..layerc.export..")
                .layer("generation")
                .definedBy("..generation..")
                .layer("tune")
                .definedBy("..tune..")
                .layer("compiler")
                .definedBy("..compiler..")
                .layer("emit")
                .definedBy("..emit..")
                .layer("schedule")
                .definedBy("..schedule..")
                .layer("pass")
                .definedBy("..pass..")
                .layer("program")
                .definedBy("..program..")
                .layer("spec")
                .definedBy("..spec..")
                .layer("network")
                .definedBy("..network..")
                .whereLayer("maven")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("export")
                .mayOnlyBeAccessedByLayers("maven")
                .whereLayer("generation")
                .mayOnlyBeAccessedByLayers("export", "maven")
                .whereLayer("tune")
                .mayOnlyBeAccessedByLayers("maven")
                .whereLayer("compiler")
                .mayOnlyBeAccessedByLayers("generation", "export", "maven", "tune")
                .whereLayer("emit")
                .mayOnlyBeAccessedByLayers("compiler", "generation")
                .whereLayer("schedule")
                .mayOnlyBeAccessedByLayers("emit", "compiler", "tune", "generation", "maven")
                .whereLayer("pass")
                .mayOnlyBeAccessedByLayers("emit", "compiler")
                .whereLayer("program")
                .mayOnlyBeAccessedByLayers("pass", "schedule", "emit", "compiler", "tune")
                .whereLayer("spec")
                .mayOnlyBeAccessedByLayers("compiler", "tune", "generation", "export", "maven")
                .check(CLASSES);
    }

    @Test
    void runtimeKnowsNothingOfTheCompiler() {
        noClasses()
                .that(resideInAnyPackage(ENGINE).or(resideInAnyPackage(TOOLS)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..spec..",
                        "..program..",
                        "..pass..",
                        "..schedule..",
                        "..emit..",
                        "..compiler..",
                        "..tune..",
                        "..maven..",
                        "com.palantir.javapoet..",
                        "org.apache.maven..",
                        "org.objectweb.asm..",
                        "org.snakeyaml..")
                .check(CLASSES);
    }

    /** What somebody needs who only runs a generated class: nothing but the JDK. */
    @Test
    void enginesNeedNoLibrary() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(ENGINE).or(resideInAPackage("java.."))))
                .check(CLASSES);
    }

    /** When to collect is for the program to say, not for a library. */
    @Test
    void nothingCollectsGarbage() {
        noClasses()
                .should()
                .callMethod(System.class, "gc")
                .orShould()
                .callMethod(Runtime.class, "gc")
                .check(CLASSES);
    }

    @Test
    void onlyTheBenchmarkKnowsJmh() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.layerc.benchmark..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openjdk.jmh..")
                .check(CLASSES);
    }

    @Test
    void mavenStaysInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..maven..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.maven..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.layerc.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** Also of packages within a stage: what kernels of all kinds share lies below those of products and of elements, and these below the classes. */
    @Test
    void packagesWithinAStageHaveNoCycles() {
        slices().matching("io.github.layerc.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** One class can be read, or moved, without the others: what two need lies in a third one. */
    @Test
    void classesThatEmitHaveNoCycles() {
        slices().assignedFrom(new TopLevelClassesThatEmit())
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** A reader finds the file. Of engines, half are made by the build. */
    @Test
    void packagesHaveAtMost20Files() {
        Map<String, Set<String>> files = new TreeMap<>();
        for (JavaClass each : CLASSES.that(not(resideInAPackage("..jmh_generated")))) {
            files.computeIfAbsent(each.getPackageName(), any -> new TreeSet<>()).add(topLevel(each));
        }
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, classes) -> assertThat(classes).as(name).hasSizeLessThanOrEqualTo(20));
    }

    private static String topLevel(JavaClass each) {
        return each.getName().replaceFirst("\\$.*", "");
    }

    private static final class TopLevelClassesThatEmit implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            return resideInAPackage(EMIT).test(each) ? SliceIdentifier.of(topLevel(each)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes that emit";
        }
    }

    /** What every program carries; there is a jar only where the whole is built. */
    @Test
    void engineIsBelow300KB() throws Exception {
        Path jar = Path.of(Network.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assumeTrue(Files.isRegularFile(jar), "no jar of the engine yet: mvn verify makes it");
        assertThat(Files.size(jar)).isLessThan(300_000);
    }
}
