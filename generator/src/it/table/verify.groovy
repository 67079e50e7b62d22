def log = new File(basedir, 'build.log').text
assert log.contains('# people.csv: 200 rows, 5 columns')
assert log.contains('network: People') && log.contains('- {name: city, values: ["Berlin, Mitte", Paris, Rome], missing: indicator}')
assert log.contains('split: stratified, 40 of 200 rows are left out for the test')
assert log =~ /test accuracy: (1\.0000|0\.9|0\.8)/
assert log.contains('classes: 0 = basic, 1 = gold')

def folder = new File(basedir, 'target/layerc/People')
def predictions = new File(folder, 'predictions.csv').readLines()
assert predictions[0] == 'input,class,class_name,p_0,p_1'
assert predictions.size() == 6
assert predictions[1].split(',')[2] == 'gold' && predictions[2].split(',')[2] == 'basic'
assert log =~ /accuracy: (1\.0000|0\.8000) \([45] of 5\)/

def folds = new File(folder, 'cross-validation.csv').readLines()
assert folds.size() == 6 && folds[0].startsWith('fold,train_samples,test_samples,accuracy,')
assert log =~ /accuracy +mean 0\.[89]\d+  deviation 0\.\d+/

assert log.contains('broken.csv:202: column age: not a number: expected a number: found 3o')
assert log.contains('broken.csv:203: column city: unknown category: expected Berlin, Mitte, Paris, Rome: found Madrid')
assert log.contains('broken.csv:204: column plan: unknown class: expected basic, gold: found silver')
assert log.contains('none.csv: no such table: expected .csv, ')
assert log =~ /all \d+ rows are within their bounds/
assert !log.contains('\tat ')

// the program of the page, as a user starts it
def jars = []
new File(localRepositoryPath.toString()).eachFileRecurse { if (it.name.endsWith('.jar') && !it.name.contains('maven')) jars << it.path }
def needed = jars.findAll { it =~ /layerc-|jhdf|gson|fastcsv|slf4j-api|commons-lang3|commons-io/ }
def classPath = ([new File(basedir, 'target/classes').path] + needed).join(File.pathSeparator)
def java = new File(System.getProperty('java.home'), 'bin/java').path
for (flags in [[], ['--add-modules=jdk.incubator.vector']]) {
    def process = new ProcessBuilder([java] + flags + ['-cp', classPath, 'com.example.App', new File(folder, 'model.h5').path]).redirectErrorStream(true).start()
    def output = process.inputStream.text
    assert process.waitFor() == 0 : output
    assert output =~ /(?m)^GOLD gold 0\.\d+|^GOLD gold 1\.0/ : output
}
return true
