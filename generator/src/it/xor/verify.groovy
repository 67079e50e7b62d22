def log = new File(basedir, 'build.log').text
def first = log.indexOf('1 network: 3 files written, 0 deleted')
def second = log.indexOf('1 network: up to date')
assert first >= 0 && second > first
assert log.indexOf('Nothing to compile', second) > 0
def report = new File(basedir, 'target/layerc/Xor/compile.txt').text
assert report.startsWith('network it.Xor, compiled from xor.yaml for machine generic')
assert report.contains('XorScalar') && report.contains('XorVector') && report.contains('fuse-update')

def runtime = []
new File(localRepositoryPath, 'io/github/layerc/layerc-runtime').eachFileRecurse { if (it.name.endsWith('.jar')) runtime << it.path }
assert runtime.size() == 1
def classPath = [new File(basedir, 'target/classes').path, runtime[0]].join(File.pathSeparator)
def java = new File(System.getProperty('java.home'), 'bin/java').path
for (flags in [[], ['--add-modules=jdk.incubator.vector']]) {
    def process = new ProcessBuilder([java] + flags + ['-cp', classPath, 'it.Main']).redirectErrorStream(true).start()
    def output = process.inputStream.text
    assert process.waitFor() == 0 : output
    assert output.contains('xor: 0 1 1 0') : output
}
return true
