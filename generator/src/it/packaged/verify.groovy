import java.util.jar.JarFile

def target = new File(basedir, 'target')
def java = new File(System.getProperty('java.home'), 'bin/java').path
def jar = new File(target, 'packaged-1.jar')
def libraries = new JarFile(jar).withCloseable { it.manifest.mainAttributes.getValue('Class-Path') }
        .split(' ').collect { new File(localRepositoryPath, it) }
assert libraries.every { it.exists() }
def path = { files -> files*.path.join(File.pathSeparator) }
def engine = libraries.findAll { it.name.startsWith('layerc-runtime') }
assert engine.size() == 1

def run = { int exitCode, List arguments ->
    def model = new File(target, 'model.h5')
    model.delete()
    def process = new ProcessBuilder([java] + arguments + [model.path]).redirectErrorStream(true).start()
    // what the JVM says of incubators, and SLF4J of itself
    def lines = process.inputStream.readLines().findAll { !it.startsWith('WARNING: Using incubator') && !it.startsWith('SLF4J') }
    assert process.waitFor() == exitCode : lines
    assert model.exists() == (exitCode == 0)
    return lines
}
def vector = '--add-modules=jdk.incubator.vector'

// a module path, on which nothing requires the tools; jhdf does not declare what it needs
def modules = ['--add-modules=ALL-MODULE-PATH', '-p', path([jar] + libraries), '-m', 'it/it.Main']
assert run(0, [vector] + modules).last() == 'same parameters, VECTOR, module it'
assert run(0, modules).last() == 'same parameters, SCALAR, module it'

// a class path
assert run(0, [vector, '-cp', path([jar] + libraries), 'it.Main']).last().startsWith('same parameters, VECTOR, unnamed module')

// one jar with everything
assert run(0, [vector, '-jar', new File(target, 'packaged-1-shaded.jar').path]).last().startsWith('same parameters, VECTOR, unnamed module')

// the engine alone: one line that names the tools, behind the two of the logger
for (arguments in [['-cp', path([jar] + engine), 'it.Main'], ['-p', path([jar] + engine), '-m', 'it/it.Main']]) {
    def lines = run(1, [vector] + arguments)
    assert lines.count { it.contains('INFO: Xor: target vector') } == 1 && !lines.any { it.startsWith('\tat ') } && lines.size() == 3
    assert lines[2].endsWith('model.h5: models are files of a library: expected io.github.layerc:layerc-tools: '
            + 'found no service io.github.layerc.data.ModelFormat: add the dependency')
}

// which needs nothing itself
assert engine[0].length() < 300_000
def descriptor = java.lang.module.ModuleFinder.of(engine[0].toPath()).find('io.github.layerc.runtime').get().descriptor()
assert descriptor.requires()*.name() == ['java.base']
def pom = new groovy.xml.XmlSlurper().parse(new File(engine[0].path.replaceFirst(/\.jar$/, '.pom')))
assert pom.dependencies.dependency.isEmpty()
return true
