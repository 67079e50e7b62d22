def log = new File(basedir, 'build.log').readLines()
assert log.any { it.startsWith('[ERROR] src/main/networks/first.yaml:3:') && it.contains('units=0') }
assert log.any { it.startsWith('[ERROR] src/main/networks/first.yaml:4:') && it.contains('presicion') }
assert log.any { it.startsWith('[ERROR] src/main/networks/third.yml:1:10: class it.Second is generated from src/main/networks/second.yaml already') }
assert log.any { it.startsWith('[WARNING] src/main/networks/fourth.YAML: not read: expected an ending in lower case') }
assert log.any { it.contains('3 errors in 2 specs') }
assert !new File(basedir, 'target/generated-sources/layerc').exists()
return true
