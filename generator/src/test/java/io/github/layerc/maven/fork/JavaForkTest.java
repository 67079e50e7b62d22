package io.github.layerc.maven.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaForkTest {
    private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";

    @TempDir
    Path folder;

    /** What the tests fork: writes its arguments to the file that the first one names, and exits with the number that the second one is. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Files.write(Path.of(arguments[0]), List.of(arguments));
            System.exit(Integer.parseInt(arguments[1]));
        }
    }

    @Test
    void quotesEveryArgumentForTheLauncher() {
        JavaFork fork = new JavaFork(
                List.of("-Xmx1g"),
                List.of(Path.of("a b.jar"), Path.of("c.jar")),
                "p.Main",
                List.of("data=C:\\x \"y\""));
        assertThat(fork.argumentFileText())
                .isEqualTo("\"-Xmx1g\"\n\"-cp\"\n\"a b.jar" + File.pathSeparator
                        + "c.jar\"\n\"p.Main\"\n\"data=C:\\\\x \\\"y\\\"\"\n");
    }

    @Test
    void handsArgumentsOverAndReturnsTheExitCode() throws IOException, InterruptedException {
        Path out = folder.resolve("out put.txt");
        List<Path> classPath = IntStream.range(0, 10_000)
                .mapToObj(i -> folder.resolve("not there " + i + ".jar"))
                .collect(Collectors.toList());
        classPath.add(0, classesOf(Program.class));
        List<String> arguments = List.of(out.toString(), "3", "data=C:\\x \"y\" # z", "", "@file", "*");
        JavaFork fork = new JavaFork(JvmFlags.java(), classPath, Program.class.getName(), arguments);
        assertThat(fork.run(folder.resolve("x/train.args"), folder)).isEqualTo(3);
        assertThat(Files.readAllLines(out)).isEqualTo(arguments);
    }

    @Test
    void opensTheVectorModuleWhereThereIsOneAndAllowsNativeAccessWhereItIsAskedFor() {
        String early = "-XX:CompileThresholdScaling=0.1";
        String module = "--add-modules=jdk.incubator.vector";
        String access = "--enable-native-access=ALL-UNNAMED";
        assertThat(JvmFlags.java(17, true, HOTSPOT)).contains(module).doesNotContain(access);
        assertThat(JvmFlags.java(17, false, HOTSPOT)).doesNotContain(module, access);
        assertThat(JvmFlags.java(25, true, HOTSPOT)).contains(module, access);
        assertThat(JvmFlags.java(17, true, HOTSPOT)).contains(early);
        assertThat(JvmFlags.training(HOTSPOT))
                .contains("-XX:-TieredCompilation", "-XX:CompileCommand=dontinline,*.addRows*");
        assertThat(JvmFlags.training("Eclipse OpenJ9 VM")).isEmpty();
        assertThat(JvmFlags.java(17, true, "Eclipse OpenJ9 VM"))
                .contains(module)
                .doesNotContain(early);
    }

    @Test
    void waitsForTheCompilationOfGeneratedClasses() throws IOException, InterruptedException {
        List<String> flags = JvmFlags.waitingForCompilation("Net");
        assertThat(flags).contains("-XX:CompileCommand=BackgroundCompilation,*NetVector.*,false");
        requireTaken(flags);
    }

    @Test
    void trainsWithFlagsThatTheJvmKnows() throws IOException, InterruptedException {
        requireTaken(JvmFlags.training());
    }

    /** HotSpot ends with an error where it does not know an option. */
    private void requireTaken(List<String> flags) throws IOException, InterruptedException {
        JavaFork fork = new JavaFork(
                flags,
                List.of(classesOf(Program.class)),
                Program.class.getName(),
                List.of(folder.resolve("out.txt").toString(), "5"));
        assertThat(fork.run(folder.resolve("tune.args"), folder)).isEqualTo(5);
    }

    /** Runs until it is told to end, and then takes a while. */
    public static final class Slow {
        private Slow() {}

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.sleep(300);
                    Files.write(Path.of(arguments[1]), List.of("ended"));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
            Files.write(Path.of(arguments[0]), List.of("started"));
            Thread.sleep(60_000);
        }
    }

    /** A build in place of Maven's. */
    public static final class Build {
        private Build() {}

        public static void main(String[] arguments) throws Exception {
            List<Path> classPath = List.of(classesOf(Slow.class));
            new JavaFork(List.of(), classPath, Slow.class.getName(), List.of(arguments[0], arguments[1]))
                    .run(Path.of(arguments[2]), Path.of(arguments[2]).getParent());
        }
    }

    @Test
    void buildThatIsStoppedWaitsForWhatTheProgramHasToDo() throws Exception {
        Path started = folder.resolve("started");
        Path ended = folder.resolve("ended");
        String classPath = classesOf(Build.class) + File.pathSeparator + classesOf(JavaFork.class);
        Process build = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Build.class.getName(),
                        started.toString(),
                        ended.toString(),
                        folder.resolve("slow.args").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.txt").toFile())
                .start();
        while (!Files.exists(started)) {
            assertThat(build.isAlive())
                    .as(Files.readString(folder.resolve("build.txt")))
                    .isTrue();
            Thread.sleep(10);
        }
        build.toHandle().destroy();
        assertThat(build.waitFor()).isEqualTo(143);
        assertThat(ended).exists();
    }

    private static Path classesOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toPath();
    }
}
