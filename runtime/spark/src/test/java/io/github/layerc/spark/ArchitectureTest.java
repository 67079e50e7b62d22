package io.github.layerc.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for the other modules holds here. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.layerc.spark");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.layerc.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void scoringKnowsNothingOfTraining() {
        noClasses()
                .that()
                .resideInAPackage("..scoring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..training..")
                .check(CLASSES);
    }

    /** A job runs generated classes: it has no compiler. */
    @Test
    void nothingKnowsTheCompiler() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..spec..", "..program..", "..emit..", "..compiler..", "..maven..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveAtMost20Files() {
        Map<String, Set<String>> files = new TreeMap<>();
        for (JavaClass each : CLASSES) {
            files.computeIfAbsent(each.getPackageName(), any -> new TreeSet<>())
                    .add(each.getName().replaceFirst("\\$.*", ""));
        }
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, classes) -> assertThat(classes).as(name).hasSizeLessThanOrEqualTo(20));
    }
}
