import groovy.json.JsonSlurper
import javax.xml.parsers.DocumentBuilderFactory

def log = new File(basedir, 'build.log').text
assert log.contains('unknown network: expected one of Tiny: layerc.network=Nobody')
assert log.contains('expected one of vector, scalar, interpreter: layerc.engine=gpu')
assert log.contains('expected one of vector, scalar: layerc.target=gpu')
assert log.contains('class it.Tiny is not compiled: run mvn compile first')
assert log.contains('unknown property: did you mean layerc.iterations?: layerc.iteratons=5')
assert log.contains('unknown property: did you mean layerc.refresh?: layerc.refesh=true')
assert log.contains('expected one of true, false: layerc.tuned=no')
for (goal in ['generate', 'train', 'compare', 'tune', 'check', 'find-rate', 'overfit', 'describe', 'cross-validate', 'import', 'export', 'help']) {
    assert log.contains("layerc:${goal}\n")
}
assert log.contains('report (Default: true)') && log.contains('User property: layerc.historyEvery')
assert log.contains('Tiny: train failed, see above: exit code 1')
assert !log.contains('\tat ')

def folder = new File(basedir, 'target/layerc/Tiny')
def metrics = new JsonSlurper().parse(new File(folder, 'metrics.json'))
assert metrics.precision == 'double'
assert metrics.engine == 'generated-scalar'
assert metrics.iterations == 3
assert new File(folder, 'model.h5').exists()
assert log.contains('expected one of true, false: layerc.report=maybe')
assert new File(folder, 'report.html').text.contains('<h1>Tiny</h1>')
assert new File(folder, 'costs.svg').text.startsWith('<svg ')
assert new File(folder, 'compare.html').text.contains('<h1>Comparison of Tiny</h1>')
assert new File(folder, 'history.csv').readLines().size() == 4

def rows = new JsonSlurper().parse(new File(folder, 'compare.json'))
assert rows*.operation.toSet() == ['predict', 'train_step'].toSet()
assert rows*.engine.toSet() == ['generated-vector', 'generated-scalar', 'interpreter'].toSet()
assert rows.every { it.network == 'Tiny' && it.precision == 'float' && it.ns_per_op > 0 && it.residual < 1e-4 }
assert log.contains('worthless: all rows have no error, for want of iterations')
assert rows.findAll { it.engine == 'interpreter' }.every { it.speedup == 1 }

def checked = new File(folder, 'check.csv').readLines()
assert checked[0] == 'engine,what,residual,bound,verdict'
assert checked.drop(1)*.split(',')*.first().toSet() == ['central differences', 'interpreter', 'generated-scalar', 'generated-vector'].toSet()
assert log.contains("all ${checked.size() - 1} rows are within their bounds")
def suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(folder, 'TEST-layerc-Tiny.xml')).documentElement
assert suite.getElementsByTagName('testcase').length == checked.size() - 1 && suite.getAttribute('failures') == '0'

assert log.contains('suggested learning rate: ')
assert new File(folder, 'rates.csv').readLines().first() == 'rate,cost,smoothed'
assert new File(folder, 'rates.svg').text.startsWith('<svg ')
assert new File(folder, 'rates.html').text.contains('<h1>Learning rates of Tiny</h1>')

assert log.contains('Tiny: one batch of 4 samples can be learnt: cost ')
assert log.contains('Tiny: one batch of 4 samples cannot be learnt: cost ')
assert log.contains('Tiny: overfit failed, see above: exit code 1')

assert log.contains('Tiny.java, Tiny.parameters: written to target/layerc/Tiny/export')
assert new File(folder, 'export/Tiny.java').text.contains('public final class Tiny {')
assert new File(folder, 'export/Tiny.parameters').length() == 4 * (12288 * 2 + 2 + 2 + 1)

def tuned = new File(basedir, 'src/main/networks/tiny.tuned').text
assert tuned.startsWith('layerc schedules 1\nnetwork Tiny 12288 relu:2 sigmoid:1 binary_cross_entropy\nspace ')
assert tuned.contains('\ntarget vector float\n') && tuned.contains('\nbatch 3\n') && tuned.contains('\nkernel forward1 ')
assert log.contains('forward1: ') && log.contains('wrote tiny.tuned')
assert log.contains('no file is written: there was no time to try a schedule')
assert !tuned.contains('target scalar')
assert log.contains('machine host: ')
assert new File(folder, 'passes.txt').text.contains('after fuse-update, step:')
assert log.contains('expected one of passes: layerc.dump=loops')
assert !log.contains('ignored: ')
def sources = new File(basedir, 'target/generated-sources/layerc/it')
assert new File(sources, 'TinyVector.java').text.contains('Schedules measured for 3 samples')
assert new File(sources, 'TinyScalar.java').text.contains('{@code host} (')
return true
