import java.util.jar.JarFile

def target = new File(basedir, 'target')
def java = new File(System.getProperty('java.home'), 'bin/java').path
def jar = new File(target, 'packaged-1.jar')
def libraries = new JarFile(jar).withCloseable { it.manifest.mainAttributes.getValue('Class-Path') }
        .split(' ').collect { new File(localRepositoryPath, it) }
assert libraries.every { it.exists() }
def path = { files -> files*.path.join(File.pathSeparator) }
def without = libraries.findAll { !it.name.startsWith('jhdf') }
assert without.size() == libraries.size() - 1

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

// a module path; jhdf does not declare what it needs
def modules = ['--add-modules=ALL-MODULE-PATH', '-p', path([jar] + libraries), '-m', 'it/it.Main']
assert run(0, [vector] + modules).last() == 'same parameters, VECTOR, module it'
assert run(0, modules).last() == 'same parameters, SCALAR, module it'

// a class path
assert run(0, [vector, '-cp', path([jar] + libraries), 'it.Main']).last().startsWith('same parameters, VECTOR, unnamed module')

// one jar with everything
assert run(0, [vector, '-jar', new File(target, 'packaged-1-shaded.jar').path]).last().startsWith('same parameters, VECTOR, unnamed module')

// without the library for HDF5: one line that names it, behind the two of the logger
def lines = run(1, [vector, '-cp', path([jar] + without), 'it.Main'])
assert lines.count { it.contains('INFO: Xor: target vector') } == 1 && !lines.any { it.startsWith('\tat ') } && lines.size() == 3
assert lines[2].endsWith('model.h5: HDF5 needs a library: expected io.jhdf:jhdf: found no class io.jhdf.HdfFile: add the dependency')
return true
