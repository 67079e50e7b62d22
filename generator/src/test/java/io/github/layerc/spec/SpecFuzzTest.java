package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.spec.text.SpecException;
import io.github.layerc.spec.text.SpecText;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever the bytes: a network, or errors with places in the file, and nothing else. */
@Tag("long")
class SpecFuzzTest {
    private static final int DAMAGED = 3_000;
    private static final String MARKS = "{}[]:,-?*&!|>'\"%@`#\t\n\r 0/.e\\~<=_\0";

    @ParameterizedTest
    @FieldSource("io.github.layerc.spec.ExampleSpecs#FILES")
    void survivesTruncationAtEveryByte(String name) throws Exception {
        byte[] whole = Files.readAllBytes(ExampleSpecs.file(name));
        for (int length = 0; length < whole.length; length++) {
            read(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.layerc.spec.ExampleSpecs#FILES")
    void survivesDamagedBytes(String name) throws Exception {
        byte[] whole = Files.readAllBytes(ExampleSpecs.file(name));
        Random random = new Random(name.hashCode());
        int errors = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                boolean mark = random.nextBoolean();
                damaged[random.nextInt(damaged.length)] =
                        (byte) (mark ? MARKS.charAt(random.nextInt(MARKS.length())) : random.nextInt(256));
            }
            errors += read(damaged) ? 0 : 1;
        }
        assertThat(errors).as("specs with errors").isGreaterThan(DAMAGED / 2);
    }

    /** Whether the bytes are a spec. */
    private static boolean read(byte[] bytes) {
        try {
            assertThat(SpecReader.read("f.yaml", SpecText.decode(bytes, new SpecErrors("f.yaml")))
                            .network())
                    .isNotNull();
            return true;
        } catch (SpecException e) {
            assertThat(e.errors()).isNotEmpty().allSatisfy(error -> {
                assertThat(error.line()).isPositive();
                assertThat(error.column()).isPositive();
                assertThat(error.message()).isNotBlank().doesNotContainPattern("[\\p{Cntrl}]");
            });
            return false;
        } catch (RuntimeException e) {
            return fail("neither a network nor errors: " + Arrays.toString(bytes), e);
        }
    }
}
