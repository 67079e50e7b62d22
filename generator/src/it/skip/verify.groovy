def log = new File(basedir, 'build.log').text
assert log.contains('layerc.skip: no generate')
assert log.contains('layerc.skip: no train')
assert log.contains('layerc.skip: no compare')
assert !new File(basedir, 'target/layerc').exists()
return true
