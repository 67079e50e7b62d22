// the declaration that the page on programs prints, under another name
def matcher = new File(root, 'runtime/doc/java.md').text =~ /(?ms)^```java\n(module .*?)^```$/
assert matcher.count == 1
new File(basedir, 'src/main/java/module-info.java').text = matcher[0][1].replace('module com.example', 'module it')
return true
