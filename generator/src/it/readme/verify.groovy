def classes = new File(basedir, 'target/classes')
for (name in ['com/example/Pets', 'com/example/PetsVector', 'com/example/Example', 'com/example/App', 'com/example/People$Row', 'com/example/Digits', 'com/example/Snippet1', 'io/github/layerc/examples/CatNet4']) {
    assert new File(classes, name + '.class').exists()
}
return true
