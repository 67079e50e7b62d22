def log = new File(basedir, 'build.log').text
assert log.contains('layerc.skip: nothing is generated')
assert log.contains('layerc.skip: no train')
assert log.contains('layerc.skip: no compare')
assert !new File(basedir, 'target/layerc').exists()
return true
