def classes = new File(basedir, 'target/classes')
for (name in ['com/example/Digits', 'com/example/DigitsVector', 'com/example/Example', 'com/example/Snippet', 'io/github/layerc/examples/CatNet4']) {
    assert new File(classes, name + '.class').exists()
}
return true
