def log = new File(basedir, 'build.log').readLines()
assert log.any { it.startsWith('[ERROR] src/main/networks/first.yaml:3:') && it.contains('units=0') }
assert log.any { it.startsWith('[ERROR] src/main/networks/first.yaml:4:') && it.contains('presicion') }
assert log.any { it.startsWith('[ERROR] src/main/networks/third.yaml:1:10: class it.Second is generated from src/main/networks/second.yaml already') }
assert log.any { it.contains('3 errors in 2 specs') }
assert !new File(basedir, 'target/generated-sources/layerc').exists()
return true
