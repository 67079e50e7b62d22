def log = new File(basedir, 'build.log').text
assert !log.contains('\tat ')
assert !log.contains('ignored: ')

assert log.contains('nowhere.onnx: no such file: expected a model: found nothing')
def imported = new File(basedir, 'src/main/networks/relu.yaml').text
assert imported.startsWith('# imported from pt-relu.onnx\nnetwork: Relu\npackage: it\n')
assert log.contains('Relu: layers [5, 8, 3], float')
def exported = new File(basedir, 'target/layerc/Relu/export')
assert (exported.list() as Set) == ['Relu.onnx', 'Relu.safetensors'].toSet()
assert log.contains('another spec is there already: src/main/networks/relu.yaml: expected another layerc.network, or layerc.overwrite=true')
def predicted = new File(basedir, 'target/layerc/Relu/predictions.csv').readLines()
def outputs = predicted[1].split(',').findAll { it ==~ /-?[0-9.E-]+/ }*.toDouble()
// as PyTorch has it for this row
assert [0.16968344355533216, 0.6136068776885149, -0.041785069094902955].every { y -> outputs.any { Math.abs(it - y) < 1e-6 } }
assert log.contains('expected one of java, onnx, npz, safetensors, keras, dot: layerc.to=tensorflow')
assert log.contains('initial model: ' + new File(basedir, 'target/layerc/Relu/model.h5'))
assert log.contains('removed target/layerc/Relu/history.csv, which is of the model before')
def left = new File(basedir, 'target/layerc/Relu').list() as Set
assert left.containsAll(['export', 'model.h5', 'predictions.csv'])
assert left.intersect(['history.csv', 'metrics.json', 'report.html', 'costs.svg'].toSet()).isEmpty()
return true
